"""How each member of staff likes to work: saved views of the list of cases, and single keys. Nothing of a case changes by them."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from processes.access.guards import only_staff
from processes.access.staff_scope import HANDLES
from processes.base.actor import StaffRole
from processes.base.errors import Invalid, NotFound
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import SavedView, StaffRow

LONGEST_NAME: Final = 60  # what the column holds
LONGEST_QUERY: Final = 1000
MOST: Final = 20  # of one person, above the list
OPEN_TO: Final = (*HANDLES, StaffRole.COMMITTEE)


@dataclass(frozen=True, slots=True)
class SaveView:
    """`query`: filters, order and columns as the address of the list holds them; the same name again replaces it."""

    name: str
    query: str


def save_view(work: UnitOfWork, action: SaveView) -> str:
    """Raises Invalid for a name that is empty or too long, and for one view too many."""
    only_staff(work.actor, OPEN_TO, system=False)
    name, mine = action.name.strip(), SavedView.staff == work.actor.subject
    if not name or len(name) > LONGEST_NAME:
        raise Invalid({"view_name": f"Geef de weergave een naam van hoogstens {LONGEST_NAME} tekens."})
    if len(action.query) > LONGEST_QUERY:
        raise Invalid({"view_name": "Deze weergave heeft te veel filters. Kies er minder."})
    # two presses of one person wait for each other
    work.session.get(StaffRow, work.actor.subject, with_for_update=True)
    row = work.session.scalar(select(SavedView).where(mine, SavedView.name == name))
    if row is None:
        if (work.session.scalar(select(func.count()).select_from(SavedView).where(mine)) or 0) >= MOST:
            raise Invalid({"view_name": f"U heeft al {MOST} weergaven. Haal er eerst een weg."})
        row = SavedView(staff=work.actor.subject, name=name)
        work.session.add(row)
    row.query, row.saved_at = action.query, work.now
    return name


@dataclass(frozen=True, slots=True)
class DropView:
    """`view`: the id of an own one."""

    view: int


def drop_view(work: UnitOfWork, action: DropView) -> str:
    """Raises NotFound, also for a view of somebody else."""
    only_staff(work.actor, OPEN_TO, system=False)
    row = work.session.get(SavedView, action.view)
    if row is None or row.staff != work.actor.subject:
        raise NotFound
    work.session.delete(row)
    return ""


@dataclass(frozen=True, slots=True)
class ChooseKeys:
    """Whether single keys work in the workbench (WCAG 2.1.4)."""

    on: bool


def choose_keys(work: UnitOfWork, action: ChooseKeys) -> str:
    """It holds in every browser of who asks. Raises NotFound for who never signed in."""
    only_staff(work.actor, OPEN_TO, system=False)
    row = work.session.get(StaffRow, work.actor.subject, with_for_update=True)
    if row is None:
        raise NotFound
    row.keys_off = not action.on
    return ""
