"""Vandaag: what must be done now, by legal risk. A fixed number of statements, however many cases there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, nulls_last, select
from sqlalchemy.orm import Session

from engine.words import Side
from processes.access.staff_scope import handles
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.reads.opening import reading
from processes.reads.workbench.colleague_tasks import ColleagueTaskLine, colleague_tasks_for
from processes.reads.workbench.legal import Due, case_types, due_of, legal_due
from processes.reads.workbench.news import NewsLine, news_lines
from processes.reads.workbench.risk import PAGE, by_risk, counted, dated, from_cases, pages_of
from processes.reads.workbench.waiting import WaitingKind, WaitingList, beginnings
from processes.reads.workbench.whose import WHOSE, DeskOf, Whose, own_teams
from processes.reads.workbench.words import objectors
from processes.storage import staff
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case, DeadlineRow, TaskRow

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
        counts, late = _counts(session, desk, types, now)
        pages = pages_of(counts[whose])
        page = min(max(page, 1), pages)
        tasks = _tasks(session, desk, types, page, now)
        waits = beginnings(session, services, desk, now, OTHERS) if handles(actor) else {}
        news = news_lines(session, actor, size=OTHERS, only_unread=True) if handles(actor) else ()
        asked = colleague_tasks_for(session, shelf, actor, now, size=OTHERS) if handles(actor) else ()
    return Today(
        whose=whose, day=local_date(now), tasks=tuple(tasks), counts=counts, late=late, page=page, pages=pages, waits=waits,
        news=news, handles=handles(actor), teams=teams.names, colleague_tasks=asked,
    )  # fmt: skip


def _counts(session: Session, desk: DeskOf, types: Sequence[Deployed], now: datetime) -> tuple[dict[str, int], int]:
    """At most MOST + 1 of each, which the page shows as "meer dan". A team is counted for who is in one."""
    names = [one for one in WHOSE if one != "team" or desk.teams.names]
    waiting = select(TaskRow.id).where(TaskRow.case_id == Case.id, *desk.tasks("all")).correlate(Case)
    late = dated(Case.id, [exists(waiting), DeadlineRow.due < local_date(now)], types)
    found = counted(session, *(from_cases(TaskRow.id).where(*desk.tasks(whose)) for whose in names), late)
    return {"team": 0, **dict(zip(names, found, strict=False))}, found[-1]


def _tasks(session: Session, desk: DeskOf, types: Sequence[Deployed], page: int, now: datetime) -> list[WaitingTask]:
    shown = _page(session, desk, types, page)
    details = select(TaskRow, Case).join(Case, Case.id == TaskRow.case_id)
    found = session.execute(details.where(TaskRow.id.in_([id_ for id_, _ in shown])))
    rows = {task.id: (task, row) for task, row in found}
    filed = objectors(session, {row.id for _, row in rows.values()})
    names = staff.names_of(session, (name for task, row in rows.values() for name in (task.assignee, row.handler)))
    return [_waiting(*rows[id_], day, filed, names, now) for id_, day in shown if id_ in rows]


def _page(session: Session, desk: DeskOf, types: Sequence[Deployed], page: int) -> list[tuple[str, date | None]]:
    if desk.whose in {"team", "all"} and handles(desk.actor):
        return by_risk(session, TaskRow.id, desk.tasks(), types, page)
    ids = from_cases(TaskRow.id).where(*desk.tasks())
    # what one person or a committee has to do is few: that is sorted after it is found
    due = legal_due(types)
    order = (nulls_last(due), nulls_last(TaskRow.due), TaskRow.id)
    rows = session.execute(ids.add_columns(due).order_by(*order).limit(PAGE).offset((page - 1) * PAGE))
    return [(id_, day) for id_, day in rows]


def _waiting(
    task: TaskRow, row: Case, day: date | None, filed: Mapping[int, str], names: Mapping[str, str], now: datetime
) -> WaitingTask:
    return WaitingTask(
        id=task.id, name=task.name, number=row.number, title=row.title, subject=row.subject,
        objector=filed.get(row.id, ""), legal=due_of(day, now), service=due_of(task.due, now),
        who=names.get(task.assignee or ""), handler=names.get(row.handler or ""), committee=task.side == Side.COMMITTEE,
    )  # fmt: skip
