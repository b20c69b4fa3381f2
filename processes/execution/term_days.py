"""Every day of one term that somebody may have got wrong, and where it is corrected: at the term itself when it came from the
moment of a click or from a form, else at the letter, the answer or the dates of the case that it comes from (J1).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from engine import DrawnDeadline, Model, compile_expression
from engine.words import ValueType
from processes.base.typed_values import as_day
from processes.execution.fact_days import (
    ANSWERED,
    BEGIN,
    END,
    FORM,
    MET,
    SENT,
    START,
    WITHDRAWN,
    Source,
    waits_to_be_met,
)
from processes.execution.terms import follows_facts
from processes.storage.tables import DeadlineRow


class DayPlace(StrEnum):
    """Where a day is corrected: here, or where its fact is kept."""

    HERE = "here"
    LETTERS = "letters"
    DATES = "dates"
    ANSWERS = "answers"
    PARTIES = "parties"


class TermPart(StrEnum):
    """The part of a term that a day belongs to; behind it in a key stands which one of several."""

    START = "start"
    MET = "met"
    STOP = "stop"
    RESUME = "resume"
    EXTENDED = "extended"
    UNTIL = "until"
    FORM = "form"


WORDS: Final[Mapping[TermPart, str]] = {
    TermPart.START: "Telt vanaf",
    TermPart.MET: "Klaar op",
    TermPart.STOP: "Staat stil door wat er gebeurde op",
    TermPart.RESUME: "Eerste dag die weer telt",
    TermPart.EXTENDED: "Verlenging: besloten of afgesproken op",
    TermPart.UNTIL: "Verlengd tot en met",
}
PLACES: Final = {SENT: DayPlace.LETTERS, ANSWERED: DayPlace.ANSWERS, WITHDRAWN: DayPlace.PARTIES}
MAY_COME: Final = frozenset({TermPart.UNTIL})  # days that may lie ahead


@dataclass(frozen=True, slots=True)
class TermDay:
    """One day. `key` names it on a form: a TermPart, and behind a hyphen which of several; `form` is the instance and the code of the
    value that says it.
    """

    key: str
    title: str
    day: date
    place: DayPlace = DayPlace.HERE
    form: tuple[int, str] | None = None
    may_come: bool = False

    @property
    def part(self) -> TermPart:
        return TermPart(self.key.partition("-")[0])

    @property
    def at(self) -> int:
        """Which standstill or extension of several."""
        return int(self.key.partition("-")[2] or 0)


def days_of_term(
    row: DeadlineRow, setting: DrawnDeadline, model: Model, root: int, values: Mapping[str, Any]
) -> list[TermDay]:
    """The days in the order in which they count. `root`: the instance of the case's own drawing, `values` what it holds as JSON."""
    found = [*_start(row, setting, model, root, values), *_changes(row, model)]
    if row.met_on is not None and not waits_to_be_met(row):
        found.append(_day(TermPart.MET, row.met_on, (row.follows or {}).get(MET), model))
    return list({one.form or one.key: one for one in found}.values())  # one day may stand at two parts


def _start(
    row: DeadlineRow, setting: DrawnDeadline, model: Model, root: int, values: Mapping[str, Any]
) -> Iterator[TermDay]:
    """Day 0: from dates that forms say, from dates of the case, from a letter or an answer, or from a click."""
    if not follows_facts(setting):
        yield _day(TermPart.START, row.started_on, (row.follows or {}).get(START), model)
        return
    said = list(_named(setting, model, root, values))
    yield from said or [TermDay(TermPart.START, WORDS[TermPart.START], row.started_on, DayPlace.DATES)]


def _named(setting: DrawnDeadline, model: Model, root: int, values: Mapping[str, Any]) -> Iterator[TermDay]:
    for code in sorted(compile_expression(setting.start_from).names):
        declared = model.values.get(code)
        day = as_day(values.get(code))
        if declared is not None and declared.type == ValueType.DATE and day:
            yield TermDay(f"{TermPart.FORM}-{root}-{code}", declared.title, day, form=(root, code), may_come=True)


def _changes(row: DeadlineRow, model: Model) -> Iterator[TermDay]:
    for at, item in enumerate(row.suspensions):
        yield from _maybe(f"{TermPart.STOP}-{at}", item["from"], item.get(BEGIN), model)
        yield from _maybe(f"{TermPart.RESUME}-{at}", item["until"], item.get(END), model)
    for at, item in enumerate(row.extensions):
        yield from _maybe(f"{TermPart.EXTENDED}-{at}", item["on"], item.get(BEGIN), model)
        yield from _maybe(f"{TermPart.UNTIL}-{at}", item.get("until"), None, model)


def _maybe(key: str, day: str | None, source: Source | None, model: Model) -> Iterable[TermDay]:
    return [_day(key, date.fromisoformat(day), source, model)] if day else []


def _day(key: str, day: date, source: Source | None, model: Model) -> TermDay:
    part = TermPart(key.partition("-")[0])
    if source is None:
        return TermDay(key, WORDS[part], day, may_come=part in MAY_COME)
    if FORM in source:
        instance, code = source[FORM][0]
        declared = model.values.get(code)
        title = f"{WORDS[part]} (uit het formulier: {declared.title})" if declared else WORDS[part]
        return TermDay(f"{TermPart.FORM}-{instance}-{code}", title, day, form=(instance, code))
    return TermDay(key, WORDS[part], day, next(place for kind, place in PLACES.items() if kind in source))
