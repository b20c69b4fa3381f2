"""Sentences of conditions and timers as the fields of a form: from a sentence, and back with a complaint for each wrong field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from engine.sentences import (
    LAST_HOUR,
    LONGEST_COUNT,
    TODAY,
    VERBS,
    BeforeAfter,
    Condition,
    KnownName,
    NameKind,
    RowJoin,
    SentenceMoment,
    SentenceRow,
    Takes,
    TimerGate,
    TimerSentence,
    TimerShape,
    Unit,
    moment_of,
    verbs_of,
    write_moment,
)
from processes.base.errors import Invalid
from processes.base.typed_values import read_date, read_number

FIXED: Final = "fixed"  # a day of the calendar, in the place of a fact
MOST_ROWS: Final = 12
SEVERAL: Final[Mapping[str, str]] = {"is": "among", "is_not": "not_among"}
ONE_OF: Final = {several: one for one, several in SEVERAL.items()}


@dataclass(frozen=True, slots=True)
class MomentForm:
    """A moment as it was typed; `base` is a name, `today()`, FIXED with the date in `day`, or empty."""

    count: str = ""
    unit: str = Unit.DAYS
    way: str = BeforeAfter.BEFORE
    base: str = ""
    day: str = ""
    workday: str = ""
    hour: str = ""


@dataclass(frozen=True, slots=True)
class RowForm:
    """One row as it was typed. `known`: the fact that it is about, None while none was chosen. `joined`: it belongs to the row above."""

    name: str = ""
    verb: str = ""
    values: tuple[str, ...] = ()
    moment: MomentForm = MomentForm()
    joined: bool = False
    known: KnownName | None = None

    @property
    def verbs(self) -> tuple[tuple[str, str], ...]:
        """The verbs that fit its fact; that there are several values is seen from the values."""
        found = verbs_of(self.known.kind) if self.known else ()
        return tuple((one.code, one.words) for one in found if one.code not in ONE_OF)

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Its values to choose from, those that it holds among them."""
        known = self.known.choices if self.known else ()
        strange = tuple((one, one) for one in self.values if one not in dict(known))
        return (*known, *strange) if known else ()


@dataclass(frozen=True, slots=True)
class ConditionForm:
    join: str
    rows: tuple[RowForm, ...]


@dataclass(frozen=True, slots=True)
class TimerForm:
    """A timer as it was typed; `moment` is when it fires, or the first time of one that comes back. `gate`: a word of TimerGate
    when a condition, which stands beside it, decides whether there is a timer at all.
    """

    shape: str = TimerShape.AFTER
    count: str = "14"
    unit: str = Unit.DAYS
    moment: MomentForm = MomentForm()
    times: str = ""
    gate: str = ""


def condition_form(condition: Condition | None, names: Mapping[str, KnownName]) -> ConditionForm:
    """The form of a sentence; one row to fill in without one."""
    if condition is None:
        return ConditionForm(RowJoin.AND, (RowForm(),))
    rows = [_row_form(row, names, joined=number > 0) for group in condition.groups for number, row in enumerate(group)]
    return ConditionForm(condition.join, tuple(rows))


def _row_form(row: SentenceRow, names: Mapping[str, KnownName], *, joined: bool) -> RowForm:
    form = RowForm(row.name, ONE_OF.get(row.verb, row.verb), row.values, joined=joined, known=names.get(row.name))
    if VERBS[row.verb].takes == Takes.NUMBER:
        return replace(form, values=tuple(one.replace(".", ",") for one in row.values))
    if VERBS[row.verb].takes != Takes.MOMENT:
        return form
    return replace(form, values=(), moment=moment_form(moment_of(row.values[0], names)))


def moment_form(moment: SentenceMoment | None) -> MomentForm:
    """The form of a moment; empty without one."""
    if moment is None:
        return MomentForm()
    fixed = moment.base[:1].isdigit()
    return MomentForm(
        str(moment.count or ""), moment.unit, moment.way if moment.count else BeforeAfter.BEFORE, FIXED if fixed else moment.base,
        moment.base if fixed else "", moment.workday or "", "" if moment.hour is None else str(moment.hour),
    )  # fmt: skip


def timer_form(sentence: TimerSentence | None) -> TimerForm:
    """The form of a sentence; that of `after 14 days` without one."""
    if sentence is None:
        return TimerForm()
    times = str(sentence.times or "")
    return TimerForm(
        sentence.shape, str(sentence.count), sentence.unit, moment_form(sentence.moment), times, sentence.gate or ""
    )


def condition_typed(form: ConditionForm, names: Mapping[str, KnownName]) -> Condition:
    """The sentence of what was typed. Raises Invalid with the fields: `r0.name`."""
    wrong: dict[str, str] = {}
    groups: list[list[SentenceRow]] = []
    for number, typed in enumerate(form.rows):
        row = _row_typed(typed, f"r{number}", names, wrong)
        if row and typed.joined and groups:
            groups[-1].append(row)
        elif row:
            groups.append([row])
    if wrong or not groups:
        raise Invalid(wrong or {"": "Vul ten minste één regel in."})
    return Condition(RowJoin(form.join), tuple(map(tuple, groups))).plain


