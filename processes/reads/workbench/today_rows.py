"""The rows of Vandaag: whatever waits, each with the day that presses, in bands from what is over to what has no day."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum, auto
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.assignments import may_decide
from processes.access.staff_scope import HANDLES
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.dated import SettingShelf
from processes.execution.forms import components_of
from processes.law.penalty import PenaltyState
from processes.reads.workbench.case_lines import line_rows, lines_ahead
from processes.reads.workbench.colleague_tasks import ColleagueTaskLine, colleague_tasks_named
from processes.reads.workbench.legal import Due, due_of, legal_of
from processes.reads.workbench.news import NewsLine, news_lines
from processes.reads.workbench.penalty import CostsMoney
from processes.reads.workbench.today_list import ASKED, BANDS, NEWS, TASKS, ListedKey, OneList, key_of_penalty
from processes.reads.workbench.waiting import (
    HeldText,
    LetterToLookAt,
    LetterToSend,
    MailNotArrived,
    UnreadNote,
    WaitingKind,
)
from processes.reads.workbench.waiting_keys import items_named
from processes.reads.workbench.whose import DeskOf
from processes.reads.workbench.words import objectors
from processes.storage import staff
from processes.storage.among import among_texts
from processes.storage.asked_ahead import answer, ask_ahead
from processes.storage.fast import PreparedQuery
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Instance, TaskRow
from processes.storage.words import NoteKind

LAW, COURT, OWN = "Wet", "Rechter", "Eigen"
SOURCES: Final = (LAW, COURT, OWN)


class Deed(StrEnum):
    """The deeds by which a task of the process is done with one press, or first of all. Who has no mandate is not offered to decide."""

    PICK_UP = auto()
    JUDGE = auto()
    DECIDE = auto()


JUDGEMENT: Final = "delivery-judgement"  # on the form of a task that judges
DECIDER: Final = "een beslisser"  # who has a task that asks for a mandate, while nobody took it


@dataclass(frozen=True, slots=True)
class TodayRow:
    """`kind` in one word; `listed` names its list, and `key` it to what one press does; `place`: the page of it, below /werk. `source`: who set the day of
    `due`, empty without one. `who` has it, empty for nobody; `stands_in`: the reader does it for `who`, who is away. `late` rows of
    a penalty cost money now (`costs`). `party`: who wrote a message.
    """

    kind: str
    key: str
    what: str
    more: str
    place: str
    due: Due
    source: str
    number: str
    title: str
    subject: str
    objector: str
    who: str
    costs: bool = False
    stands_in: bool = False
    listed: str = TASKS
    deed: Deed | None = None
    party: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of which the days lie together: those of one page, and how many there are in all (`total`)."""

    name: str
    rows: tuple[TodayRow, ...]
    total: int


class _Task(NamedTuple):
    """A task as a row says it: columns of TaskRow, and the version of its drawing."""

    id: str
    case_id: int
    name: str
    element: str
    due: date | None
    assignee: str | None
    model_version_id: int


@dataclass(frozen=True, slots=True)
class _Around:
    """All that the rows of a page share: lines of their `cases` by id, who `filed` these, the `names` of colleagues, the number of the `reader`, who
    `decides` with a mandate or not, and the numbers of those for whom the reader stands in (`absent`).
    """

    now: datetime
    cases: Mapping[int, Any]
    filed: Mapping[int, str]
    names: Mapping[str, str]
    absent: Collection[str]
    reader: str
    decides: bool

    @property
    def mine(self) -> Collection[str]:
        return {self.reader, *self.absent}

    def name_of(self, number: str | None) -> str:
        return self.names.get(number, number) if number else ""


Rows = dict[tuple[str, str], TodayRow]  # by kind and key, as ListedKey names them


