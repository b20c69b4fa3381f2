"""A timer as a sentence: after a while, at a moment, or again and again. From the kind and text of a drawing, and back."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from engine.errors import ExpressionError
from engine.expressions import parse_timer
from engine.sentences.conditions import Condition, condition_in_words, condition_of, write_condition
from engine.sentences.moments import (
    COUNTED,
    LONGEST_COUNT,
    SentenceMoment,
    Unit,
    called,
    dotted,
    moment_in_words,
    read_length,
    read_moment,
    tree_of,
    write_moment,
)
from engine.sentences.names import NameKind, Names
from engine.words import TimerKind

HOURS = "hours"
UNITS: Mapping[str, tuple[str, str]] = {**COUNTED, HOURS: ("uur", "uur")}
ISO_LENGTH = re.compile(r"P(?:(\d{1,4})([DWM])|T(\d{1,4})H)", re.ASCII)
ISO_CYCLE = re.compile(r"R(\d{0,4})/(P[0-9A-Z]+)", re.ASCII)
ISO_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d):00(?::00)?)?", re.ASCII)
LETTERS: Mapping[str, str] = {"D": Unit.DAYS, "W": Unit.WEEKS, "M": Unit.MONTHS}
MOST_TIMES = 1_000
NOTHING = "none"  # how the language writes that there is no moment


class TimerShape(StrEnum):
    """The kinds of sentences about a timer."""

    AFTER = "after"
    AT = "at"
    EVERY = "every"


class TimerGate(StrEnum):
    """The ways in which a condition decides whether there is a timer at all."""

    UNLESS = "unless"  # none when it holds
    ONLY = "only"  # none when it does not hold


@dataclass(frozen=True, slots=True)
class TimerSentence:
    """AFTER: `count` of `unit` after the step was reached. AT: `moment`. EVERY: each `count` of `unit`, the first time at `moment`, or
    without one after that length; `times` in all, None for no end. `gate`: how `condition` decides whether there is a timer at
    all, None when there always is. Raises ValueError with what to do.
    """

    shape: TimerShape
    count: int = 1
    unit: str = Unit.DAYS
    moment: SentenceMoment | None = None
    times: int | None = None
    gate: TimerGate | None = None
    condition: Condition | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.count <= LONGEST_COUNT:
            raise ValueError(f"Vul een heel getal in van 1 tot en met {LONGEST_COUNT}.")
        if self.times is not None and not 1 <= self.times <= MOST_TIMES:
            raise ValueError(f"Vul een heel getal in van 1 tot en met {MOST_TIMES}.")
        if self.shape == TimerShape.AT and self.moment is None:
            raise ValueError("Kies een dag.")
        if self.shape == TimerShape.EVERY and self.moment is None and self.unit == Unit.WORKING_DAYS:
            raise ValueError("Kies bij werkdagen ook wanneer de eerste keer is.")
        if self.unit == HOURS and self.moment is not None:
            raise ValueError("Kies dagen, werkdagen, weken of maanden.")
        self._check_gate()

    def _check_gate(self) -> None:
        if bool(self.gate) is not bool(self.condition):
            raise ValueError("Kies wanneer er wel of geen timer is, en vul de voorwaarde in.")
        if self.gate and self.shape == TimerShape.EVERY:
            raise ValueError("Kies bij een voorwaarde een moment dat niet steeds terugkomt.")
        if self.gate and self.unit == HOURS:
            raise ValueError("Kies bij een voorwaarde dagen, werkdagen, weken of maanden.")

    @property
    def always(self) -> "TimerSentence":
        """The same without its condition."""
        return replace(self, gate=None, condition=None)


def read_timer(kind: str, text: str, names: Names) -> TimerSentence | None:
    """The sentence of a timer; None when no sentence can say it, or it is none. `kind`: a word of TimerKind."""
    text = text.strip().removeprefix("=").strip()
    try:
        parse_timer(text, TimerKind(kind))
        return _iso(text) or _expression(text, names)
    except (ExpressionError, ValueError):
        return None


def write_timer(
    sentence: TimerSentence, before: tuple[str, str] | None = None, names: Names | None = None
) -> tuple[TimerKind, str]:
    """The kind and text of a sentence: those of `before` when that says the same. Raises ValueError for a date that does not exist."""
    if before and names is not None and read_timer(*before, names) == sentence:
        return TimerKind(before[0]), before[1]
    if sentence.gate:
        return _gated(sentence, before, names)
    if sentence.shape == TimerShape.AFTER:
        return TimerKind.DURATION, _length(sentence)
    if sentence.shape == TimerShape.AT and sentence.moment:
        return TimerKind.DATE, _iso_moment(sentence.moment) or write_moment(sentence.moment)
    if sentence.moment is None:
        return TimerKind.CYCLE, f"R{sentence.times or ''}/{_length(sentence)}"
    end = f", {sentence.times}" if sentence.times else ""
    return TimerKind.CYCLE, f"repeat({write_moment(sentence.moment)}, {sentence.unit}({sentence.count}){end})"


def _gated(sentence: TimerSentence, before: tuple[str, str] | None, names: Names | None) -> tuple[TimerKind, str]:
    """Its condition and its moment as one expression. Of each of the two the bytes stay when it did not change."""
    gate, condition, inside = _parts_before(before[1] if before else "")
    kind = TimerKind.DURATION if sentence.shape == TimerShape.AFTER else TimerKind.DATE
    said = write_condition(sentence.condition, condition, names) if sentence.condition else ""
    if names is not None and inside and read_timer(kind, inside, names) == sentence.always:
        text = inside
    else:
        text = write_moment(sentence.moment) if sentence.moment else f"{sentence.unit}({sentence.count})"
    kind = TimerKind(before[0]) if before and gate else kind
    return (
        kind,
        f"{NOTHING} if {said} else {text}" if sentence.gate == TimerGate.UNLESS else f"{text} if {said} else {NOTHING}",
    )


def _parts_before(text: str) -> tuple[TimerGate | None, str, str]:
    """The gate of an expression with the texts of its condition and its moment; without a gate only that of the moment."""
    tree, source = tree_of(text) if text else None, " ".join(text.splitlines()).strip().removeprefix("=").strip()
    found = _gate_of(tree) if tree is not None else None
    if found is None:
        return None, "", source
    gate, condition, inside = found
    return gate, ast.get_source_segment(source, condition) or "", ast.get_source_segment(source, inside) or ""


def _gate_of(tree: ast.expr) -> tuple[TimerGate, ast.expr, ast.expr] | None:
    """The gate, the condition and the moment of `none if x else y` and `y if x else none`."""
    if not isinstance(tree, ast.IfExp):
        return None
    if dotted(tree.body) == NOTHING:
        return TimerGate.UNLESS, tree.test, tree.orelse
    return (TimerGate.ONLY, tree.test, tree.body) if dotted(tree.orelse) == NOTHING else None


def _iso(text: str) -> TimerSentence | None:
    if found := ISO_LENGTH.fullmatch(text):
        return TimerSentence(TimerShape.AFTER, *_counted(found))
    if (found := ISO_CYCLE.fullmatch(text)) and (length := ISO_LENGTH.fullmatch(found[2])):
        return TimerSentence(TimerShape.EVERY, *_counted(length), times=int(found[1]) if found[1] else None)
    if found := ISO_DAY.fullmatch(text):
        return TimerSentence(TimerShape.AT, moment=SentenceMoment(found[1], hour=int(found[2]) if found[2] else None))
    return None


def _counted(found: re.Match[str]) -> tuple[int, str]:
    return (int(found[3]), HOURS) if found[3] else (int(found[1]), LETTERS[found[2]])


def _expression(text: str, names: Names) -> TimerSentence | None:
    tree = tree_of(text)
    if tree is None:
        return None
    if isinstance(tree, ast.IfExp):
        return _read_gated(tree, names)
    return _of_tree(tree, names)


def _read_gated(tree: ast.IfExp, names: Names) -> TimerSentence | None:
    found = _gate_of(tree)
    if found is None:
        return None
    gate, test, inside = found
    condition, always = condition_of(test, names), _of_tree(inside, names)
    return replace(always, gate=gate, condition=condition) if condition and always else None


def _of_tree(tree: ast.expr, names: Names) -> TimerSentence | None:
    length = read_length(tree)
    if length:
        return TimerSentence(TimerShape.AFTER, *length)
    if isinstance(tree, ast.Call) and called(tree) == "repeat":
        return _repeated(tree, names)
    moment = read_moment(tree, names, today=False)
    return TimerSentence(TimerShape.AT, moment=moment) if moment else None


def _repeated(tree: ast.Call, names: Names) -> TimerSentence | None:
    first, length, times = read_moment(tree.args[0], names, today=False), read_length(tree.args[1]), None
    if len(tree.args) > len(("start", "every")):
        last = tree.args[2]
        if not (isinstance(last, ast.Constant) and type(last.value) is int):
            return None
        times = last.value
    return TimerSentence(TimerShape.EVERY, *length, first, times) if first and length else None


def _length(sentence: TimerSentence) -> str:
    if sentence.unit == HOURS:
        return f"PT{sentence.count}H"
    letter = next((letter for letter, unit in LETTERS.items() if unit == sentence.unit), "")
    return f"P{sentence.count}{letter}" if letter else f"{sentence.unit}({sentence.count})"


def _iso_moment(moment: SentenceMoment) -> str:
    """A fixed day as ISO writes it; empty for any other moment."""
    found = ISO_DAY.fullmatch(moment.base)
    if not found or moment.count or moment.workday:
        return ""
    write_moment(moment)  # the day must exist
    return moment.base if moment.hour is None else f"{moment.base}T{moment.hour:02}:00"


def timer_in_words(sentence: TimerSentence, names: Names) -> str:
    """`na 14 dagen`, `2 dagen vóór de termijn van het verzoek`, `elke 7 dagen, voor het eerst op ...`, `geen timer als ...; anders: ...`."""
    if sentence.gate and sentence.condition:
        said, moment = condition_in_words(sentence.condition, names), timer_in_words(sentence.always, names)
        unless = sentence.gate == TimerGate.UNLESS
        return (
            f"geen timer als {said}; anders: {moment}" if unless else f"alleen als {said}: {moment}; anders geen timer"
        )
    length = _in_units(sentence)
    if sentence.shape == TimerShape.AFTER:
        return f"na {length}"
    if sentence.shape == TimerShape.AT and sentence.moment:
        return moment_in_words(sentence.moment, names)
    first = f", voor het eerst: {moment_in_words(sentence.moment, names)}" if sentence.moment else ""
    return f"elke {length}{first}{f', {sentence.times} keer' if sentence.times else ''}"


def _in_units(sentence: TimerSentence) -> str:
    one, more = UNITS[sentence.unit]
    if sentence.shape == TimerShape.EVERY and sentence.count == 1:
        return one
    return f"{sentence.count} {one if sentence.count == 1 else more}"


def first_dates(kind: str, text: str, names: Names, day: datetime, most: int = 3) -> tuple[datetime, ...]:
    """The first times that a timer would fire: for a step that is reached at `day`, an aware moment, with that day for every day that
    it reads and nothing else filled in, and of a timer with a condition when there is one. Empty when it would never fire, or
    cannot be worked out.
    """
    sentence = read_timer(kind, text, names)
    if sentence and sentence.gate:
        kind, text = write_timer(sentence.always, (kind, _parts_before(text)[2]), names)
    facts = {name: day.date() if one.kind == NameKind.DAY else None for name, one in names.items()}
    found: list[datetime] = []
    try:
        rule = parse_timer(text, TimerKind(kind))
        for number in range(most):
            due = rule.due(day, number, facts, day - timedelta(days=1))
            if due is None:
                break
            found.append(due)
    except (ExpressionError, ValueError):
        return ()
    return tuple(found)


def not_in_example(kind: str, text: str, names: Names) -> tuple[str, ...]:
    """The names that a timer reads and that `first_dates` leaves empty; none for a text that is no timer."""
    try:
        read = parse_timer(text, TimerKind(kind)).names
    except (ExpressionError, ValueError):
        return ()
    return tuple(sorted(one for one in read if one in names and names[one].kind != NameKind.DAY))
