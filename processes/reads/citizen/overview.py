"""Mijn zaken: a tile for every case, in a fixed number of questions to the database, however many cases there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from zipfile import BadZipFile

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.access.visibility import cases_of, open_tasks_in, shown_case, task_is_for, viewpoints_in
from processes.access.withdrawal import filing_roles
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import Busy, ZaakspoorError
from processes.execution.reopened import REOPENED, statuses_of
from processes.reads.citizen.terms import AskedOfCitizen, task_name
from processes.reads.citizen.words import (
    Standing,
    answer_of,
    case_name,
    main_deadline,
    sentence,
    task_deadline,
)
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.tables import Case, DeadlineRow, Party, StatusRow, TaskRow
from processes.storage.words import CaseState

log = structlog.get_logger("citizen")
Row = TypeVar("Row", DeadlineRow, Party, StatusRow, TaskRow)


@dataclass(frozen=True, slots=True)
class Tile:
    number: str
    title: str
    subject: str
    status: str
    sentence: str
    received_on: date
    asked: tuple[AskedOfCitizen, ...]
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """`broken` are numbers of cases that are there but could not be read: the page names them (D37)."""

    running: tuple[Tile, ...]
    closed: tuple[Tile, ...]
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Around:
    """The rows that belong to the cases of one page, by case id."""

    parties: Mapping[int, Sequence[Party]]
    statuses: Mapping[int, Sequence[StatusRow]]
    deadlines: Mapping[int, Sequence[DeadlineRow]]
    tasks: Mapping[int, Sequence[TaskRow]]
    today: date = field(kw_only=True)


def read_overview(services: Services, actor: Actor) -> Overview:
    """Every case of this person that the portal shows (D24-D27, D38). Raises Busy when nothing can be fetched."""
    with reading(services) as (session, now):
        cases = session.scalars(cases_of(actor.subject)).all()
        around = _around(session, actor.subject, [case.id for case in cases], local_date(now))
        tiles: dict[str, list[Tile]] = {CaseState.RUNNING: [], CaseState.CLOSED: []}
        broken = []
        for case in cases:
            try:
                tile = _tile_if_shown(case, services.models.version(session, case.model_version_id).model, around)
            except Busy:
                raise
            except (ZaakspoorError, BadZipFile, LookupError, ValueError) as error:  # a drawing that cannot be used
                log.warning("citizen.case_unreadable", case=case.id, error=type(error).__name__, alert=True)
                broken.append(case.number)
                continue
            if tile:
                tiles[CaseState.RUNNING if case.state == CaseState.RUNNING else CaseState.CLOSED].append(tile)
        # what we wait for comes first; within that the newest
        running = sorted(tiles[CaseState.RUNNING], key=lambda tile: not tile.asked)
        return Overview(tuple(running), tuple(tiles[CaseState.CLOSED]), tuple(broken))


def _around(session: Session, subject: str, ids: Sequence[int], today: date) -> _Around:
    statuses = select(StatusRow).where(StatusRow.case_id.in_(ids)).order_by(StatusRow.id)
    deadlines = select(DeadlineRow).where(DeadlineRow.case_id.in_(ids)).order_by(DeadlineRow.id)
    return _Around(
        _by_case(session.scalars(viewpoints_in(subject, ids))),
        _by_case(session.scalars(statuses)),
        _by_case(session.scalars(deadlines)),
        _by_case(session.scalars(open_tasks_in(ids))),
        today=today,
    )


def _by_case(rows: Iterable[Row]) -> Mapping[int, Sequence[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _tile_if_shown(case: Case, model: Model, around: _Around) -> Tile | None:
    if not shown_case(case, model):
        return None
    parties = around.parties[case.id]
    roles = {party.role for party in parties}
    asked_roles = {party.role for party in parties if party.withdrawn_on is None}
    due = {row.code: row for row in around.deadlines[case.id]}
    asked = tuple(
        AskedOfCitizen(task.id, task_name(task, parties), _task_due(model, task, due))
        for task in around.tasks[case.id]
        if task_is_for(task, asked_roles, [party.id for party in parties])
    )
    standing = standing_of(case, model, due, own=bool(roles & filing_roles(model)), waiting=bool(asked))
    return Tile(
        case.number, case.title, case.subject, _status(model, around.statuses[case.id]),
        sentence(standing, around.today), case.received_on, asked, standing.result,
    )  # fmt: skip


def standing_of(case: Case, model: Model, due: Mapping[str, DeadlineRow], *, own: bool, waiting: bool) -> Standing:
    """The facts for the sentence on top of a case, with dates as stored with the deadlines."""
    code = main_deadline(model)
    row = due.get(code) if code else None
    result = model.result_types.get(case.result or "")
    return Standing(
        name=case_name(case.title, own=own),
        running=case.state == CaseState.RUNNING,
        answer=answer_of(model.deadlines[code].title) if code else "",
        started=row is not None and row.met_on is None,
        due=row.due if row else None,
        waiting=waiting,
        closed_on=local_date(case.closed_at) if case.closed_at else None,
        reopened=case.status == REOPENED.code,
        result=result.description if result else None,
    )


def _task_due(model: Model, task: TaskRow, due: Mapping[str, DeadlineRow]) -> date | None:
    code = task_deadline(model, task.element)
    row = due.get(code) if code else None
    return row.due if row and row.due else task.due


def _status(model: Model, reached: Sequence[StatusRow]) -> str:
    """The name of the last status that citizens see (D28)."""
    shown = {status.code: status.name for status in statuses_of(model) if status.visible}
    return next((shown[row.code] for row in reversed(reached) if row.code in shown), "")
