"""Vandaag: what must be done now, by legal risk. A fixed number of statements, however many cases there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from processes.access.staff_scope import handles, seen_cases
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.dated import SettingShelf
from processes.reads.opening import reading
from processes.reads.workbench.colleague_tasks import ColleagueTaskLine, colleague_tasks_for
from processes.reads.workbench.legal import case_types
from processes.reads.workbench.news import news_lines
from processes.reads.workbench.risk import PAGE, counted, first_rows, pages_of
from processes.reads.workbench.substitution import StandsIn, standing_in
from processes.reads.workbench.today_rows import Band, in_bands, rows_of_others, rows_of_tasks
from processes.reads.workbench.waiting import WaitingKind, beginnings
from processes.reads.workbench.whose import WHOSE, DeskOf, Whose, own_teams
from processes.storage.services import Services
from processes.storage.tables import Case, TaskRow
from processes.storage.words import CaseState

ORDERED: Sequence[Any] = (TaskRow.id, TaskRow.urgent_on)
OTHERS = 10  # of each list of what waits; the rest has pages of its own


@dataclass(frozen=True, slots=True)
class Today:
    """`bands` hold one page of tasks; the first page has the beginning of every other list among them. `counts` of tasks by mine, team,
    nobody and all; `late`: cases at this desk over a legal term; `teams`: the names of those one is in. `waits`: how many
    there are in each other list, and `news` how much of it was not read: only for those who handle cases. `stands_in`: for
    whom, whose work is among mine.
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
    handles: bool
    teams: tuple[str, ...]
    colleague_tasks: tuple[ColleagueTaskLine, ...] = ()
    stands_in: tuple[StandsIn, ...] = ()


def read_today(services: Services, actor: Actor, whose: Whose = "all", page: int = 1) -> Today:
    """Raises NotAllowed for anybody without a role in the workbench."""
    shelf = services.law.last_shelf(
        services.sessions
    )  # before the transaction: fresh enough, and it costs no statement
    with reading(services) as (session, now):
        types = case_types(session, services)
        teams = own_teams(shelf, actor, types, local_date(now))
        stands_in = standing_in(session, actor, local_date(now)) if handles(actor) else ()
        desk = DeskOf(actor, whose, teams, tuple(one.number for one in stands_in))
        counts, late = _counts(session, desk, now)
        pages = pages_of(counts[whose])
        page = min(max(page, 1), pages)
        shown = first_rows(session, _listed(desk), ("urgent_on", "id"), (page - 1) * PAGE, PAGE)
        rows = rows_of_tasks(session, [row.id for row in shown], now, desk.absent)
        waits = beginnings(session, services, desk, now, OTHERS) if handles(actor) else {}
        news = news_lines(session, actor, size=OTHERS, only_unread=True) if handles(actor) else ()
        asked = _asked(session, shelf, desk, now)
        if page == 1:
            rows += rows_of_others(session, waits, news, now, desk.absent)
    return Today(
        whose=whose, day=local_date(now), bands=in_bands(rows, local_date(now)), counts=counts, late=late, page=page, pages=pages,
        waits={kind: one.count for kind, one in waits.items()}, news=len(news), handles=handles(actor), teams=teams.names, colleague_tasks=asked,
        stands_in=stands_in,
    )  # fmt: skip


def _asked(session: Session, shelf: SettingShelf, desk: DeskOf, now: datetime) -> tuple[ColleagueTaskLine, ...]:
    if not handles(desk.actor):
        return ()
    return colleague_tasks_for(session, shelf, desk.actor, now, size=OTHERS, absent=desk.absent)


def _counts(session: Session, desk: DeskOf, now: datetime) -> tuple[dict[str, int], int]:
    """At most MOST + 1 of each, which the page shows as "meer dan". A team is counted for who is in one."""
    late = (Case.state == CaseState.RUNNING, Case.legal_on < local_date(now), seen_cases(desk.actor))
    wanted = select(Case.id).order_by(Case.legal_on, Case.id)
    of_cases = [wanted.where(*late, *part) for part in desk.case_parts()] if handles(desk.actor) else []
    found = counted(session, *(_listed(desk, whose) for whose in WHOSE), of_cases)
    return dict(zip(WHOSE, found, strict=False)), found[-1]


def _listed(desk: DeskOf, whose: Whose | None = None) -> list[Select[Any]]:
    """The tasks of a desk, the most urgent first."""
    wanted = select(*ORDERED)
    return [wanted.where(*part).order_by(TaskRow.urgent_on, TaskRow.id) for part in desk.tasks(whose)]
