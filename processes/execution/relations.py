"""Cases that belong together: what the other is for this one, and the two rows that say so.

Who relates two cases that exist holds both locks, taken in the order of their ids.
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from processes.base.errors import NotNow
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, CaseRelation, DestructionRow
from processes.storage.words import DestructionState, Relation

OTHER_SIDE: Final[Mapping[str, str]] = {  # kind -> what this case then is for the other
    Relation.HOOFDZAAK: Relation.NEVENZAAK,
    Relation.NEVENZAAK: Relation.HOOFDZAAK,
    Relation.VERVOLG: Relation.VOORGANGER,
    Relation.VOORGANGER: Relation.VERVOLG,
    Relation.ONDERWERP: Relation.ONDERWERP,
    Relation.GEVOEGD: Relation.GEVOEGD,
}


def relate(work: UnitOfWork, case: Case, other: Case, kind: str) -> None:
    """Both rows, with an audit row in either chain. Raises NotNow for a case that is about to be destroyed."""
    for one in (case, other):
        _stays(work.session, one)
    for one, two, what in ((case, other, kind), (other, case, OTHER_SIDE[kind])):
        work.session.add(CaseRelation(case_id=one.id, other_id=two.id, kind=what, made_at=work.now))
        work.audit(one.id, "relate", other=two.id, kind=what)


def related_to(case_id: int) -> Select[CaseRelation, Case]:
    """The relations of a case with the other cases, oldest first."""
    return (
        select(CaseRelation, Case)
        .join(Case, Case.id == CaseRelation.other_id)
        .where(CaseRelation.case_id == case_id)
        .order_by(CaseRelation.id)
    )


def _stays(session: Session, case: Case) -> None:
    """An order to destroy cannot be called back, so nothing may begin to depend on that case."""
    ordered = exists().where(DestructionRow.case_id == case.id, DestructionRow.state == DestructionState.APPROVED)
    if session.scalar(select(ordered)):
        raise NotNow(f"Zaak {case.number} wordt vernietigd. Er kan niets meer aan worden gekoppeld.")