def read_rows(
    session: Session, services: Services, shelf: SettingShelf, actor: Actor, desk: DeskOf, keys: Sequence[ListedKey],
    penalties: Sequence[CostsMoney], now: datetime,
) -> Rows:  # fmt: skip
    """Four statements in one go, and a fixed number for each kind among the keys that is no task of the process."""
    cases, tasks = {one.case_id for one in keys}, tuple(one.key for one in keys if one.kind == TASKS)
    ids, chosen = {"cases": tuple(sorted(cases))}, {"tasks": tasks}
    ask_ahead(session, [(_tasks(), chosen), *lines_ahead(ids["cases"]), (staff.every_colleague(), {})])
    rows = {row.id: row for row in line_rows(session, ids["cases"])}
    around = _Around(
        now, rows, objectors(session, ids["cases"]), staff.colleagues(session, HANDLES).names, desk.absent, actor.subject,
        may_decide(actor),
    )  # fmt: skip
    named: dict[str, list[str]] = {}
    for one in keys:
        named.setdefault(one.kind, []).append(one.key)
    items: dict[tuple[str, str], Any] = {}
    for kind, of_kind in named.items():
        if kind != TASKS:
            found = _items(session, services, shelf, actor, desk, kind, of_kind, penalties, now)
            items |= {(kind, key): item for key, item in found.items()}
    asked = map(_Task._make, answer(session, _tasks(), **chosen))
    of_tasks = (_task(task, services.models.find(session, task.model_version_id), around) for task in asked)
    return {**{(TASKS, row.key): row for row in of_tasks}, **_rows_of_others(items, around)}


@cache
def _tasks() -> PreparedQuery:
    """The question for what rows say of tasks, by their ids `tasks`."""
    columns = (getattr(TaskRow, name) for name in _Task._fields[:-1])
    found = select(*columns, Instance.model_version_id).join(Instance, Instance.id == TaskRow.instance_id)
    return PreparedQuery(found.where(among_texts(TaskRow.id, "tasks")))


def _items(
    session: Session, services: Services, shelf: SettingShelf, actor: Actor, desk: DeskOf, kind: str, keys: Sequence[str],
    penalties: Sequence[CostsMoney], now: datetime,
) -> Mapping[str, Any]:  # fmt: skip
    if kind == WaitingKind.PENALTIES:
        return {one.number: one for one in penalties}
    if kind == NEWS:
        return {str(one.id): one for one in news_lines(session, actor, only=[int(key) for key in keys])}
    if kind == ASKED:
        ids = [int(key) for key in keys]
        return {str(one.id): one for one in colleague_tasks_named(session, shelf, actor, ids, now)}
    return items_named(session, services, desk, WaitingKind(kind), keys)


def _task(task: _Task, deployed: Deployed | None, around: _Around) -> TodayRow:
    case = around.cases[task.case_id]
    own, who = task.due is not None and task.due < case.legal_on, task.assignee or case.handler
    due, source = (due_of(task.due, around.now), OWN) if own else _legal(case, around)
    row = TodayRow(
        "taak", task.id, task.name, "", f"taken/{task.id}", due, source, case.number, case.title, case.subject,
        around.filed.get(case.id, ""), around.name_of(who), stands_in=who in around.absent,
    )  # fmt: skip
    return _with_deed(row, task, case.handler, deployed, around)


def _with_deed(row: TodayRow, task: _Task, handler: str | None, deployed: Deployed | None, around: _Around) -> TodayRow:
    """The row with whose turn it is, and what one press does. A task that nobody has is picked up first. A damaged row, of an element that its
    version has not, has no button.
    """
    element = deployed.model.elements.get(task.element) if deployed else None
    mandated = bool(element and element.assignment and element.assignment.mandate)
    if mandated and not task.assignee and not (around.decides and handler in around.mine):
        row = replace(row, who=DECIDER, stands_in=False)
    if not (task.assignee or handler):
        return replace(row, deed=Deed.PICK_UP if around.decides or not mandated else None)
    if deployed is None or element is None:
        return row
    if mandated:
        return replace(row, deed=Deed.DECIDE if around.decides else None)
    kinds = {one.get("type") for one in components_of(deployed, task.element)}
    return replace(row, deed=Deed.JUDGE if JUDGEMENT in kinds else None)


def _legal(case: Any, around: _Around) -> tuple[Due, str]:
    due = legal_of(case, around.now)
    return due, "" if due.on is None else COURT if due.court else LAW