def _row_typed(form: RowForm, place: str, names: Mapping[str, KnownName], wrong: dict[str, str]) -> SentenceRow | None:
    known = names.get(form.name)
    if known is None:
        wrong[f"{place}.name"] = f"{_row_words(place)}: kies bij 'Wat' waar deze regel over gaat."
        return None
    if form.verb not in dict(replace(form, known=known).verbs):
        wrong[f"{place}.verb"] = f"{_row_words(place)}: kies wat er moet gelden voor '{known.words}'."
        return None
    takes = VERBS[form.verb].takes
    try:
        if takes == Takes.MOMENT:
            moment = moment_typed(form.moment, place, names)
            return SentenceRow(form.name, form.verb, (write_moment(moment),))
        values = _values(form, known, takes)
    except ValueError as error:
        wrong[f"{place}.value"] = str(error)
    except Invalid as error:
        wrong.update(error.fields)
    else:
        return SentenceRow(form.name, SEVERAL.get(form.verb, form.verb) if len(values) > 1 else form.verb, values)
    return None


def _values(form: RowForm, known: KnownName, takes: Takes) -> tuple[str, ...]:
    """Raises ValueError with what to do."""
    given = tuple(dict.fromkeys(one for one in form.values if one))
    if takes == Takes.NOTHING:
        return ()
    if not given:
        raise ValueError(f"Kies of typ een waarde voor '{known.words}'.")
    if takes == Takes.NUMBER:
        return (str(read_number(given[0])),)
    if takes == Takes.ONE and form.verb not in SEVERAL and len(given) > 1:
        raise ValueError(f"Kies één waarde voor '{known.words}'.")
    return given


def moment_typed(form: MomentForm, place: str, names: Mapping[str, KnownName]) -> SentenceMoment:
    """The moment of what was typed. Raises Invalid with the fields: `r0.base`."""
    wrong: dict[str, str] = {}
    base = form.base
    if base == FIXED:
        base = _read(wrong, f"{place}.day", form.day, lambda text: read_date(text).isoformat()) or ""
    elif base != TODAY and (base not in names or names[base].kind != NameKind.DAY):
        wrong[f"{place}.base"] = f"{_row_words(place)}: kies bij 'Welke dag' een dag."
    count = whole(wrong, f"{place}.count", form.count or "0")
    hour = whole(wrong, f"{place}.hour", form.hour, LAST_HOUR) if form.hour else None
    if wrong:
        raise Invalid(wrong)
    try:
        workday = BeforeAfter(form.workday) if form.workday else None
        return SentenceMoment(base, count, Unit(form.unit), BeforeAfter(form.way), workday, hour).plain
    except ValueError as error:  # a word that no list of the page offers
        raise Invalid({f"{place}.unit": "Maak een keuze uit de lijst."}) from error


def timer_typed(form: TimerForm, rows: ConditionForm, names: Mapping[str, KnownName]) -> TimerSentence:
    """The sentence of what was typed. Raises Invalid with the fields: `count`, `m.base`, `times`, and of its condition `r0.name`."""
    wrong: dict[str, str] = {}
    moment = None
    needed = form.shape == TimerShape.AT or (form.shape == TimerShape.EVERY and form.moment.base)
    if needed:
        try:
            moment = moment_typed(form.moment, "m", names)
        except Invalid as error:
            wrong.update(error.fields)
    count = whole(wrong, "count", form.count) if form.shape != TimerShape.AT else 1
    times = whole(wrong, "times", form.times) if form.times and form.shape == TimerShape.EVERY else None
    gate = TimerGate(form.gate) if form.gate in set(TimerGate) else None
    try:
        condition = condition_typed(rows, names) if gate else None
    except Invalid as error:
        wrong.update(error.fields)
    if wrong:
        raise Invalid(wrong)
    field = "count"
    try:
        unit = form.unit if form.shape != TimerShape.AT else Unit.DAYS
        always = TimerSentence(TimerShape(form.shape), count, unit, moment, times)
        field = "gate"
        return replace(always, gate=gate, condition=condition)
    except ValueError as error:
        raise Invalid({field: str(error)}) from error


def _row_words(place: str) -> str:
    """`Regel 1` for the place `r0`; the moment of a timer has one place."""
    return f"Regel {int(place[1:]) + 1}" if place[1:].isdigit() else "De dag van dit moment"


def whole(wrong: dict[str, str], field: str, text: str, most: int = LONGEST_COUNT) -> int:
    """A whole number; what is wrong with it goes under its field."""
    if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and int(text) <= most:
        return int(text)
    wrong[field] = f"Vul een heel getal in van 0 tot en met {most}."
    return 1


def _read(wrong: dict[str, str], field: str, text: str, read: Callable[[str], str]) -> str | None:
    try:
        return read(text)
    except ValueError as error:
        wrong[field] = str(error)
        return None
