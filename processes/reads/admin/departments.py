"""The departments that can be asked for documents. For the administrator."""

from dataclasses import dataclass

from sqlalchemy import select

from processes.actions.rules import only_staff
from processes.actor import Actor
from processes.database.tables import DepartmentRow
from processes.errors import NotFound
from processes.house import House
from processes.reads.opening import reading


@dataclass(frozen=True, slots=True)
class Department:
    code: str = ""
    name: str = ""
    email: str = ""
    manager_email: str = ""


def read_departments(house: House, actor: Actor) -> tuple[Department, ...]:
    """All of them, by name."""
    only_staff(actor, ("admin",))
    with reading(house) as (session, _now):
        return tuple(_shown(row) for row in session.scalars(select(DepartmentRow).order_by(DepartmentRow.name)))


def read_department(house: House, actor: Actor, code: str) -> Department:
    """Raises NotFound."""
    only_staff(actor, ("admin",))
    with reading(house) as (session, _now):
        row = session.get(DepartmentRow, code)
        if row is None:
            raise NotFound("Deze afdeling bestaat niet.")
        return _shown(row)


def _shown(row: DepartmentRow) -> Department:
    return Department(row.code, row.name, row.email, row.manager_email)
