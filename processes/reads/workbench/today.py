"""Vandaag: what must be done now, by legal risk. A fixed number of statements, however many cases there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from processes.access.staff_scope import handles, seen_cases
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.reads.opening import reading
from processes.reads.workbench.colleague_tasks import keys_of_tasks
from processes.reads.workbench.legal import case_types
from processes.reads.workbench.news import unread_news
from processes.reads.workbench.penalty import costing_money
from processes.reads.workbench.post_room import waiting_post
from processes.reads.workbench.risk import MOST, counted
from processes.reads.workbench.substitution import StandsIn, standing_in
from processes.reads.workbench.today_list import one_list
from processes.reads.workbench.today_rows import Band, in_bands, read_rows
from processes.reads.workbench.waiting import LISTS, WaitingKind
from processes.reads.workbench.whose import WHOSE, DeskOf, Whose, own_teams
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


def read_today(services: Services, actor: Actor, whose: Whose = "all", page: int = 1) -> Today:
    """Raises NotAllowed for anybody without a role in the workbench."""
    shelf = services.law.last_shelf(
        services.sessions
    )  # before the transaction: fresh enough, and it costs no statement
    with reading(services) as (session, now):
        today = local_date(now)
        teams = own_teams(shelf, actor, case_types(session, services), today)
        stands_in = standing_in(session, actor, today) if handles(actor) else ()
        desk = DeskOf(actor, whose, teams, tuple(one.number for one in stands_in))
        counts = _counts(session, desk, today)
        penalties = costing_money(session, services, actor, desk.cases(), now) if handles(actor) else ()
        found = one_list(session, desk, today, penalties, page)
        rows = read_rows(session, services, shelf, desk, found.keys, penalties, now)
    waits = {**counts.waits, WaitingKind.PENALTIES: len(penalties)} if handles(actor) else {}
    return Today(
        whose=whose, day=today, bands=in_bands(rows, found), counts=counts.tasks, late=counts.late, page=found.page,
        pages=found.pages, waits=waits, news=counts.news,
        more=any(one > MOST for one in (counts.tasks[whose], counts.news, *waits.values())), handles=handles(actor),
        teams=teams.names, stands_in=stands_in, post=counts.post,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Counts:
    """At most MOST + 1 of each, which the page shows as "meer dan". A team is counted for who is in one."""

    tasks: dict[str, int]
    late: int
    news: int
    waits: dict[WaitingKind, int]
    post: int = 0


def _counts(session: Session, desk: DeskOf, today: date) -> _Counts:
    """One statement."""
    tasks = [_listed(replace(desk, whose=whose)) for whose in WHOSE]
    if not handles(desk.actor):
        return _Counts(dict(zip(WHOSE, counted(session, *tasks), strict=True)), 0, 0, {})
    late = (Case.state == CaseState.RUNNING, Case.legal_on < today, seen_cases(desk.actor))
    wanted = select(Case.id).order_by(Case.legal_on, Case.id)
    of_cases = [wanted.where(*late, *part) for part in desk.case_parts()]
    waits = [asked(desk) for asked in LISTS.values()]
    *found, over, news, post = counted(session, *tasks, *waits, of_cases, unread_news(desk.actor), waiting_post())
    return _Counts(
        dict(zip(WHOSE, found, strict=False)), over, news, dict(zip(LISTS, found[len(WHOSE) :], strict=True)), post
    )


def _listed(desk: DeskOf) -> list[Select[Any]]:
    """The tasks of a desk, the most urgent first."""
    tasks = [select(*ORDERED).where(*part).order_by(TaskRow.urgent_on, TaskRow.id) for part in desk.tasks()]
    return [*tasks, *keys_of_tasks(desk)] if handles(desk.actor) else tasks
