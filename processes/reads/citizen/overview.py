"""Mijn zaken: a tile for every case, in a fixed number of questions to the database, however many cases there are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from zipfile import BadZipFile

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from engine.words import SignInLevel
from processes.access.sign_in_level import demanded_level, is_enough
from processes.access.visibility import shown_case, task_is_for
from processes.access.withdrawal import filing_roles
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import Busy, ZaakspoorError
from processes.base.written import TypedText, TypedTexts
from processes.execution.reopened import REOPENED, statuses_of
from processes.reads.citizen.entry import in_use_in
from processes.reads.citizen.news import NewThing, news_in
from processes.reads.citizen.questions import (
    deadlines,
    every_case,
    in_use_of_each,
    other_of,
    statuses,
    tasks,
    viewpoints,
    whose,
)
from processes.reads.citizen.terms import AskedOfCitizen, last_day_before, task_name
from processes.reads.citizen.words import (
    TAKES_NO_PART,
    Standing,
    answer_of,
    case_name,
    main_deadline,
    sentence,
    task_deadline,
)
from processes.reads.opening import reading
from processes.storage import own_looks
from processes.storage.asked_ahead import answer, ask_ahead
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case, DeadlineRow, Instance, Party, TaskRow
from processes.storage.words import CaseState


class WhoseTurn(StrEnum):
    """The one who must do something now."""

    YOURS = "asked"
    LATE = "late"
    STILL = "still"  # the term stands still, and not for the reader
    OURS = "ours"
    CLOSED = "closed"


log = structlog.get_logger("citizen")
Row = TypeVar("Row", DeadlineRow, Party, TaskRow)


@dataclass(frozen=True, slots=True)
class Tile:
    """`turn`: who must do something now. `for_whom`: the names of those for whom the reader acts. `new`: how much was not opened yet."""

    number: str
    title: str
    subject: TypedText
    status: str
    sentence: str
    received_on: date
    asked: tuple[AskedOfCitizen, ...]
    result: str | None = None
    turn: WhoseTurn = WhoseTurn.OURS
    for_whom: TypedTexts = ()
    new: int = 0

    def says(self, words: Sequence[str]) -> bool:
        """Whether all these words stand on the tile, in small letters."""
        text = " ".join((self.number, self.title, self.subject, self.status, *self.for_whom)).lower()
        return all(word in text for word in words)


@dataclass(frozen=True, slots=True)
class WithheldTile:
    """A case for which the reader must sign in more strongly: its kind and number, and nothing else of it."""

    number: str
    title: str
    level: SignInLevel

    def says(self, words: Sequence[str]) -> bool:
        """Whether all these words stand on the tile, in small letters."""
        return all(word in f"{self.number} {self.title}".lower() for word in words)


@dataclass(frozen=True, slots=True)
class Overview:
    """`broken` are numbers of cases that are there but could not be read: the page names them (D37). `news`: what was not opened
    yet, newest first. `total`: how many cases there are, also those that a search leaves out. `withheld`: those above the level at which
    the reader signed in, running or closed.
    """

    running: tuple[Tile, ...]
    closed: tuple[Tile, ...]
    broken: tuple[str, ...]
    news: tuple[NewThing, ...] = ()
    total: int = 0
    withheld: tuple[WithheldTile, ...] = ()

    def searched(self, text: str) -> "Overview":
        """Only the cases with all these words on their tile."""
        words = text.lower().split()
        running, closed = (tuple(one for one in tiles if one.says(words)) for tiles in (self.running, self.closed))
        return replace(
            self, running=running, closed=closed, withheld=tuple(one for one in self.withheld if one.says(words))
        )

    def of_client(self, name: str) -> "Overview":
        """Only the cases in which the reader acts for somebody of this name; all of them without a name."""
        if not name:
            return self
        running, closed = (tuple(one for one in tiles if name in one.for_whom) for tiles in (self.running, self.closed))
        return replace(self, running=running, closed=closed, withheld=())

    @property
    def clients(self) -> TypedTexts:
        """The names of all for whom the reader acts, in the order of the alphabet."""
        return tuple(sorted({name for tile in (*self.running, *self.closed) for name in tile.for_whom}, key=str.lower))

    @property
    def waiting(self) -> tuple[tuple[Tile, AskedOfCitizen], ...]:
        """Everything that is asked of the reader, the first day first; what has no day comes last."""
        asked = [(tile, one) for tile in self.running for one in tile.asked]
        return tuple(sorted(asked, key=lambda found: found[1].due or date.max))


@dataclass(frozen=True, slots=True)
class _Around:
    """The rows that belong to the cases of one page, by case id; `statuses`: their codes, as they were reached. `in_use`: the newest version, by
    process.
    """

    parties: Mapping[int, Sequence[Party]]
    statuses: Mapping[int, Sequence[str]]
    deadlines: Mapping[int, Sequence[DeadlineRow]]
    tasks: Mapping[int, Sequence[TaskRow]]
    timers: Mapping[int, Sequence[Mapping[str, Any]]]
    in_use: Mapping[str, tuple[Deployed, ...]]
    subject: str = field(kw_only=True)
    today: date = field(kw_only=True)


def read_overview(services: Services, actor: Actor) -> Overview:
    """Every case of this person that the portal shows (D24-D27, D38). Raises Busy when nothing can be fetched."""
    with reading(services) as (session, now):
        mine, known = every_case(other_of(actor)), whose(actor)
        ask_ahead(session, [(mine, known), (own_looks.began(), {})])
        cases = answer(session, mine, **known)
        found = _around(session, services, actor, [case.id for case in cases], local_date(now))
        tiles: list[tuple[Case, Tile]] = []
        broken, withheld = [], []
        for case in cases:
            try:
                deployed = services.models.version(session, case.model_version_id)
                level = demanded_level(deployed, *found.in_use[deployed.process])
                if shown_case(case, deployed.model) and not is_enough(actor.level, level):
                    withheld.append(WithheldTile(case.number, case.title, level))
                    continue
                tile = _tile_if_shown(case, deployed, found)
            except Busy:
                raise
            except (ZaakspoorError, BadZipFile, LookupError, ValueError) as error:  # a drawing that cannot be used
                log.warning("citizen.case_unreadable", case=case.id, error=type(error).__name__, alert=True)
                broken.append(case.number)
                continue
            if tile:
                tiles.append((case, tile))
        seen = [(case, [party.id for party in found.parties[case.id]]) for case, _ in tiles]
        news = news_in(session, services, actor, seen, now)
    counts = Counter(one.number for one in news)
    marked = [replace(tile, new=counts[tile.number]) for _, tile in tiles]
    # what we wait for comes first; within that the newest
    running = sorted((one for one in marked if one.turn != WhoseTurn.CLOSED), key=lambda tile: not tile.asked)
    closed = tuple(one for one in marked if one.turn == WhoseTurn.CLOSED)
    total = len(marked) + len(withheld)
    return Overview(tuple(running), closed, tuple(broken), news, total, tuple(withheld))


def _around(session: Session, services: Services, actor: Actor, ids: Sequence[int], today: date) -> _Around:
    cases, through = {"cases": tuple(ids)}, viewpoints(other_of(actor))
    mine = {**cases, **whose(actor)}
    ask_ahead(
        session,
        [(through, mine), (statuses(), cases), (deadlines(), cases), (tasks(), cases), (in_use_of_each(), cases)],
    )
    waiting = answer(session, tasks(), **cases)
    undated = {task.instance_id for task in waiting if task.due is None}
    timers = select(Instance.id, Instance.timers).where(Instance.id.in_(undated))
    reached: dict[int, list[str]] = defaultdict(list)
    for case_id, code in answer(session, statuses(), **cases):
        reached[case_id].append(code)
    return _Around(
        _by_case(answer(session, through, **mine)),
        reached,
        _by_case(answer(session, deadlines(), **cases)),
        _by_case(waiting),
        dict(session.execute(timers).all()) if undated else {},
        in_use_in(session, services, ids),
        subject=actor.party_subject,
        today=today,
    )


def _by_case(rows: Iterable[Row]) -> Mapping[int, Sequence[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _tile_if_shown(case: Case, deployed: Deployed, around: _Around) -> Tile | None:
    model = deployed.model
    if not shown_case(case, model):
        return None
    parties = around.parties[case.id]
    roles = {party.role for party in parties}
    asked_roles = {party.role for party in parties if party.withdrawn_on is None}
    due = {row.code: row for row in around.deadlines[case.id]}
    asked = tuple(
        AskedOfCitizen(task.id, task_name(task, parties), _task_due(deployed, task, due, around.timers))
        for task in around.tasks[case.id]
        if task_is_for(task, asked_roles, [party.id for party in parties])
    )
    standing = standing_of(case, model, due, own=bool(roles & filing_roles(model)), waiting=bool(asked))
    return Tile(
        case.number, case.title, case.subject, _status(model, around.statuses[case.id]),
        sentence(standing, around.today) if asked_roles or not standing.running else TAKES_NO_PART, case.received_on, asked,
        standing.result, _turn(standing, around.today, asked=bool(asked)),
        tuple(party.name for party in parties if party.identity_index != around.subject),
    )  # fmt: skip


def _turn(standing: Standing, today: date, *, asked: bool) -> WhoseTurn:
    if not standing.running:
        return WhoseTurn.CLOSED
    if not asked and standing.started and standing.due is None:
        return WhoseTurn.STILL
    late = standing.started and standing.due is not None and standing.due < today
    return WhoseTurn.YOURS if asked else WhoseTurn.LATE if late else WhoseTurn.OURS


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


def _task_due(
    deployed: Deployed, task: TaskRow, due: Mapping[str, DeadlineRow], timers: Mapping[int, Sequence[Mapping[str, Any]]]
) -> date | None:
    """The same day as `due_of_task` gives, of what was read for all cases at once."""
    code = task_deadline(deployed.model, task.element)
    row = due.get(code) if code else None
    known = row.due if row and row.due else task.due
    return known or last_day_before(deployed, task.element, timers.get(task.instance_id) or ())


def _status(model: Model, reached: Sequence[str]) -> str:
    """The name of the last status that citizens see (D28)."""
    shown = {status.code: status.name for status in statuses_of(model) if status.visible}
    return next((shown[code] for code in reversed(reached) if code in shown), "")
