"""The rows of Vandaag: whatever waits, each with the day that presses, in bands from what is over to what has no day."""

from collections.abc import Callable, Collection, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum, auto
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.staff_scope import seen_cases
from processes.base.clock import local_date
from processes.dated import SettingShelf
from processes.execution.forms import components_of
from processes.law.penalty import PenaltyState
from processes.reads.workbench.colleague_tasks import ColleagueTaskLine, colleague_tasks_named
from processes.reads.workbench.legal import Due, due_of, legal_of, standing_still
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
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case, Instance, TaskRow
from processes.storage.words import NoteKind

LAW, COURT, OWN = "Wet", "Rechter", "Eigen"
SOURCES: Final = (LAW, COURT, OWN)


class Deed(StrEnum):
    """The deeds by which a task of the process is done with one press, or first of all."""

    PICK_UP = auto()
    JUDGE = auto()
    DECIDE = auto()


# on the form of a task: that it judges or decides
DEEDS: Final = {"delivery-judgement": Deed.JUDGE, "outcomes": Deed.DECIDE, "result-explanation": Deed.DECIDE}


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


Rows = dict[tuple[str, str], TodayRow]  # by kind and key, as ListedKey names them


def read_rows(
    session: Session, services: Services, shelf: SettingShelf, desk: DeskOf, keys: Sequence[ListedKey],
    penalties: Sequence[CostsMoney], now: datetime,
) -> Rows:  # fmt: skip
    """A fixed number of statements for each kind among the keys, and three for all that is no task of the process."""
    named: dict[str, list[str]] = {}
    for one in keys:
        named.setdefault(one.kind, []).append(one.key)
    items: dict[tuple[str, str], Any] = {}
    for kind, of_kind in named.items():
        if kind != TASKS:
            found = _items(session, services, shelf, desk, kind, of_kind, penalties, now)
            items |= {(kind, key): item for key, item in found.items()}
    return {
        **{(TASKS, row.key): row for row in _rows_of_tasks(session, services, named.get(TASKS, ()), now, desk.absent)},
        **_rows_of_others(session, desk, items, now),
    }


def _items(
    session: Session, services: Services, shelf: SettingShelf, desk: DeskOf, kind: str, keys: Sequence[str],
    penalties: Sequence[CostsMoney], now: datetime,
) -> Mapping[str, Any]:  # fmt: skip
    if kind == WaitingKind.PENALTIES:
        return {one.number: one for one in penalties}
    if kind == NEWS:
        return {str(one.id): one for one in news_lines(session, desk.actor, only=[int(key) for key in keys])}
    if kind == ASKED:
        ids = [int(key) for key in keys]
        return {str(one.id): one for one in colleague_tasks_named(session, shelf, desk.actor, ids, now)}
    return items_named(session, services, desk, WaitingKind(kind), keys)


def _rows_of_tasks(
    session: Session, services: Services, shown: Sequence[str], now: datetime, absent: Collection[str] = ()
) -> list[TodayRow]:
    """Tasks by their ids. `absent`: numbers of those for whom the reader stands in. Three statements."""
    if not shown:
        return []
    details = select(TaskRow, Case, Instance.model_version_id).join(Case, Case.id == TaskRow.case_id)
    details = details.join(Instance, Instance.id == TaskRow.instance_id).where(TaskRow.id.in_(shown))
    found = session.execute(details).all()
    filed = objectors(session, {case.id for _, case, _ in found})
    still = standing_still(session, [case for _, case, _ in found])
    names = staff.names_of(session, (one for task, case, _ in found for one in (task.assignee, case.handler)))
    return [
        replace(
            _task(task, case, filed, names, now, still),
            stands_in=(task.assignee or case.handler) in absent,
            deed=_deed(task, case, services.models.find(session, version)),
        )
        for task, case, version in found
    ]


def _deed(task: TaskRow, case: Case, deployed: Deployed | None) -> Deed | None:
    """A task that nobody has is picked up first. A damaged row, of an element that its version has not, has no button."""
    if not (task.assignee or case.handler):
        return Deed.PICK_UP
    if deployed is None or task.element not in deployed.model.elements:
        return None
    kinds = {one.get("type") for one in components_of(deployed, task.element)}
    return next((deed for kind, deed in DEEDS.items() if kind in kinds), None)


def _task(
    task: TaskRow, case: Case, filed: Mapping[int, str], names: Mapping[str, str], now: datetime, still: Container[int]
) -> TodayRow:
    own = task.due is not None and task.due < case.legal_on
    due, source = (due_of(task.due, now), OWN) if own else _legal(case, now, still)
    return TodayRow(
        "taak", task.id, task.name, "", f"taken/{task.id}", due, source, case.number, case.title, case.subject,
        filed.get(case.id, ""), names.get(task.assignee or case.handler or "", ""),
    )  # fmt: skip


def _legal(case: Case, now: datetime, still: Container[int]) -> tuple[Due, str]:
    due = legal_of(case, now, still)
    return due, "" if due.on is None else COURT if due.court else LAW


def _rows_of_others(
    session: Session, desk: DeskOf, items: Mapping[tuple[str, str], Any], now: datetime
) -> Rows:  # fmt: skip
    """With the first legal day of their cases, or a day of their own. Three statements."""
    if not items:
        return {}
    numbers = {item.number for item in items.values()}
    cases = {
        one.number: one for one in session.scalars(select(Case).where(Case.number.in_(numbers), seen_cases(desk.actor)))
    }
    filed = objectors(session, {one.id for one in cases.values()})
    still = standing_still(session, cases.values())
    names = staff.names_of(session, (one.handler for one in cases.values()))
    return {
        key: replace(
            _other(item, case, filed.get(case.id, ""), names.get(case.handler or "", ""), now, still),
            stands_in=(item.staff if isinstance(item, ColleagueTaskLine) else case.handler) in desk.absent,
        )
        for key, item in items.items()
        if (case := cases.get(item.number))
    }


def _other(item: Any, case: Case, objector: str, who: str, now: datetime, still: Container[int]) -> TodayRow:
    kind, key, what, more, place = MADE[type(item)](item)
    due, source = _legal(case, now, still)
    row = TodayRow(
        kind, key, what, more, f"zaken/{case.number}/{place}".rstrip("/"), due, source, case.number, case.title,
        case.subject, objector, who,
    )  # fmt: skip
    if isinstance(item, CostsMoney):
        day = key_of_penalty(item, local_date(now)).day
        return replace(row, due=due_of(day, now), source=LAW, costs=item.state == PenaltyState.RUNNING)
    if isinstance(item, ColleagueTaskLine):
        return replace(row, due=item.due, source=OWN, who=item.whom)
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
    return "dwangsom", "", what.get(line.state, "Stel de dwangsom vast"), line.daily, ""


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