def _rows_of_others(items: Mapping[tuple[str, str], Any], around: _Around) -> Rows:
    """With the first legal day of their cases, or a day of their own; a letter with the own term that it holds up."""
    cases = {one.number: one for one in around.cases.values()}
    return {
        key: replace(
            _other(item, case, around.filed.get(case.id, ""), around.name_of(case.handler), around),
            stands_in=(item.staff if isinstance(item, ColleagueTaskLine) else case.handler) in around.absent,
        )
        for key, item in items.items()
        if (case := cases.get(item.number))
    }


def _other(item: Any, case: Any, objector: str, who: str, around: _Around) -> TodayRow:
    kind, key, what, more, place = MADE[type(item)](item)
    due, source = _legal(case, around)
    row = TodayRow(
        kind, key, what, more, f"zaken/{case.number}/{place}".rstrip("/"), due, source, case.number, case.title,
        case.subject, objector, who,
    )  # fmt: skip
    if isinstance(item, CostsMoney):
        day = key_of_penalty(item, local_date(around.now)).day
        if item.state == PenaltyState.ENDED and not (around.decides and case.handler in around.mine):
            row = replace(row, who=DECIDER)
        return replace(row, due=due_of(day, around.now), source=LAW, costs=item.state == PenaltyState.RUNNING)
    if isinstance(item, ColleagueTaskLine):
        return replace(row, due=item.due, source=OWN, who=item.whom)
    if isinstance(item, LetterToSend) and item.own:
        return replace(row, due=due_of(item.own, around.now), source=OWN)
    return replace(row, party=item.party) if isinstance(item, UnreadNote) else row


Words = tuple[str, str, str, str, str]


def _note(note: UnreadNote) -> Words:
    kind = "melding" if note.kind == NoteKind.NOTE else "bericht"
    return kind, str(note.id), note.text, note.author, "tijdlijn"


def _news(line: NewsLine) -> Words:
    return "nieuws", str(line.id), line.title, line.text, line.place


def _letter(letter: LetterToSend) -> Words:
    return "post", str(letter.id), f"Print en verzend: {letter.subject}", letter.recipient, f"brieven#brief-{letter.id}"


def _draft(letter: LetterToLookAt) -> Words:
    return "post", str(letter.id), f"Kijk na: {letter.subject}", letter.state, f"concept/{letter.id}"


def _held(text: HeldText) -> Words:
    return "post", text.place, f"Vastgehouden: {text.subject}", " ".join(text.reasons), f"brieven#{text.place}"


def _mail(mail: MailNotArrived) -> Words:
    return "post", str(mail.id), f"Kwam niet aan: {mail.subject}", mail.todo, f"brieven#mail-{mail.id}"


def _penalty(line: CostsMoney) -> Words:
    what = {"running": f"Dwangsom loopt: nu {line.total}", "waiting": "Een dwangsom dreigt"}
    if line.state == PenaltyState.ENDED:
        return "dwangsom", "", "Stel de dwangsom vast", line.total, f"dwangsom/{line.code}"
    return "dwangsom", "", what[line.state], line.daily, ""


def _asked(task: ColleagueTaskLine) -> Words:
    place = f"concept/{task.letter}" if task.letter else ""
    return "taak", str(task.id), task.what, f"gevraagd door {task.by}", place


MADE: Final[Mapping[type, Callable[[Any], Words]]] = {
    UnreadNote: _note, NewsLine: _news, LetterToLookAt: _draft, LetterToSend: _letter, HeldText: _held, ColleagueTaskLine: _asked,
    MailNotArrived: _mail, CostsMoney: _penalty,
}  # fmt: skip


def in_bands(rows: Mapping[tuple[str, str], TodayRow], found: OneList) -> tuple[Band, ...]:
    """The rows of one page in their order. Bands without rows on the page are left out."""
    inside: dict[int, list[TodayRow]] = {}
    for one in found.keys:
        if row := rows.get((one.kind, one.key)):
            inside.setdefault(one.band, []).append(replace(row, listed=one.kind))
    return tuple(Band(BANDS[band], tuple(rows), found.totals[band]) for band, rows in sorted(inside.items()))
