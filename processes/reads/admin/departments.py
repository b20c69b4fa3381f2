"""The departments that can be asked for documents. For the administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.errors import NotFound
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.tables import DepartmentRow, MailboxChange


@dataclass(frozen=True, slots=True)
class ProposedMailbox:
    """Mailboxes that wait for a second administrator. `mine`: the reader proposed them, and so cannot confirm."""

    email: str
    manager_email: str
    by: str
    at: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class Department:
    code: str = ""
    name: str = ""
    email: str = ""
    manager_email: str = ""
    proposal: ProposedMailbox | None = None


def read_departments(services: Services, actor: Actor) -> tuple[Department, ...]:
    """All of them, by name."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        changes = {change.department: change for change in session.scalars(select(MailboxChange))}
        names = names_of(session, [change.proposed_by for change in changes.values()])
        rows = session.scalars(select(DepartmentRow).order_by(DepartmentRow.name))
        return tuple(_shown(row, changes.get(row.code), names, actor) for row in rows)


def read_department(services: Services, actor: Actor, code: str) -> Department:
    """Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        row = session.get(DepartmentRow, code)
        if row is None:
            raise NotFound("Deze afdeling bestaat niet.")
        change = session.get(MailboxChange, code)
        return _shown(row, change, names_of(session, [change.proposed_by if change else None]), actor)


def _shown(row: DepartmentRow, change: MailboxChange | None, names: Mapping[str, str], actor: Actor) -> Department:
    proposal = None
    if change is not None:
        by, mine = names[change.proposed_by], change.proposed_by == actor.subject
        proposal = ProposedMailbox(change.email, change.manager_email, by, change.proposed_at, mine)
    return Department(row.code, row.name, row.email, row.manager_email, proposal)
