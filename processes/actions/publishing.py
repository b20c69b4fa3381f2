"""A public page is taken back: what stood on it is open to nobody outside the case any more than before it was published."""

from dataclasses import dataclass

from processes.access.guards import only_staff, reason_wrong
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import PublicationRow


@dataclass(frozen=True, slots=True)
class WithdrawPublication:
    """Take a public page away, with the reason. Who has the address, then reads that it was withdrawn on that day."""

    publication: str
    reason: str


def withdraw_publication(work: UnitOfWork, action: WithdrawPublication) -> str:
    """The answer is the number of the case. Raises NotFound, Invalid without a reason, AlreadyDone for a page that is gone."""
    only_staff(work.actor, system=False)
    row = work.session.get(PublicationRow, action.publication)
    if row is None:
        raise NotFound("Deze openbare pagina bestaat niet.")
    case = work.lock_case_id(row.case_id)
    work.session.refresh(row)
    if row.withdrawn_at is not None:
        raise AlreadyDone("Deze pagina is al weggehaald. Laad de pagina opnieuw.")
    if wrong := reason_wrong(action.reason, "Schrijf waarom u deze openbare pagina weghaalt."):
        raise Invalid(wrong)
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = work.now, work.actor.subject, action.reason.strip()
    work.own_note(case.id, f"De openbare pagina is weggehaald. Reden: {row.withdrawn_reason}")
    case.row_version += 1
    work.audit(case.id, "withdraw_publication", publication=row.id)
    return case.number
