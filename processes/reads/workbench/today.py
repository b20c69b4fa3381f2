"""Vandaag: what must be done now, by legal risk. A fixed number of statements, however many cases there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine.words import Side
from processes.access.staff_scope import handles, seen_cases
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.reads.opening import reading
from processes.reads.workbench.colleague_tasks import ColleagueTaskLine, colleague_tasks_for
from processes.reads.workbench.legal import Due, case_types, due_of, legal_of
from processes.reads.workbench.news import NewsLine, news_lines
from processes.reads.workbench.risk import PAGE, counted, first_rows, pages_of
from processes.reads.workbench.waiting import WaitingKind, WaitingList, beginnings
from processes.reads.workbench.whose import WHOSE, DeskOf, Whose, own_teams
from processes.reads.workbench.words import objectors
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import Case, TaskRow
from processes.storage.words import CaseState

ORDERED: Sequence[Any] = (TaskRow.id, TaskRow.urgent_on)
OTHERS = 10  # of each list of what waits; the rest has pages of its own


@dataclass(frozen=True, slots=True)
class WaitingTask:
    id: str
    name: str
    number: str
    title: str
    subject: str
    objector: str
    legal: Due
    service: Due
    who: str | None
    handler: str | None
    committee: bool


@dataclass(frozen=True, slots=True)
class Today:
    """`counts` by mine, team, nobody and all; `teams`: the names of those one is in. `waits` holds the beginning of each list of what waits,
    and `news` of what is new for this reader: only for those who handle cases.
    """

    whose: Whose
    day: date
    tasks: tuple[WaitingTask, ...]
    counts: dict[str, int]
    late: int
    page: int
    pages: int
    waits: Mapping[WaitingKind, WaitingList]
    news: tuple[NewsLine, ...]
    handles: bool
    teams: tuple[str, ...]
    colleague_tasks: tuple[ColleagueTaskLine, ...] = ()


def read_today(services: Services, actor: Actor, whose: Whose = "all", page: int = 1) -> Today:
    """Raises NotAllowed for anybody without a role in the workbench."""
    shelf = services.law.last_shelf(
        services.sessions
    )  # before the transaction: fresh enough, and it costs no statement
    with reading(services) as (session, now):
        types = case_types(session, services)
        teams = own_teams(shelf, actor, types, local_date(now))
        desk = DeskOf(actor, whose, teams)
        counts, late = _counts(session, desk, now)
        pages = pages_of(counts[whose])
        page = min(max(page, 1), pages)
        tasks = _tasks(session, desk, page, now)
        waits = beginnings(session, services, desk, now, OTHERS) if handles(actor) else {}
        news = news_lines(session, actor, size=OTHERS, only_unread=True) if handles(actor) else ()
        asked = colleague_tasks_for(session, shelf, actor, now, size=OTHERS) if handles(actor) else ()
    return Today(
        whose=whose, day=local_date(now), tasks=tuple(tasks), counts=counts, late=late, page=page, pages=pages, waits=waits,
        news=news, handles=handles(actor), teams=teams.names, colleague_tasks=asked,
    )  # fmt: skip


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


def _tasks(session: Session, desk: DeskOf, page: int, now: datetime) -> list[WaitingTask]:
    found = first_rows(session, _listed(desk), ("urgent_on", "id"), (page - 1) * PAGE, PAGE)
    shown = [row.id for row in found]
    details = select(TaskRow, Case).join(Case, Case.id == TaskRow.case_id).where(TaskRow.id.in_(shown))
    rows = {task.id: (task, row) for task, row in session.execute(details)}
    filed = objectors(session, {row.id for _, row in rows.values()})
    names = staff.names_of(session, (name for task, row in rows.values() for name in (task.assignee, row.handler)))
    return [_waiting(*rows[id_], filed, names, now) for id_ in shown if id_ in rows]


def _waiting(
    task: TaskRow, row: Case, filed: Mapping[int, str], names: Mapping[str, str], now: datetime
) -> WaitingTask:
    return WaitingTask(
        id=task.id, name=task.name, number=row.number, title=row.title, subject=row.subject,
        objector=filed.get(row.id, ""), legal=legal_of(row, now), service=due_of(task.due, now),
        who=names.get(task.assignee or ""), handler=names.get(row.handler or ""), committee=task.side == Side.COMMITTEE,
    )  # fmt: skip
