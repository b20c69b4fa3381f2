"""Vandaag as one list: tasks of the process and of colleagues, messages, news, post and penalties in one order of urgency, in pages.

Each kind is read in the order of its own index and not beyond MOST, so that a million cases cost no more than a thousand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import merge
from typing import Any, Final, Self

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    String,
    bindparam,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from processes.access.staff_scope import handles
from processes.law.penalty import PenaltyState
from processes.reads.workbench.colleague_tasks import keys_of_tasks
from processes.reads.workbench.news import keys_of_news
from processes.reads.workbench.penalty import CostsMoney
from processes.reads.workbench.risk import MOST, PAGE
from processes.reads.workbench.waiting import WaitingKind
from processes.reads.workbench.waiting_keys import KEYS
from processes.reads.workbench.whose import DeskOf
from processes.storage.asked_ahead import Question, answer
from processes.storage.base import NEVER, STILL
from processes.storage.fast import PreparedQuery
from processes.storage.tables import TaskRow

TASKS, ASKED, NEWS = "taken", "collegataken", "nieuws"  # beside the words of WaitingKind
# of one day and rank: in this order
IN_ORDER: Final = (
    WaitingKind.PENALTIES, TASKS, ASKED, WaitingKind.MESSAGES, WaitingKind.DRAFTS, WaitingKind.LETTERS, WaitingKind.HELD, WaitingKind.MAILS,
    NEWS, WaitingKind.NOTICES,
)  # fmt: skip
BANDS: Final = ("Over de termijn", "Vandaag en morgen", "Deze week", "Volgende week", "Later", "Geen dag")
# of what is late first what costs money now, then terms of the law and of a court, then own ones; what is not late has no rank
COSTS, LEGAL, OWN, IN_TIME = range(4)
Part = tuple[Select[*tuple[Any, ...]], Sequence[str]]  # columns key, case_id, day, own and those that it is sorted by
COLUMNS: Final = ("kind", "key", "case_id", "band", "rank", "day")
TOTAL: Final = -1  # in the place of a kind: a row that tells how many a band has, in the place of a rank
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ListedKey:
    """Where a row stands: `key` names it among those of its `kind`, `band` is an index of BANDS. `case_id`: what it is about."""

    kind: str
    key: str
    case_id: int
    band: int
    rank: int
    day: date

    @property
    def place(self) -> tuple[int, date]:
        return self.rank, self.day


@dataclass(frozen=True, slots=True)
class OneList:
    """One page of keys in their order. `totals`: how many rows each band has on all pages, by its index."""

    keys: tuple[ListedKey, ...]
    totals: Mapping[int, int]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """The list of one desk on one day: how many rows each band has, and the `size` keys from `start`. Made once and kept."""

    query: PreparedQuery

    @classmethod
    def of(cls, desk: DeskOf, today: date) -> Self | None:
        """None for who is in no team and looks at that of the team."""
        parts = tuple(_parts(desk))
        if not parts:
            return None
        rows = _placed(parts, today)
        wanted = select(*(rows.c[name] for name in COLUMNS)).order_by(rows.c.rank, rows.c.day, rows.c.kind, rows.c.nth)
        page = wanted.limit(bindparam("size", type_=Integer())).offset(bindparam("start", type_=Integer())).subquery()
        total: tuple[ColumnElement[Any], ...] = (
            literal(TOTAL),
            literal(""),
            literal(0),
            rows.c.band,
            func.count(),
            literal(NEVER),
        )
        totals = select(*(one.label(name) for one, name in zip(total, COLUMNS, strict=True))).group_by(rows.c.band)
        return cls(PreparedQuery(union_all(totals, select(page))))

    def ahead(self, numbers: Mapping[str, str], page: int) -> Question:
        """The question that `one_list` asks of this page, unless a penalty moves its rows or there are fewer pages. `numbers`: those of the desk."""
        return self.query, {**numbers, "start": (page - 1) * PAGE, "size": PAGE}

    def rows(self, session: Session, numbers: Mapping[str, str], start: int, size: int) -> list[tuple[Any, ...]]:
        return answer(session, self.query, **numbers, start=start, size=size)


def one_list(
    session: Session, asked: ListQuestion | None, numbers: Mapping[str, str], today: date, penalties: Sequence[CostsMoney], page: int
) -> OneList:  # fmt: skip
    """Beyond the last page the last one. `numbers`: those of the desk. One statement; two beyond the last page, and behind the first
    where something costs money.
    """
    own = sorted((key_of_penalty(one, today) for one in penalties), key=lambda one: one.place)
    if asked is None:
        return OneList((), {}, 1, 1)
    page = max(page, 1)
    found = asked.rows(session, numbers, (page - 1) * PAGE, PAGE)
    totals: dict[int, int] = {band: many for kind, _, _, band, many, _ in found if kind == TOTAL}
    for one in own:
        totals[one.band] = totals.get(one.band, 0) + 1
    pages = max(1, -(-sum(totals.values()) // PAGE))
    page = min(page, pages)
    return OneList(tuple(_page(session, asked, numbers, own, (page - 1) * PAGE)), totals, page, pages)


def _page(
    session: Session, asked: ListQuestion, numbers: Mapping[str, str], own: Sequence[ListedKey], offset: int
) -> Sequence[ListedKey]:
    """`own` are few, and known before the others are read: as many rows earlier as there are of them, all that can stand on the page
    is there.
    """
    start = max(0, offset - len(own))
    found = asked.rows(session, numbers, start, offset + PAGE - start)
    read = (ListedKey(IN_ORDER[kind], *placed) for kind, *placed in found if kind != TOTAL)
    return list(merge(own, read, key=lambda one: one.place))[offset - start :][:PAGE]


def key_of_penalty(line: CostsMoney, today: date) -> ListedKey:
    """A penalty that runs presses since the day of the decision that was not taken."""
    costs = line.state == PenaltyState.RUNNING
    day = (line.due if costs else line.by) or today
    rank = COSTS if costs else LEGAL if day < today else IN_TIME
    return ListedKey(WaitingKind.PENALTIES, line.number, line.case_id, band_of(day, today), rank, day)


def place_of_task(task: TaskRow, today: date) -> tuple[int, date]:
    """The place that a task has, or had when it was open (`ListedKey.place`)."""
    late = OWN if task.due and task.due < task.legal_on else LEGAL
    return late if task.urgent_on < today else IN_TIME, task.urgent_on


def _ends(today: date) -> tuple[date, ...]:
    """The last day of each band but the last."""
    sunday = today + timedelta(days=6 - today.weekday())
    return today - DAY, today + DAY, sunday, sunday + WEEK, STILL - DAY


def band_of(day: date, today: date) -> int:
    return next((at for at, end in enumerate(_ends(today)) if day <= end), len(BANDS) - 1)


def _placed(parts: Sequence[tuple[str, Part]], today: date) -> FromClause:
    """Every row of the desk, at most MOST of each part, with where it stands."""
    rows = union_all(*(_part(kind, *part) for kind, part in parts)).subquery()
    late = case((rows.c.own, OWN), else_=LEGAL)
    rank = case((rows.c.day < today, late), else_=IN_TIME).label("rank")
    ends = [(rows.c.day <= end, at) for at, end in enumerate(_ends(today))]
    return select(rows, rank, case(*ends, else_=len(BANDS) - 1).label("band")).cte(
        "listed"
    )  # read twice, and made once


def _part(kind: str, found: Select[*tuple[Any, ...]], order: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """`nth` is the place of a row among those of its kind and day."""
    rows = found.limit(literal_column(str(MOST))).subquery()
    nth = func.row_number().over(order_by=[_sorted(rows, name) for name in order])
    number = literal(IN_ORDER.index(kind)).label("kind")
    return select(
        number, cast(rows.c.key, String).label("key"), rows.c.case_id, rows.c.day, rows.c.own, nth.label("nth")
    )


def _sorted(rows: FromClause, name: str) -> ColumnElement[Any]:
    return rows.c[name[1:]].desc() if name.startswith("-") else rows.c[name]


def _parts(desk: DeskOf) -> Iterator[tuple[str, Part]]:
    own = func.coalesce(TaskRow.due < TaskRow.legal_on, false()).label("own")
    day = TaskRow.urgent_on.label("day")
    tasks = select(TaskRow.id.label("key"), TaskRow.case_id, day, own, TaskRow.legal_on, TaskRow.id)
    for part in desk.tasks():
        yield TASKS, (tasks.where(*part).order_by(TaskRow.urgent_on, TaskRow.id), ("day", "legal_on", "id"))
    if not handles(desk.actor):
        return
    yield from ((ASKED, (one, ("day", "key"))) for one in keys_of_tasks(desk))
    if desk.whose in {"mine", "all"}:
        yield NEWS, (keys_of_news(desk.actor, *desk.cases()), ("-key",))
    yield from ((kind, (keys(desk), order)) for kind, (keys, order) in KEYS.items())
