"""The days that a term takes from facts: a letter that was sent, an answer that came in, a day that a form says.

A source is `{"sent": [ids of letters]}`, `{"answered": [ids of tasks]}`, with under `lapsed` the day on which a question
that nobody answered was to lapse (it may have been noticed later), or `{"form": [[id of an instance, code of a value]]}`. It is kept where its day is used: in `follows` of a
deadline under `start` and `met`, in a suspension under `begin` (day `from`) and `end` (day `until`), and in an extension under
`begin` (day `on`). So a day that is recorded
or corrected later moves all that hangs on it, with `follow`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.clock import local_date
from processes.base.typed_values import as_day
from processes.law.standstill_grounds import ground_of
from processes.storage.tables import Case, CaseValue, DeadlineRow, Instance, NoticeRow, Party, TaskRow
from processes.storage.words import TaskState

SENT, ANSWERED, LAPSED, FORM = "sent", "answered", "lapsed", "form"
START, MET, BEGIN, END = "start", "met", "begin", "end"

Source = Mapping[str, Any]


def day_of(session: Session, source: Source) -> date | None:
    """The last day of the facts together; None while one of the letters was not sent, other than one that never will be."""
    if SENT in source:
        letters = [session.get_one(NoticeRow, one) for one in source[SENT]]
        days = [letter.sent_on for letter in letters if letter.stopped is None]
        return None if None in days else max(filter(None, days), default=None)
    if FORM in source:
        return max(_form_days(session, source), default=None)
    lapsed = lapsed_on(source)
    return max((day for task in _tasks(session, source) if (day := _answered(task, lapsed))), default=None)


def counts_again_on(session: Session, source: Source, ground: str) -> date | None:
    """The first day that counts again after a standstill on this ground that these answers end: of several the last one.
    What nobody answered counts again on the day after its last day, which is the day on which it lapsed.
    """
    again, lapsed = ground_of(ground).counts_again, lapsed_on(source)
    if FORM in source:
        return max(map(again, _form_days(session, source)), default=None)
    days = [_ended(task, again, lapsed) for task in _tasks(session, source)]
    return max(filter(None, days), default=None)


def lapsed_on(source: Source) -> date | None:
    """The day on which a question was to lapse."""
    return date.fromisoformat(source[LAPSED]) if LAPSED in source else None


def _ended(task: TaskRow, again: Callable[[date], date], lapsed: date | None) -> date | None:
    """An answer that came after its question lapsed does not make a term stand still longer."""
    closed = _closed(task, lapsed)
    if task.state != TaskState.CANCELLED:
        answered = task.received_on or closed
        return again(answered) if answered else None
    return min(again(task.received_on), closed) if task.received_on and closed else closed


def _answered(task: TaskRow, lapsed: date | None) -> date | None:
    """The day on which an answer came in, or its question lapsed; None while it is open."""
    closed = _closed(task, lapsed)
    return min(task.received_on, closed) if task.received_on and closed else task.received_on or closed


def _closed(task: TaskRow, lapsed: date | None) -> date | None:
    closed = local_date(task.done_at) if task.done_at else None
    return min(closed, lapsed) if closed and lapsed and task.state == TaskState.CANCELLED else closed


def _tasks(session: Session, source: Source) -> list[TaskRow]:
    return [session.get_one(TaskRow, one) for one in source[ANSWERED]]


def _form_days(session: Session, source: Source) -> list[date]:
    """The days as they stand in the values now; none that is empty."""
    found = []
    for instance, code in source[FORM]:
        named = select(CaseValue.value).where(CaseValue.instance_id == instance, CaseValue.code == code)
        found.append(as_day(session.scalar(named)))
    return [day for day in found if day]


def said_by_form(instance: Instance, code: str) -> Source:
    """The source of a day that a form says: the value with this code."""
    return {FORM: [[instance.id, code]]}


def that_count(session: Session, case: Case, notices: Sequence[NoticeRow]) -> list[int]:
    """The letters of one step by which a term is met or stands still: those to who took the case up (or who speaks for them).

    A decision is announced by sending it to whom it is addressed (Awb 3:41 and 7:12, second paragraph); a term stands still
    from the day after the request to who took the case up (Awb 7:10, second paragraph; Woo 4.4, third paragraph: after the
    requester was told). Of several the last one counts, which never gives a later date to decide than the law does. A letter
    that goes to others only, such as to the court, counts itself.
    """
    filing = select(Party.id, Party.represented_by).where(Party.case_id == case.id, Party.filing)
    readers = {one for row in session.execute(filing) for one in row if one is not None}
    return [one.id for one in notices if one.party_id in readers] or [one.id for one in notices]


def waits_to_start(row: DeadlineRow) -> bool:
    """Whether the letter by which this term starts was not sent yet: until then it has no date."""
    return bool((row.follows or {}).get("waits"))


def waits_for_post(row: DeadlineRow) -> bool:
    """Whether a letter by which this term starts, stands still or is met still has to be sent."""
    standing = any(item.get(BEGIN) and item["from"] is None and item["until"] is None for item in row.suspensions)
    return standing or waits_to_be_met(row) or (waits_to_start(row) and row.met_on is None)


def waits_to_be_met(row: DeadlineRow) -> bool:
    """Whether a letter by which this term is met still has to be sent."""
    return MET in (row.follows or {}) and row.met_on is None


def keep(row: DeadlineRow, which: str, source: Source | None) -> None:
    """Say what the start or the end of a deadline takes its day from; None: from nothing that can change."""
    others = {key: value for key, value in (row.follows or {}).items() if key != which}
    row.follows = ({**others, which: source} if source else others) or None


def uses(row: DeadlineRow, kind: str, fact: Any) -> bool:
    """Whether a day of this deadline comes from this letter (SENT), task (ANSWERED) or value (FORM: instance and code)."""
    return any(fact in source.get(kind, ()) for source in _sources(row))


def last_day_to_answer(rows: Iterable[DeadlineRow], task: TaskRow) -> date:
    """The last day on which a question that lapsed could be answered."""
    found = (source for row in rows for source in _sources(row) if task.id in source.get(ANSWERED, ()))
    days = [day for source in found if (day := lapsed_on(source))]
    return min([*days, local_date(task.done_at or task.opened_at)]) - timedelta(days=1)


def _sources(row: DeadlineRow) -> list[Source]:
    """Everything that days of this deadline come from."""
    found = [item.get(which) for item in (*row.suspensions, *row.extensions) for which in (BEGIN, END)]
    found += [(row.follows or {}).get(which) for which in (START, MET)]
    return [source for source in found if source]


def take_days(session: Session, row: DeadlineRow, *, lawful: bool) -> None:
    """Set every day of a deadline that comes from a fact. `lawful`: its length is a rule of the law.

    A term of the law starts on the day that its letter was sent. One that the letter itself sets keeps the day that the letter
    counted with, for the date stands in the letter; but until the letter was sent it has no date.
    """
    row.suspensions = [_taken(session, item) for item in row.suspensions]
    row.extensions = [_decided(session, item) for item in row.extensions]
    follows = dict(row.follows or {})
    if MET in follows:
        row.met_on = day_of(session, follows[MET])
    if START in follows:
        day = day_of(session, follows[START])
        follows["waits"] = day is None
        row.follows = follows
        if day and (lawful or SENT not in follows[START]):
            row.started_on = day


def _taken(session: Session, item: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(item)
    if BEGIN in item:
        found["from"] = _text(day_of(session, item[BEGIN]))
    if END in item:
        found["until"] = _text(counts_again_on(session, item[END], item["ground"]))
    return found


def _decided(session: Session, item: Mapping[str, Any]) -> dict[str, Any]:
    day = day_of(session, item[BEGIN]) if BEGIN in item else None
    return {**item, "on": day.isoformat()} if day else dict(item)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def counts(item: Mapping[str, Any]) -> bool:
    """Whether a stored suspension counts: it was asked for in a letter that was sent, before it was over."""
    return item["from"] is not None and (item["until"] is None or item["until"] >= item["from"])
