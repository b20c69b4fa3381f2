"""Vandaag: what must be done now, by legal risk. A fixed number of statements, however many cases there are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from processes.access.same_roles import SameRoles
from processes.access.staff_scope import handles, seen_cases
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.reads.opening import reading
from processes.reads.workbench.colleague_tasks import keys_of_tasks
from processes.reads.workbench.legal import case_types, newest_types
from processes.reads.workbench.news import DeskCounts, desk_counts, desk_counts_ahead, unread_news
from processes.reads.workbench.penalty import CostsMoney, costing_money_by, may_cost_money
from processes.reads.workbench.post_room import waiting_post
from processes.reads.workbench.risk import MOST, at_most, counting
from processes.reads.workbench.substitution import StandsIn, standing_in, standing_in_ahead
from processes.reads.workbench.today_list import ListedKey, ListQuestion, one_list, place_of_task
from processes.reads.workbench.today_rows import Band, in_bands, read_rows
from processes.reads.workbench.waiting import LISTS, WaitingKind
from processes.reads.workbench.whose import WHOSE, DeskOf, OwnTeams, Whose, own_teams
from processes.storage.among import in_text
from processes.storage.asked_ahead import Question, answer, ask_ahead
from processes.storage.fast import PreparedQuery
from processes.storage.services import Services
from processes.storage.tables import Case, TaskRow
from processes.storage.words import CaseState

ORDERED: Sequence[Any] = (TaskRow.id, TaskRow.urgent_on)


@dataclass(frozen=True, slots=True)
class Today:
    """`bands` hold one page of whatever is to be done at this desk. `counts` of tasks, of the process and of colleagues, by mine, team,
    nobody and all; `late`: cases at this desk over a legal term; `teams`: the names of those one is in. `waits`: how many
    there are in each other list, and `news` how much of it was not read: only for those who handle cases. `more`: of some kind
    there are more than the pages hold. `stands_in`: for whom, whose work is among mine. `post`: what waits in the post room.
    `desk`: the counters at the top of the page. `rows`: how many the whole list has, whatever they are.
    """

    whose: Whose
    day: date
    bands: tuple[Band, ...]
    counts: dict[str, int]
    late: int
    page: int
    pages: int
    waits: Mapping[WaitingKind, int]
    news: int
    more: bool
    handles: bool
    teams: tuple[str, ...]
    stands_in: tuple[StandsIn, ...] = ()
    post: int = 0
    desk: DeskCounts | None = None
    rows: int = 0


def read_today(services: Services, actor: Actor, whose: Whose = "all", page: int = 1) -> Today:
    """Raises NotAllowed for anybody without a role in the workbench."""
    shelf = services.law.last_shelf(
        services.sessions
    )  # before the transaction: fresh enough, and it costs no statement
    with reading(services) as (session, now):
        today = local_date(now)
        for_me = [standing_in_ahead(actor, today)] if handles(actor) else []
        ask_ahead(session, [(newest_types(), {}), *desk_counts_ahead(actor, today), *for_me])
        teams = own_teams(shelf, actor, case_types(session, services), today)
        stands_in = standing_in(session, actor, today) if handles(actor) else ()
        desk = DeskOf(actor, whose, teams, tuple(one.number for one in stands_in))
        asked = _questions(SameRoles.of(actor), whose, teams, len(stands_in), today)
        ask_ahead(session, asked.ahead(desk, page))
        counts = asked.counted(session, desk)
        penalties = costing_money_by(session, services, asked.may_cost(session, desk), now)
        found = one_list(session, asked.listed, desk.numbers(), today, penalties, page)
        rows = read_rows(session, services, shelf, actor, desk, found.keys, penalties, now)
        at_top = desk_counts(session, actor, today)
    waits = {**counts.waits, WaitingKind.PENALTIES: len(penalties)} if handles(actor) else {}
    return Today(
        whose=whose, day=today, bands=in_bands(rows, found), counts=counts.tasks, late=counts.late, page=found.page,
        pages=found.pages, waits=waits, news=counts.news,
        more=any(one > MOST for one in (counts.tasks[whose], counts.news, *waits.values())), handles=handles(actor),
        teams=teams.names, stands_in=stands_in, post=counts.post, desk=at_top, rows=sum(found.totals.values()),
    )  # fmt: skip


def read_next(services: Services, actor: Actor, done: str) -> str:
    """The page, below /werk, of the row that comes on Vandaag after a task that was done: of mine, else of all, in another case than that of the task. After
    the last row it is the first again; empty when nothing is left. Raises NotAllowed as `read_today`.
    """
    shelf = services.law.last_shelf(services.sessions)
    with reading(services) as (session, now):
        today, task = local_date(now), session.get(TaskRow, done)
        teams = own_teams(shelf, actor, case_types(session, services), today)
        absent = tuple(one.number for one in standing_in(session, actor, today)) if handles(actor) else ()
        for whose in ("mine", "all"):
            desk = DeskOf(actor, whose, teams, absent)
            asked = _questions(SameRoles.of(actor), whose, teams, len(absent), today)
            penalties = costing_money_by(session, services, asked.may_cost(session, desk), now)
            keys = chain.from_iterable(_pages(session, asked, desk, today, penalties))
            if key := _after(task, keys, today):
                row = next(iter(read_rows(session, services, shelf, actor, desk, [key], penalties, now).values()), None)
                return row.place if row else ""
    return ""


def _pages(
    session: Session, asked: "_Questions", desk: DeskOf, today: date, penalties: Sequence[CostsMoney]
) -> Iterator[Sequence[ListedKey]]:
    page, pages = 1, 1
    while page <= pages:
        found = one_list(session, asked.listed, desk.numbers(), today, penalties, page)
        yield found.keys
        page, pages = page + 1, found.pages


def _after(task: TaskRow | None, keys: Iterable[ListedKey], today: date) -> ListedKey | None:
    """The first key behind the place that the task had, else the first of all."""
    others = (key for key in keys if task is None or key.case_id != task.case_id)
    first = next(others, None)
    if task is None or first is None or first.place >= place_of_task(task, today):
        return first
    return next((key for key in others if key.place >= place_of_task(task, today)), first)


@dataclass(frozen=True, slots=True)
class _Counts:
    """At most MOST + 1 of each, which the page shows as "meer dan". A team is counted for who is in one."""

    tasks: dict[str, int]
    late: int = 0
    news: int = 0
    waits: Mapping[WaitingKind, int] = field(default_factory=dict)
    post: int = 0


@dataclass(frozen=True, slots=True)
class _Questions:
    """The questions that Vandaag asks of a desk, made once for everybody with such a desk. `penalties`: None for who does not handle cases."""

    counts: PreparedQuery
    penalties: PreparedQuery | None
    listed: ListQuestion | None

    def ahead(self, desk: DeskOf, page: int) -> list[Question]:
        numbers = desk.numbers()
        around = [(one, numbers) for one in (self.counts, self.penalties) if one]
        return [*around, *([self.listed.ahead(numbers, max(page, 1))] if self.listed else ())]

    def counted(self, session: Session, desk: DeskOf) -> _Counts:
        found = iter(at_most(answer(session, self.counts, **desk.numbers())[0]))
        tasks: dict[str, int] = {whose: next(found) for whose in WHOSE}
        if not handles(desk.actor):
            return _Counts(tasks)
        waits = {kind: next(found) for kind in LISTS}
        late, news, post = found
        return _Counts(tasks, late, news, waits, post)

    def may_cost(self, session: Session, desk: DeskOf) -> list[int]:
        """Ids of notices of default."""
        return [one for (one,) in answer(session, self.penalties, **desk.numbers())] if self.penalties else []


@lru_cache(
    maxsize=500
)  # a page of them is asked again and again, and making them takes ten times as long as their answers
def _questions(readers: SameRoles, whose: Whose, teams: OwnTeams, absent: int, today: date) -> _Questions:
    """Raises NotAllowed as `read_today`."""
    desk = DeskOf.of_anybody(readers, whose, teams, absent)
    tasks, listed = [_listed(replace(desk, whose=one)) for one in WHOSE], ListQuestion.of(desk, today)
    if not handles(readers):
        return _Questions(PreparedQuery(counting(*tasks)), None, listed)
    # in the text, for the planner must know how many that are
    late = (
        Case.state == in_text(CaseState.RUNNING),
        Case.legal_on < in_text(today),
        seen_cases(readers),
    )
    wanted = select(Case.id).order_by(Case.legal_on, Case.id)
    of_cases = [wanted.where(*late, *part) for part in desk.case_parts()]
    waits = [asked(desk) for asked in LISTS.values()]
    counts = counting(*tasks, *waits, of_cases, unread_news(readers), waiting_post())
    return _Questions(PreparedQuery(counts), may_cost_money(readers, desk.cases()), listed)


def _listed(desk: DeskOf) -> list[Select[Any]]:
    """The tasks of a desk, the most urgent first."""
    tasks = [select(*ORDERED).where(*part).order_by(TaskRow.urgent_on, TaskRow.id) for part in desk.tasks()]
    return [*tasks, *keys_of_tasks(desk)] if handles(desk.actor) else tasks
