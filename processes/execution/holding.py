"""The reasons that hold the destruction of a case back: a related case still runs, or one is kept for ever.

Whether a kept case really depends on this one is for people to judge (class 13.1.3 is chosen with the result); here
every relation counts, since what is kept too long can still go, and what went cannot come back.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from processes.storage.tables import Case, CaseRelation
from processes.storage.words import CaseState


def is_held() -> ColumnElement[bool]:
    """A condition on Case."""
    other = aliased(Case)
    related = and_(CaseRelation.case_id == Case.id, other.id == CaseRelation.other_id)
    return exists().where(related, _holds(other))


def held_by(session: Session, case_ids: Collection[int]) -> dict[int, str]:
    """Why a case must wait, as people read it, for those that must. One statement."""
    own, other = aliased(Case), aliased(Case)
    found = session.execute(
        select(own.id, own.number, other.number, other.state)
        .join(CaseRelation, CaseRelation.case_id == own.id)
        .join(other, other.id == CaseRelation.other_id)
        .where(own.id.in_(case_ids), _holds(other))
        .order_by(other.state, other.id.desc())
    )
    return {case_id: _sentence(number, by, state) for case_id, number, by, state in found}  # a running one comes last


def _holds(other: type[Case]) -> ColumnElement[bool]:
    return or_(other.state == CaseState.RUNNING, other.destroy_from.is_(None))


def _sentence(number: str, by: str, state: str) -> str:
    if state == CaseState.RUNNING:
        return f"Zaak {number} hoort bij zaak {by}, die nog loopt. Wacht met vernietigen tot die klaar is."
    return f"Zaak {number} hoort bij zaak {by}, die blijvend wordt bewaard. Daarom blijft zaak {number} ook bewaard."
