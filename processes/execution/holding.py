"""The reasons that hold the destruction of a case back: somebody holds it or one of its documents, a related case still runs or
is kept for ever, or a related case was closed so short ago that an objection or appeal may still come.

Whether a related case really depends on this one is for people to judge (class 13.1.3 is chosen with the result); here
every relation counts, since what is kept too long can still go, and what went cannot come back.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from processes.base.clock import AMSTERDAM
from processes.base.dutch import long_date
from processes.law.retention_classes import REMEDY_WEEKS
from processes.storage.tables import Case, CaseRelation, Decision, DestructionHold, DocumentRow
from processes.storage.words import CaseState


def is_held(today: date) -> ColumnElement[bool]:
    """A condition on Case."""
    other = aliased(Case)
    related = and_(CaseRelation.case_id == Case.id, other.id == CaseRelation.other_id)
    held = exists().where(DestructionHold.case_id == Case.id, DestructionHold.ended_at.is_(None))
    return or_(held, exists().where(related, _holds(other, today)))


def held_by(session: Session, case_ids: Collection[int], today: date) -> dict[int, str]:
    """Why a case must wait, as people read it, for those that must, for a list. Two statements. Whether another case is about the
    decision of one is asked of one case at a time: `why_held`.
    """
    return {**_related(session, case_ids, today), **_on_purpose(session, case_ids)}


def why_held(session: Session, case_id: int, today: date) -> str | None:
    """Why this case must wait, as people read it; None when it may go. Three statements."""
    return held_by(session, [case_id], today).get(case_id) or _contested(session, case_id, today)


def _related(session: Session, case_ids: Collection[int], today: date) -> dict[int, str]:
    own, other = aliased(Case), aliased(Case)
    found = session.execute(
        select(own.id, own.number, other.number, other.state, other.destroy_from)
        .join(CaseRelation, CaseRelation.case_id == own.id)
        .join(other, other.id == CaseRelation.other_id)
        .where(own.id.in_(case_ids), _holds(other, today))
        .order_by(other.state, other.destroy_from.is_(None), other.id.desc())
    )
    # of several the one that counts longest comes last: kept for ever, then one that runs
    return {case_id: _sentence(number, by, state, day) for case_id, number, by, state, day in found}


def _contested(session: Session, case_id: int, today: date) -> str | None:
    """Another case, that runs or was closed a short time ago, is about the decision of this one: it has its number."""
    own, other = aliased(Case), aliased(Case)
    found = session.execute(
        select(own.number, other.number)
        .join(Decision, Decision.number == own.number)
        .join(other, other.id == Decision.case_id)
        .where(own.id == case_id, other.id != own.id, _open_or_recent(other, today))
        .order_by(other.id)
    ).first()
    if found is None:
        return None
    return f"Zaak {found[1]} gaat over de beslissing van zaak {found[0]}. Wacht met vernietigen tot die klaar is."


def _on_purpose(session: Session, case_ids: Collection[int]) -> dict[int, str]:
    found = session.execute(
        select(DestructionHold.case_id, Case.number, DocumentRow.reference, DestructionHold.until)
        .join(Case, Case.id == DestructionHold.case_id)
        .outerjoin(DocumentRow, DocumentRow.id == DestructionHold.document_id)
        .where(DestructionHold.case_id.in_(case_ids), DestructionHold.ended_at.is_(None))
        .order_by(DestructionHold.until, DestructionHold.id)
    )
    return {
        case_id: f"{f'Document {document}' if document else f'Zaak {number}'} wordt vastgehouden tot {long_date(until)}."
        for case_id, number, document, until in found
    }


def _holds(other: type[Case], today: date) -> ColumnElement[bool]:
    return or_(_open_or_recent(other, today), other.destroy_from.is_(None))


def _open_or_recent(other: type[Case], today: date) -> ColumnElement[bool]:
    """Runs, or was closed so short ago that somebody may still object or appeal (Awb 6:7, with a margin)."""
    since = datetime.combine(today - timedelta(weeks=REMEDY_WEEKS), time(), AMSTERDAM)
    return or_(other.state == CaseState.RUNNING, other.closed_at >= since)


def _sentence(number: str, by: str, state: str, destroy_from: date | None) -> str:
    if state == CaseState.RUNNING:
        return f"Zaak {number} hoort bij zaak {by}, die nog loopt. Wacht met vernietigen tot die klaar is."
    if destroy_from is None:
        return (
            f"Zaak {number} hoort bij zaak {by}, die blijvend wordt bewaard. Daarom blijft zaak {number} ook bewaard."
        )
    return (
        f"Zaak {number} hoort bij zaak {by}, die kort geleden is afgesloten. Daartegen kan nog bezwaar of beroep komen."
    )
