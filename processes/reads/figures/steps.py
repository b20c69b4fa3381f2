"""How long each step of one case type took, and where its running cases wait now, in words and as marks on the drawing (W15)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, cast, extract, func, literal_column, select
from sqlalchemy.orm import Session

from engine import Model
from engine.words import Side
from processes.reads.figures.ended import closed_within
from processes.reads.figures.period import Period
from processes.reads.figures.scope import FigureScope
from processes.reads.figures.table import Bars, FigureTable, Spread, spread_of
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, Instance, ModelVersion, TaskRow
from processes.storage.words import CaseState, InstancePhase, TaskState

SECONDS: Final[ColumnElement[int]] = literal_column(str(24 * 60 * 60))  # as a word: it stands among what is grouped by
WARMTH: Final = 3  # how many shades of waiting the drawing has
SIDES: Final[Mapping[str, str]] = {
    Side.WORKER: "behandelaar", Side.COMMITTEE: "commissie", Side.DEPARTMENT: "afdeling", Side.CITIZEN: "betrokkene",
}  # fmt: skip
CALLED: Final = "deelproces"
MOST_VERSIONS: Final = 20


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """A version of the drawing with running cases, or the newest one. `id` is that of its row."""

    id: int
    version: int
    cases: int


@dataclass(frozen=True, slots=True)
class WaitsOnDrawing:
    """`table` says in words what `marks` show on the drawing of version `version` (a row's id)."""

    version: VersionChoice
    versions: tuple[VersionChoice, ...]
    table: FigureTable
    marks: tuple[Mapping[str, str], ...]


def durations(session: Session, scope: FigureScope, period: Period, deployed: Deployed) -> FigureTable:
    """A row for each task that was done in the cases that were closed in the period, in the order of the drawing."""
    days = _whole_days(session)
    asked = (
        select(TaskRow.element, func.max(TaskRow.name), func.max(TaskRow.side), days, func.count())
        .join(Case, Case.id == TaskRow.case_id)
        .where(*closed_within(scope, period), TaskRow.state == TaskState.DONE, TaskRow.done_at.is_not(None))
        .group_by(TaskRow.element, days)
    )
    counts: dict[str, dict[int, int]] = {}
    names: dict[str, tuple[str, str]] = {}
    for element, name, side, day, count in session.execute(asked):
        mine = counts.setdefault(element, {})
        mine[max(0, day)] = mine.get(max(0, day), 0) + count
        names[element] = (name, SIDES.get(side, side))
    found = [
        (names[one], sum(counts[one].values()), spread_of(counts[one])) for one in _in_order(deployed.model, counts)
    ]
    rows: tuple[tuple[str | int | None, ...], ...] = tuple(
        (*told, count, *_numbers(spread)) for told, count, spread in found
    )
    return FigureTable(
        "durations", "Hoe lang elke stap duurde",
        ("Stap", "Wie", "Keer gedaan", "Een kwart binnen (dagen)", "Helft binnen (dagen)", "Driekwart binnen (dagen)", "Langst (dagen)"), rows,
        "Taken van zaken die in de periode zijn afgerond, van openen tot gedaan, in hele etmalen. 0 is binnen een etmaal.",
        spreads=tuple((told[0], spread) for told, _, spread in found if spread),
    )  # fmt: skip


def waits(session: Session, scope: FigureScope, now: datetime, wanted: int | None) -> WaitsOnDrawing | None:
    """Where the running cases of the case type wait, of the version with this id, else of the newest one with running cases.
    None while no version can be read.
    """
    versions = tuple(_versions(session, scope))
    chosen = next((one for one in versions if one.id == wanted), None) or next(
        (one for one in versions if one.cases), None
    )
    chosen = chosen or next(iter(versions), None)
    if chosen is None:
        return None
    model = scope.types[scope.case_type].model
    found = dict(_standing(session, scope, chosen.id, now))
    rows = [(*found[one][:2], found[one][2], found[one][3]) for one in _in_order(model, found)]
    most = max((row[2] for row in rows), default=1)
    table = FigureTable(
        "waits", "Waar zaken wachten", ("Stap", "Wie", "Zaken", "Langst (dagen)"), tuple(rows),
        f"Nu. Lopende zaken van versie {chosen.version}. Een zaak die op twee plaatsen wacht, telt bij beide; een zaak die alleen op een dag of bericht wacht, staat hier niet.",
        Bars((0,), 2),
    )  # fmt: skip
    marks = tuple(
        {"element": one, "kind": f"heat-{warmth(found[one][2], most)}", "message": f"{found[one][0]}: {found[one][2]}", "sign": str(found[one][2])}
        for one in found
    )  # fmt: skip
    return WaitsOnDrawing(chosen, versions, table, marks)


def warmth(count: int, most: int) -> int:
    """From 1 to WARMTH: how much waits here, beside the place where most waits."""
    return max(1, -(-count * WARMTH // max(most, 1)))


def _versions(session: Session, scope: FigureScope) -> Iterator[VersionChoice]:
    """Newest first: those with running cases, and the newest one."""
    running = select(Case.model_version_id, func.count()).where(
        Case.case_type == scope.case_type, Case.state == CaseState.RUNNING
    )
    counts: dict[int, int] = dict(session.execute(running.group_by(Case.model_version_id)).all())
    newest = scope.types[scope.case_type].id
    asked = select(ModelVersion.id, ModelVersion.version).where(ModelVersion.id.in_({*counts, newest}))
    for id_, version in session.execute(asked.order_by(ModelVersion.version.desc()).limit(MOST_VERSIONS)):
        yield VersionChoice(id_, version, counts.get(id_, 0))


def _standing(
    session: Session, scope: FigureScope, version: int, now: datetime
) -> Iterator[tuple[str, tuple[str, str, int, int]]]:
    """By element: name, whose it is, number of cases, and the days of the one that waits longest."""
    mine = (Case.model_version_id == version, Case.state == CaseState.RUNNING, scope.of(Case.case_type))
    tasks = (
        select(TaskRow.element, func.max(TaskRow.name), func.max(TaskRow.side), func.count(TaskRow.case_id.distinct()), func.min(TaskRow.opened_at))
        .join(Case, Case.id == TaskRow.case_id)
        .join(Instance, Instance.id == TaskRow.instance_id)
        .where(*mine, TaskRow.state == TaskState.OPEN, Instance.process == _process(scope))
        .group_by(TaskRow.element)
    )  # fmt: skip
    for element, name, side, count, since in session.execute(tasks):
        yield element, (name, SIDES.get(side, side), count, (now - since).days)
    calls = {one.called: one for one in scope.types[scope.case_type].model.elements.values() if one.called}
    called = (
        select(Instance.process, func.count(Instance.case_id.distinct()), func.min(Instance.started_at))
        .join(Case, Case.id == Instance.case_id)
        .where(*mine, Instance.phase == InstancePhase.RUNNING, Instance.is_root.is_(False), Instance.element.is_(None))
        .where(Instance.process.in_(sorted(calls)))
        .group_by(Instance.process)
    )
    for process, count, since in session.execute(called):
        call = calls[process]
        yield call.id, (call.name, CALLED, count, (now - since).days)


def _process(scope: FigureScope) -> str:
    return scope.types[scope.case_type].model.process


def _whole_days(session: Session) -> ColumnElement[Any]:
    """Whole periods of 24 hours that a task was open; each database counts them in words of its own."""
    if session.get_bind().dialect.name == "postgresql":
        return cast(func.floor(extract("epoch", TaskRow.done_at - TaskRow.opened_at) / SECONDS), Integer)
    seconds = func.strftime("%s", TaskRow.done_at).cast(Integer) - func.strftime("%s", TaskRow.opened_at).cast(Integer)
    return cast(seconds / SECONDS, Integer)


def _in_order(model: Model, found: Mapping[str, Any]) -> list[str]:
    """In the order of the drawing of now; elements that it does not have any more come last."""
    drawn = [one for one in model.elements if one in found]
    return [*drawn, *sorted(set(found) - set(drawn))]


def _numbers(spread: Spread | None) -> tuple[int, ...]:
    return (spread.quarter, spread.half, spread.most, spread.longest) if spread else ()
