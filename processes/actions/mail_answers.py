"""An answer to a mail was read, and somebody did with it what was needed."""

from dataclasses import dataclass

from processes.access.guards import only_staff
from processes.access.staff_scope import HANDLES
from processes.base.actor import StaffRole
from processes.base.errors import AlreadyDone, NotAllowed, NotFound
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import MailAnswer


@dataclass(frozen=True, slots=True)
class SettleAnswer:
    """It stays at the case, and leaves the list of what is still to be read."""

    id: int


def settle_answer(work: UnitOfWork, action: SettleAnswer) -> str:
    """Raises NotFound, AlreadyDone, and NotAllowed for an answer of no case to anybody but an administrator."""
    only_staff(work.actor, (*HANDLES, StaffRole.ADMIN))
    row = work.session.get(MailAnswer, action.id)
    if row is None:
        raise NotFound("Dit antwoord is er niet meer.")
    if row.case_id is not None:
        work.lock_case_id(row.case_id)
    elif not work.actor.has(StaffRole.ADMIN):
        raise NotAllowed
    work.session.refresh(row, with_for_update=True)
    if not row.to_read or row.settled_at is not None:
        raise AlreadyDone("Dit antwoord is al afgehandeld.")
    row.settled_at = work.now
    work.audit(row.case_id or 0, "settle_answer", mail=row.mail_id)
    return ""
