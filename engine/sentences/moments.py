"""A moment in words: `2 dagen vóór de termijn van het verzoek, om 8 uur`. Its parts from an expression, and back."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.errors import ExpressionError
from engine.expressions import compile_expression
from engine.sentences.names import TODAY, NameKind, Names

LAST_HOUR = 23
LONGEST_COUNT = 9_999
ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Unit(StrEnum):
    """The units in which a sentence counts, by the function of the language."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"


class BeforeAfter(StrEnum):
    """Before or after: a day, or when a day is no working day the nearest one on that side."""

    BEFORE = "before"
    AFTER = "after"


COUNTED: Mapping[str, tuple[str, str]] = {
    Unit.DAYS: ("dag", "dagen"),
    Unit.WORKING_DAYS: ("werkdag", "werkdagen"),
    Unit.WEEKS: ("week", "weken"),
    Unit.MONTHS: ("maand", "maanden"),
}
WAYS: Mapping[str, str] = {BeforeAfter.BEFORE: "vóór", BeforeAfter.AFTER: "na"}
SIGNS: Mapping[type[ast.operator], BeforeAfter] = {ast.Sub: BeforeAfter.BEFORE, ast.Add: BeforeAfter.AFTER}
ROUNDED: Mapping[str, BeforeAfter] = {
    "working_day_or_before": BeforeAfter.BEFORE,
    "working_day_or_after": BeforeAfter.AFTER,
}


@dataclass(frozen=True, slots=True)
class SentenceMoment:
    """`base`: a fact that is a day, `today()`, or a date as 2026-05-01. `count` 0 is that day itself. `workday`: where it goes when
    it is no working day, None for nowhere. `hour`: 0 to 23, None for the whole day. Raises ValueError with what to do.
    """

    base: str
    count: int = 0
    unit: Unit = Unit.DAYS
    way: BeforeAfter = BeforeAfter.AFTER
    workday: BeforeAfter | None = None
    hour: int | None = None

    def __post_init__(self) -> None:
        if not self.base:
            raise ValueError("Kies een dag.")
        if not 0 <= self.count <= LONGEST_COUNT:
            raise ValueError(f"Vul een heel getal in van 0 tot en met {LONGEST_COUNT}.")
        if self.hour is not None and not 0 <= self.hour <= LAST_HOUR:
            raise ValueError(f"Vul een heel uur in van 0 tot en met {LAST_HOUR}.")

    @property
    def plain(self) -> "SentenceMoment":
        """The same, with one way to say `on the day itself`."""
        return (
            self if self.count else SentenceMoment(self.base, 0, Unit.DAYS, BeforeAfter.AFTER, self.workday, self.hour)
        )


def write_moment(moment: SentenceMoment) -> str:
    """The expression of a moment; raises ValueError for a date that does not exist."""
    text = _base(moment.base)
    if moment.count:
        text += f" {'-' if moment.way == BeforeAfter.BEFORE else '+'} {moment.unit}({moment.count})"
    if moment.workday:
        text = f"working_day_or_{moment.workday}({text})"
    return text if moment.hour is None else f"at({text}, {moment.hour})"


def _base(base: str) -> str:
    if not ISO.fullmatch(base):
        return base
    try:
        day = date.fromisoformat(base)
    except ValueError as error:
        raise ValueError(f"{base} is geen dag die bestaat.") from error
    return f"date({day.year}, {day.month}, {day.day})"


def tree_of(text: str) -> ast.expr | None:
    """The syntax tree of an expression, checked and bounded; None when it is none."""
    try:
        source = compile_expression(text).text
    except ExpressionError:
        return None
    return ast.parse(" ".join(source.splitlines()), mode="eval").body


def moment_of(text: str, names: Names) -> SentenceMoment | None:
    """The moment that an expression says; None when no sentence can say it."""
    tree = tree_of(text)
    return read_moment(tree, names) if tree is not None else None


def read_moment(node: ast.expr, names: Names, *, today: bool = True) -> SentenceMoment | None:
    """The moment that a part of an expression says; None when no sentence can say it. `today`: whether it may count from today."""
    hour, workday = None, None
    if isinstance(node, ast.Call) and called(node) == "at":
        inside, at = node.args
        if not (isinstance(at, ast.Constant) and type(at.value) is int and 0 <= at.value <= LAST_HOUR):
            return None
        node, hour = inside, at.value
    if isinstance(node, ast.Call) and called(node) in ROUNDED:
        workday, node = ROUNDED[called(node)], node.args[0]
    count, unit, way = 0, Unit.DAYS, BeforeAfter.AFTER
    if isinstance(node, ast.BinOp):
        length = read_length(node.right)
        if length is None or type(node.op) not in SIGNS:
            return None
        (count, unit), way, node = length, SIGNS[type(node.op)], node.left
    base = _base_of(node, names, today=today)
    return SentenceMoment(base, count, unit, way, workday, hour).plain if base else None


def read_length(node: ast.expr) -> tuple[int, Unit] | None:
    """A fixed length, such as `days(2)`."""
    if not (isinstance(node, ast.Call) and called(node) in set(Unit) and isinstance(node.args[0], ast.Constant)):
        return None
    count = node.args[0].value
    return (count, Unit(called(node))) if type(count) is int and 0 <= count <= LONGEST_COUNT else None


def _base_of(node: ast.expr, names: Names, *, today: bool) -> str:
    name = dotted(node)
    if name:
        return name if name in names and names[name].kind == NameKind.DAY else ""
    if not isinstance(node, ast.Call):
        return ""
    if called(node) == "today":
        return TODAY if today else ""
    parts = [one.value for one in node.args if isinstance(one, ast.Constant) and type(one.value) is int]
    if called(node) != "date" or len(parts) != len(node.args):
        return ""
    try:
        return date(*parts).isoformat()
    except (ValueError, TypeError, OverflowError):
        return ""


def called(node: ast.Call) -> str:
    """The name of the function that is called."""
    return node.func.id if isinstance(node.func, ast.Name) else ""


def dotted(node: ast.expr) -> str:
    """The name of a fact, empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    left = dotted(node.value) if isinstance(node, ast.Attribute) else ""
    return f"{left}.{node.attr}" if left and isinstance(node, ast.Attribute) else ""


def moment_in_words(moment: SentenceMoment, names: Names) -> str:
    """`2 dagen vóór de termijn van het verzoek, om 8 uur`."""
    words = base_in_words(moment.base, names)
    if moment.count:
        words = f"{counted(moment.count, moment.unit)} {WAYS[moment.way]} {words}"
    if moment.workday:
        words += f", of anders de werkdag {'ervoor' if moment.workday == BeforeAfter.BEFORE else 'erna'}"
    return words if moment.hour is None else f"{words}, om {moment.hour} uur"


def base_in_words(base: str, names: Names) -> str:
    """A day by its name, a date as 1-5-2026."""
    if base == TODAY:
        return "vandaag"
    if ISO.fullmatch(base):
        year, month, day = base.split("-")
        return f"{int(day)}-{int(month)}-{year}"
    return names[base].said if base in names else f"'{base}'"


def counted(count: int, unit: str) -> str:
    """`1 dag`, `2 dagen`."""
    one, more = COUNTED[unit]
    return f"{count} {one if count == 1 else more}"
