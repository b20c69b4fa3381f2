"""The departments that can be asked for documents. For the administrator."""

from dataclasses import dataclass

from sqlalchemy import select

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.errors import NotFound
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.tables import DepartmentRow


@dataclass(frozen=True, slots=True)
class Department:
    code: str = ""
    name: str = ""
    email: str = ""
    manager_email: str = ""


def read_departments(services: Services, actor: Actor) -> tuple[Department, ...]:
    """All of them, by name."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        return tuple(_shown(row) for row in session.scalars(select(DepartmentRow).order_by(DepartmentRow.name)))


def read_department(services: Services, actor: Actor, code: str) -> Department:
    """Raises NotFound."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        row = session.get(DepartmentRow, code)
        if row is None:
            raise NotFound("Deze afdeling bestaat niet.")
        return _shown(row)


def _shown(row: DepartmentRow) -> Department:
    return Department(row.code, row.name, row.email, row.manager_email)
