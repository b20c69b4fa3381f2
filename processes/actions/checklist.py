"""The checklist of a case (W13): points that a worker adds, and that are ticked in one press."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from processes.access.guards import only_staff
from processes.base.errors import Invalid, NotFound
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import ChecklistItem

LONGEST_POINT: Final = 300  # characters, what the column holds
MOST_POINTS: Final = 100  # of one case: what a person still looks through


@dataclass(frozen=True, slots=True)
class AddPoints:
    """`text`: one point a line."""

    case: str
    text: str


def add_points(work: UnitOfWork, action: AddPoints) -> str:
    """The answer is the case number. Raises Invalid (`points`) for no point, one that is too long, and too many of them."""
    only_staff(work.actor, system=False)
    case = work.lock_case(action.case)
    points = [point for line in action.text.splitlines() if (point := line.strip())]
    there = work.session.scalar(select(func.count()).select_from(ChecklistItem).where(ChecklistItem.case_id == case.id))
    if not points:
        raise Invalid({"points": "Schrijf een of meer punten op, elk op een eigen regel."})
    if any(len(point) > LONGEST_POINT for point in points):
        raise Invalid({"points": f"Maak elk punt korter: hoogstens {LONGEST_POINT} tekens."})
    if len(points) + (there or 0) > MOST_POINTS:
        raise Invalid({"points": f"Een controlelijst heeft hoogstens {MOST_POINTS} punten."})
    for point in points:
        work.session.add(ChecklistItem(case_id=case.id, text=point, added_by=work.actor.subject, added_at=work.now))
    work.audit(case.id, "add_points", points=len(points))
    return case.number


@dataclass(frozen=True, slots=True)
class TickPoint:
    """`done`: tick it, or take the tick away."""

    case: str
    point: int
    done: bool


def tick_point(work: UnitOfWork, action: TickPoint) -> str:
    """Keep with the point when it was ticked and by whom. Raises NotFound for one of another case."""
    only_staff(work.actor, system=False)
    case = work.lock_case(action.case)
    row = work.session.get(ChecklistItem, action.point)
    if row is None or row.case_id != case.id:
        raise NotFound("Dit punt hoort niet bij de zaak.")
    if action.done != (row.done_at is not None):
        row.done_by, row.done_at = (work.actor.subject, work.now) if action.done else (None, None)
        work.audit(case.id, "tick_point", point=row.id, done=int(action.done))
    return case.number
