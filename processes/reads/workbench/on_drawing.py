"""Tekening of a case (W11): where it stands and has been on its own version of the drawing, and on those of the processes that it called.

A case has been at a task that was done, a status, a letter and a call that ended, each with its day, and at what the only way there goes
through, which has no day of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from engine import EngineError, Model, passed_before, standing
from engine.words import ElementKind
from processes.access.staff_scope import handled_case
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case, Instance, NoticeRow, StatusRow, TaskRow
from processes.storage.words import InstancePhase, TaskState

LIVE: Final = frozenset({InstancePhase.RUNNING, InstancePhase.STUCK})
ASIDE: Final = frozenset(
    {ElementKind.BOUNDARY_EVENT}
)  # it waits at the edge of what it belongs to, which is named itself
AROUND: Final = frozenset({ElementKind.SUB_PROCESS})
WORK: Final = frozenset({ElementKind.USER_TASK, ElementKind.CALL_ACTIVITY, ElementKind.SERVICE_TASK})
IN_PART, WAITS_FOR = "in het deel", "wacht op"
MOST: Final = 100  # processes of one case that are named


@dataclass(frozen=True, slots=True)
class DrawnPlace:
    """An element of the drawing: its id, its name in the drawing, and when the case was there last, if that is kept. `how` says of
    what is no work that it is a part around it, or something that may still come.
    """

    element: str
    name: str
    at: datetime | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class DrawnProcess:
    """One process of the case: the drawing of the case itself (`own`), or one that it called or that began beside it."""

    instance: int
    name: str
    own: bool
    running: bool
    started_at: datetime


@dataclass(frozen=True, slots=True)
class OnDrawingPage:
    """`here` and `been`: where the chosen process stands and has been, the work first and the days in order; `marks` say the same
    to the script that draws.
    """

    head: Head
    processes: tuple[DrawnProcess, ...]
    chosen: DrawnProcess
    version: int
    here: tuple[DrawnPlace, ...]
    been: tuple[DrawnPlace, ...]
    marks: tuple[Mapping[str, str], ...]


def read_on_drawing(services: Services, actor: Actor, number: str, instance: int | None = None) -> OnDrawingPage:
    """The drawing of this instance; without one that of the case. Raises NotFound, also for an instance of another case, and
    NotAllowed for the committee.
    """
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        rows = _instances(session, case)
        row = next((one for one in rows if (one.id == instance if instance else one.is_root)), None)
        if row is None:
            raise NotFound("Dit proces hoort niet bij de zaak.")
        names = {one.id: services.models.find(session, one.model_version_id) for one in rows}
        deployed = services.models.version(session, row.model_version_id)
        here = _here(deployed, row, now)
        days = _days(session, case, row, rows, deployed.model)
        passed = passed_before(deployed.compiled, [*here, *days], now)
        been = [one for one in deployed.model.elements if (one in days or one in passed) and one not in here]
        processes = tuple(_process(one, names[one.id]) for one in rows[:MOST])
        return OnDrawingPage(
            head_of(session, services, actor, case, now), processes, _process(row, deployed), deployed.version,
            tuple(_named(deployed.model, [*reversed(here)], {})), _in_order(_named(deployed.model, been, days)),
            (*_marks(here, "current"), *_marks(been, "done")),
        )  # fmt: skip


def read_case_drawing(services: Services, actor: Actor, number: str, instance: int) -> bytes:
    """The drawing that an instance of this case follows. Raises as `read_on_drawing`."""
    with reading(services) as (session, _now):
        case = handled_case(session, actor, number)
        row = session.get(Instance, instance)
        if row is None or row.case_id != case.id:
            raise NotFound("Dit proces hoort niet bij de zaak.")
        return services.models.version(session, row.model_version_id).folder.drawing


def _instances(session: Session, case: Case) -> Sequence[Instance]:
    """The case's own first. One that holds a single task of another (`answers="each"`) counts as that one."""
    wanted = select(Instance).where(Instance.case_id == case.id, Instance.element.is_(None))
    return session.scalars(wanted.order_by(Instance.is_root.desc(), Instance.id)).all()


def _process(row: Instance, deployed: Deployed | None) -> DrawnProcess:
    name = deployed.model.name if deployed else row.process
    return DrawnProcess(row.id, name, row.is_root, row.phase in LIVE, row.started_at)


def _here(deployed: Deployed, row: Instance, now: datetime) -> tuple[str, ...]:
    """The elements where it stands, first the parts and last the work in them, so that a drawing in parts opens as a whole. None
    once it ended, or where its state cannot be read.
    """
    try:
        found = standing(deployed.compiled, row.state, now) if row.phase in LIVE else ()
    except EngineError:
        return ()
    drawn = deployed.model.elements
    shown = [one for one in found if one in drawn and drawn[one].kind not in ASIDE]
    return tuple(sorted(shown, key=lambda one: (drawn[one].kind in WORK, drawn[one].kind not in AROUND)))


def _days(session: Session, case: Case, row: Instance, rows: Sequence[Instance], model: Model) -> dict[str, datetime]:
    """By element the last moment at which something of it was kept."""
    own = or_(Instance.id == row.id, (Instance.parent_id == row.id) & Instance.element.is_not(None))
    tasks = (
        select(TaskRow.element, func.max(TaskRow.done_at))
        .join(Instance, Instance.id == TaskRow.instance_id)
        .where(TaskRow.case_id == case.id, TaskRow.state == TaskState.DONE, own)
        .group_by(TaskRow.element)
    )
    found: dict[str, datetime] = {}
    for table, at in ((StatusRow, StatusRow.reached_at), (NoticeRow, NoticeRow.created_at)):
        kept = select(table.element, func.max(at)).where(table.case_id == case.id).group_by(table.element)
        found |= {element: day for element, day in session.execute(kept) if element in model.elements}
    found |= {element: day for element, day in session.execute(tasks) if day}
    ended = {one.process: one.ended_at for one in rows if one.parent_id == row.id and one.ended_at}
    return found | {one.id: day for one in model.elements.values() if one.called and (day := ended.get(one.called))}


def _named(model: Model, elements: Sequence[str], days: Mapping[str, datetime]) -> Iterator[DrawnPlace]:
    """Those that have a name; a crossing without one is only seen on the drawing."""
    drawn = (model.elements[one] for one in elements)
    return (DrawnPlace(one.id, one.name, days.get(one.id), _how(one.kind)) for one in drawn if one.name)


def _how(kind: str) -> str:
    return "" if kind in WORK else IN_PART if kind in AROUND else WAITS_FOR


def _in_order(places: Iterator[DrawnPlace]) -> tuple[DrawnPlace, ...]:
    """By day; those without a day last, as they stand in the drawing."""
    found = list(places)
    dated = [(one.at, one.element, one) for one in found if one.at]
    return (*(one for _, _, one in sorted(dated)), *(one for one in found if not one.at))


def _marks(elements: Sequence[str], kind: str) -> Iterator[Mapping[str, str]]:
    return ({"element": one, "kind": kind, "message": ""} for one in elements)
