"""Upkeep by an administrator: failed work tried again."""

from dataclasses import dataclass

from processes.access.guards import only_staff
from processes.base.actor import StaffRole
from processes.base.errors import AlreadyDone, NotFound
from processes.execution.unit_of_work import UnitOfWork
from processes.storage import outbox
from processes.storage.tables import OutboxRow


@dataclass(frozen=True, slots=True)
class RetryWork:
    """Try a piece of outgoing work again at once."""

    id: int


def retry_work(work: UnitOfWork, action: RetryWork) -> str:
    """Raises NotFound, and AlreadyDone when it has succeeded in the meantime."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    row = work.session.get(OutboxRow, action.id)
    if row is None:
        raise NotFound("Dit werk is er niet meer.")
    if row.done_at is not None:
        raise AlreadyDone("Dit is intussen al gelukt. U hoeft niets meer te doen.")
    outbox.retry(work.session, row.id)
    work.outbox_ids.append(row.id)
    work.audit(0, "retry_work", outbox=row.id)
    return ""
