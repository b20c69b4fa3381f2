"""Everything that is held back from destruction: for archivist and administrator, at `/beheer/vernietiging/vasthouden`."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.clearance import within_clearance
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.reads.opening import reading
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import Case, DestructionHold, DocumentRow

KEEPERS = (StaffRole.ARCHIVIST, StaffRole.ADMIN)


@dataclass(frozen=True, slots=True)
class HoldLine:
    """`document` is the reference of the one document that is held, None for the whole case. `due`: the end date has come.

    `mine`: this reader judges it. `reviewer` is a number, `reviewer_name` what people read.
    """

    id: int
    case_number: str
    document: str | None
    reason: str
    until: date
    due: bool
    reviewer: str
    reviewer_name: str
    mine: bool
    placed_by: str
    placed_at: datetime


def read_holds(services: Services, actor: Actor) -> tuple[HoldLine, ...]:
    """Everything that is held now, the first end date first. Raises NotAllowed."""
    only_staff(actor, KEEPERS, system=False)
    with reading(services) as (session, now):
        return _lines(session, actor, local_date(now))


def read_hold(services: Services, actor: Actor, hold_id: int) -> HoldLine:
    """One that is held now. Raises NotAllowed and NotFound."""
    found = next((line for line in read_holds(services, actor) if line.id == hold_id), None)
    if found is None:
        raise NotFound("Dit staat niet (meer) in de lijst.")
    return found


def reviewers(services: Services, actor: Actor) -> list[tuple[str, str]]:
    """Number and name of everybody who can judge at an end date whether something must still be held. Raises NotAllowed."""
    only_staff(actor, KEEPERS, system=False)
    with reading(services) as (session, _now):
        return staff.with_role(session, KEEPERS)


def _lines(session: Session, actor: Actor, today: date) -> tuple[HoldLine, ...]:
    wanted = (
        select(DestructionHold, Case.number, DocumentRow.reference)
        .join(Case, Case.id == DestructionHold.case_id)
        .outerjoin(DocumentRow, DocumentRow.id == DestructionHold.document_id)
        .where(DestructionHold.ended_at.is_(None), within_clearance(actor))
        .order_by(DestructionHold.until, DestructionHold.id)
    )
    rows = session.execute(wanted).all()
    names = staff.names_of(session, [name for row, *_ in rows for name in (row.reviewer, row.placed_by)])
    return tuple(
        HoldLine(
            id=row.id, case_number=number, document=document, reason=row.reason, until=row.until, due=row.until <= today,
            reviewer=row.reviewer, reviewer_name=names[row.reviewer], mine=row.reviewer == actor.subject,
            placed_by=names[row.placed_by], placed_at=row.placed_at,
        )
        for row, number, document in rows
    )  # fmt: skip
