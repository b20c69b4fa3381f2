"""The checklist of a case (W13): points that came with the case type or that a worker adds, ticked in one press, struck with a reason."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from engine.model import LONGEST_POINT
from processes.access.guards import only_staff, reason_wrong
from processes.base.errors import AlreadyDone, Invalid, NotFound, NotNow
from processes.execution.done_before import done_before
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, ChecklistItem

MOST_POINTS: Final = 100  # of one case: what a person still looks through


@dataclass(frozen=True, slots=True)
class AddPoints:
    """`text`: one point a line."""

    case: str
    text: str


def add_points(work: UnitOfWork, action: AddPoints) -> str:
    """The answer is the case number. What stands on the list already is not added a second time.

    Raises Invalid (`points`) for no new point, one that is too long, and too many of them.
    """
    only_staff(work.actor, system=False)
    case = work.lock_case(action.case, running=True)
    rows = work.session.scalars(select(ChecklistItem).where(ChecklistItem.case_id == case.id)).all()
    there = {row.text for row in rows if row.struck_at is None}
    typed = list(dict.fromkeys(point for line in action.text.splitlines() if (point := line.strip())))
    points = [point for point in typed if point not in there]
    if not typed:
        raise Invalid({"points": "Schrijf een of meer punten op, elk op een eigen regel."})
    if not points:
        raise Invalid({"points": "Dit staat al op de lijst."})
    if any(len(point) > LONGEST_POINT for point in points):
        raise Invalid({"points": f"Maak elk punt korter: hoogstens {LONGEST_POINT} tekens."})
    if len(points) + len(rows) > MOST_POINTS:
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
    """Keep with the point when it was ticked and by whom. Raises NotFound for one of another case, AlreadyDone for one that is
    so already.
    """
    case, row = _point(work, action.case, action.point)
    if action.done and row.done_at is not None:
        raise done_before(work.session, "Dit punt is al afgevinkt", row.done_by, row.done_at)
    if not action.done and row.done_at is None:
        raise AlreadyDone("Het vinkje bij dit punt is al weg.")
    row.done_by, row.done_at = (work.actor.subject, work.now) if action.done else (None, None)
    work.audit(case.id, "tick_point", point=row.id, done=int(action.done))
    return case.number


@dataclass(frozen=True, slots=True)
class StrikePoint:
    """A point that does not matter in this case, with the reason why."""

    case: str
    point: int
    reason: str


def strike_point(work: UnitOfWork, action: StrikePoint) -> str:
    """It stays to be read. Raises Invalid without a reason, NotNow for a point that is ticked, NotFound and AlreadyDone."""
    case, row = _point(work, action.case, action.point)
    if row.done_at is not None:
        raise NotNow("Dit punt is al afgevinkt. Haal eerst het vinkje weg.")
    if wrong := reason_wrong(action.reason, "Schrijf op waarom dit punt hier niet nodig is."):
        raise Invalid(wrong)
    row.struck_by, row.struck_at, row.reason = work.actor.subject, work.now, action.reason.strip()
    work.audit(case.id, "strike_point", point=row.id)
    return case.number


def _point(work: UnitOfWork, number: str, point: int) -> tuple[Case, ChecklistItem]:
    """The locked case, which runs, and the point, which is not struck."""
    only_staff(work.actor, system=False)
    case = work.lock_case(number, running=True)
    row = work.session.get(ChecklistItem, point)
    if row is None or row.case_id != case.id:
        raise NotFound("Dit punt hoort niet bij de zaak.")
    if row.struck_at is not None:
        raise done_before(work.session, "Dit punt is al doorgestreept", row.struck_by, row.struck_at)
    return case, row
