"""The rows of Vandaag: whatever waits, each with the day that presses, in bands from what is over to what has no day."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.clock import local_date
from processes.law.penalty import PenaltyState
from processes.reads.workbench.legal import Due, due_of, legal_of
from processes.reads.workbench.news import NewsLine
from processes.reads.workbench.penalty import CostsMoney
from processes.reads.workbench.waiting import (
    HeldText,
    LetterToSend,
    MailNotArrived,
    UnreadNote,
    WaitingKind,
    WaitingList,
)
from processes.reads.workbench.words import objectors
from processes.storage import staff
from processes.storage.tables import Case, TaskRow
from processes.storage.words import NoteKind

LAW, COURT, OWN = "Wet", "Rechter", "Eigen"
SOURCES: Final = (LAW, COURT, OWN)
ROW_KINDS: Final = ("taak", "bericht", "melding", "nieuws", "post", "dwangsom")
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TodayRow:
    """`kind` in one word; `key` names it to what one press does; `place`: the page of it, below /werk. `source`: who set the day of
    `due`, empty without one. `who` has it, empty for nobody; `stands_in`: the reader does it for `who`, who is away. `late` rows of
    a penalty cost money now (`costs`).
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


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of which the days lie together."""

    name: str
    rows: tuple[TodayRow, ...]


def rows_of_tasks(
    session: Session, shown: Sequence[str], now: datetime, absent: Collection[str] = ()
) -> list[TodayRow]:
    """Tasks by their ids: by the day that presses, and those of one day by the legal day of their case. `absent`: numbers of those for
    whom the reader stands in. Three statements.
    """
    details = select(TaskRow, Case).join(Case, Case.id == TaskRow.case_id).where(TaskRow.id.in_(shown))
    found = {task.id: (task, case) for task, case in session.execute(details)}
    filed = objectors(session, {case.id for _, case in found.values()})
    names = staff.names_of(session, (one for task, case in found.values() for one in (task.assignee, case.handler)))
    ordered = sorted(found.values(), key=lambda one: (one[0].urgent_on, one[0].legal_on, one[0].id))
    return [
        replace(_task(task, case, filed, names, now), stands_in=(task.assignee or case.handler) in absent)
        for task, case in ordered
    ]


def _task(task: TaskRow, case: Case, filed: Mapping[int, str], names: Mapping[str, str], now: datetime) -> TodayRow:
    own = task.due is not None and task.due < case.legal_on
    due, source = (due_of(task.due, now), OWN) if own else _legal(case, now)
    return TodayRow(
        "taak", task.id, task.name, "", f"taken/{task.id}", due, source, case.number, case.title, case.subject,
        filed.get(case.id, ""), names.get(task.assignee or case.handler or "", ""),
    )  # fmt: skip


def _legal(case: Case, now: datetime) -> tuple[Due, str]:
    due = legal_of(case, now)
    return due, "" if due.on is None else COURT if due.court else LAW


def rows_of_others(
    session: Session, waits: Mapping[WaitingKind, WaitingList], news: Sequence[NewsLine], now: datetime,
    absent: Collection[str] = (),
) -> list[TodayRow]:  # fmt: skip
    """The beginnings of the other lists, each in its own order, with the first legal day of their cases. Three statements."""
    items: list[Any] = [*(item for one in waits.values() for item in one.items), *news]
    cases = {one.number: one for one in session.scalars(select(Case).where(Case.number.in_({i.number for i in items})))}
    filed = objectors(session, {one.id for one in cases.values()})
    names = staff.names_of(session, (one.handler for one in cases.values()))
    return [
        replace(
            _other(item, case, filed.get(case.id, ""), names.get(case.handler or "", ""), now),
            stands_in=case.handler in absent,
        )
        for item in items
        if (case := cases.get(item.number))
    ]


def _other(item: Any, case: Case, objector: str, who: str, now: datetime) -> TodayRow:
    kind, key, what, more, place = MADE[type(item)](item)
    due, source = _legal(case, now)
    row = TodayRow(
        kind, key, what, more, f"zaken/{case.number}/{place}".rstrip("/"), due, source, case.number, case.title,
        case.subject, objector, who,
    )  # fmt: skip
    if isinstance(item, CostsMoney):
        return replace(
            row, due=due_of(item.by or local_date(now), now), source=LAW, costs=item.state == PenaltyState.RUNNING
        )
    return row


Words = tuple[str, str, str, str, str]


def _note(note: UnreadNote) -> Words:
    kind = "melding" if note.kind == NoteKind.NOTE else "bericht"
    return kind, str(note.id), note.text, note.author, "tijdlijn"


def _news(line: NewsLine) -> Words:
    return "nieuws", str(line.id), line.title, line.text, line.place


def _letter(letter: LetterToSend) -> Words:
    return "post", str(letter.id), f"Print en verzend: {letter.subject}", letter.recipient, f"brieven#brief-{letter.id}"


def _held(text: HeldText) -> Words:
    return "post", text.place, f"Vastgehouden: {text.subject}", " ".join(text.reasons), f"brieven#{text.place}"


def _mail(mail: MailNotArrived) -> Words:
    return "post", str(mail.id), f"Kwam niet aan: {mail.subject}", mail.todo, f"brieven#mail-{mail.id}"


def _penalty(line: CostsMoney) -> Words:
    what = {"running": f"Dwangsom loopt: nu {line.total}", "waiting": "Een dwangsom dreigt"}
    return "dwangsom", "", what.get(line.state, "Stel de dwangsom vast"), line.daily, ""


MADE: Final[Mapping[type, Callable[[Any], Words]]] = {
    UnreadNote: _note, NewsLine: _news, LetterToSend: _letter, HeldText: _held, MailNotArrived: _mail, CostsMoney: _penalty,
}  # fmt: skip


def in_bands(rows: Iterable[TodayRow], today: date) -> tuple[Band, ...]:
    """Rows by the day that presses. Of what is over, what costs money comes first, and terms of the law and of a court before own
    ones. Bands without rows are left out.
    """
    ordered = sorted(rows, key=lambda row: row.due.on or date.max)
    sunday = today + timedelta(days=6 - today.weekday())
    ends = {
        "Over de termijn": today - DAY, "Vandaag en morgen": today + DAY, "Deze week": sunday, "Volgende week": sunday + WEEK,
        "Later": date.max,
    }  # fmt: skip
    found: dict[str, list[TodayRow]] = {name: [] for name in (*ends, "Geen dag")}
    for row in ordered:
        day = row.due.on
        found[next((name for name, end in ends.items() if day <= end), "Later") if day else "Geen dag"].append(row)
    found["Over de termijn"].sort(key=lambda row: (not row.costs, row.source == OWN))
    return tuple(Band(name, tuple(inside)) for name, inside in found.items() if inside)
