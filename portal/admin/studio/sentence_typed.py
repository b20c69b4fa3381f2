"""A sentence as somebody sent it: the form with what was typed in it, and the edits that it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from engine.edits import Edit, SetCondition, SetDefault, SetSettings, SetTimer
from engine.sentences import KnownName, RowJoin, TimerGate, TimerShape, Unit, write_condition, write_timer
from portal.received import Received
from processes.base.errors import Invalid
from processes.base.typed_values import read_date
from processes.reads.studio import (
    MOST_ROWS,
    ConditionForm,
    MomentForm,
    RowForm,
    SentenceKind,
    SentencePage,
    TimerForm,
    condition_typed,
    example_dates,
    timer_typed,
    why_no_dates,
)

TEXT: Final = "text"  # the field of the expression itself
PARTS: Final = ("count", "unit", "way", "base", "day", "workday", "hour")  # the fields of a moment


@dataclass(frozen=True, slots=True)
class TypedSentence:
    """A sent form: the page with what was typed in it, and what that asks for. `edits` is None when nothing is to be saved yet."""

    page: SentencePage
    edits: tuple[Edit, ...] | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    dates: tuple[datetime, ...] = ()
    no_dates: str = ""  # why an example has none
    text: str | None = None  # the expression that was typed by hand


def sentence_typed(page: SentencePage, form: Received) -> TypedSentence:
    """Read a sent form; the button `step` says what to do with it."""
    if form.one("step") == "type":
        return _by_hand(page, form)
    if page.kind == SentenceKind.TIMER:
        return _timer(page, form)
    if form.one("step") == "default":
        return TypedSentence(page, (SetDefault(page.gateway, page.element),))
    return _condition(page, form)


def _by_hand(page: SentencePage, form: Received) -> TypedSentence:
    text = form.one(TEXT)
    if page.kind == SentenceKind.TIMER:
        return TypedSentence(page, (SetTimer(page.element, form.one("kind"), text),), text=text)
    return TypedSentence(page, (_condition_edit(page, text),), text=text)


def _condition_edit(page: SentencePage, text: str) -> Edit:
    if page.kind == SentenceKind.SETTING:
        return SetSettings(page.element, page.path, ((page.attribute, text),))
    return SetCondition(page.element, text)


def _with_rows(page: SentencePage, form: Received) -> SentencePage:
    """The page with the rows as they were typed, and one more or one less when that was asked."""
    rows = [_row(form, number, page.names) for number in range(_count(form))]
    step, _, which = form.one("step").partition(".")
    if step == "less" and which.isdigit() and len(rows) > 1:
        rows = [row for number, row in enumerate(rows) if number != int(which)]
    if step == "more" and len(rows) < MOST_ROWS:
        rows.append(RowForm())
    join = RowJoin.OR if form.one("join") == RowJoin.OR else RowJoin.AND
    first = [replace(row, joined=False) for row in rows[:1]]
    return replace(page, condition=ConditionForm(join, (*first, *rows[1:])))


def _note(page: SentencePage, form: Received) -> str:
    """Says which row waits for what must hold of its fact; empty when none does."""
    rows = enumerate(page.condition.rows)
    fresh = [row.known for number, row in rows if row.known and not form.one(f"r{number}.verb")]
    return f"Kies nu wat er moet gelden voor '{fresh[0].words}'." if fresh else ""


def _condition(page: SentencePage, form: Received) -> TypedSentence:
    page = _with_rows(page, form)
    if form.one("step") != "save":
        return TypedSentence(page)
    if note := _note(page, form):
        return TypedSentence(page, note=note)
    try:
        text = write_condition(condition_typed(page.condition, page.names), page.expression, page.names)
    except Invalid as error:
        return TypedSentence(page, errors=error.fields)
    except ValueError as error:
        return TypedSentence(page, errors={"": str(error)})
    return TypedSentence(page, (_condition_edit(page, text),))


def _count(form: Received) -> int:
    said = form.one("rows")
    return min(int(said), MOST_ROWS) if said.isascii() and said.isdigit() and len(said) < len("1000") else 1


def _row(form: Received, number: int, names: Mapping[str, KnownName]) -> RowForm:
    """One row; without its verb and values when another fact was chosen than the one that these were for."""
    here = f"r{number}"
    name = form.one(f"{here}.name")
    joined = form.one(f"{here}.joined") == "ja"
    if name != form.one(f"{here}.was"):
        return RowForm(name, joined=joined, known=names.get(name))
    values = tuple(one for one in form.all(f"{here}.value") if one)
    return RowForm(name, form.one(f"{here}.verb"), values, _moment(form, here), joined, names.get(name))


def _moment(form: Received, here: str) -> MomentForm:
    return MomentForm(**{part: form.one(f"{here}.{part}") for part in PARTS})


def _timer(page: SentencePage, form: Received) -> TypedSentence:
    shape, gate = form.one("shape"), form.one("gate")
    moment = TimerForm(
        shape if shape in set(TimerShape) else TimerShape.AFTER, form.one("count"), form.one("unit") or Unit.DAYS, _moment(form, "m"),
        form.one("times"), gate if gate in set(TimerGate) else "",
    )  # fmt: skip
    page = replace(_with_rows(page, form), moment=moment, today=_example(form, page.today))
    step = form.one("step")
    if (form.one("was"), form.one("gate_was")) != (moment.shape, moment.gate) or step.startswith(("more", "less")):
        return TypedSentence(page, no_dates=_to_fill_in(page))
    if moment.gate and (note := _note(page, form)):
        return TypedSentence(page, note=note, no_dates=_to_fill_in(page))
    try:
        kind, text = write_timer(
            timer_typed(moment, page.condition, page.names), (page.timer, page.expression), page.names
        )
    except Invalid as error:
        return TypedSentence(page, errors=error.fields)
    except ValueError as error:
        return TypedSentence(page, errors={"m.day": str(error)})
    if step != "save":
        return _with_dates(page, kind, text)
    return TypedSentence(page, (SetTimer(page.element, kind, text),))


def with_example(page: SentencePage) -> TypedSentence:
    """A page as it stands in the draft, a timer with the days of its example."""
    return _with_dates(page, page.timer, page.expression) if page.timer and page.expression else TypedSentence(page)


def _with_dates(page: SentencePage, kind: str, text: str) -> TypedSentence:
    """The page with the days of its example, or why there are none."""
    dates = example_dates(page, kind, text, page.today)
    return TypedSentence(page, dates=dates, no_dates="" if dates else why_no_dates(page, kind, text))


def _to_fill_in(page: SentencePage) -> str:
    """Says which fields an example waits for; empty when all are there."""
    try:
        timer_typed(page.moment, page.condition, page.names)
    except Invalid as wrong:
        return f"Vul eerst dit in. {' '.join(wrong.fields.values())}"
    return ""


def _example(form: Received, today: date) -> date:
    try:
        return read_date(form.one("example")) if form.one("example") else today
    except ValueError:
        return today
