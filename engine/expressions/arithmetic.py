"""The operators of the language on plain values: bounded, and `None` stands for unknown.

Arithmetic with None gives None; an ordering comparison with None is false. Everything else that does not fit
raises ExpressionError with a Dutch sentence.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from engine.errors import ExpressionError
from engine.expressions.calendar import AMSTERDAM, Duration, midnight, shift_date, shift_moment

LARGEST_NUMBER = 10**12  # far over any amount in a case, small enough that no sum grows out of hand
LONGEST_TEXT = 10_000
LONGEST_LIST = 1_000
MISFIT = "Deze waarden passen niet bij elkaar"
WORDS = {bool: "ja/nee", str: "tekst", int: "getal", float: "getal", Duration: "duur", tuple: "lijst", list: "lijst"}


def add(left: Any, right: Any) -> Any:
    if left is None or right is None:
        return None
    if isinstance(right, Duration):
        return shift(left, right)
    if isinstance(left, Duration):
        return shift(right, left)
    if isinstance(left, str) and isinstance(right, str):
        return bounded(left + right)
    if isinstance(left, tuple | list) and isinstance(right, tuple | list):
        return bounded((*left, *right))
    return bounded(_number(left, right, "+") + right)


def subtract(left: Any, right: Any) -> Any:
    if left is None or right is None:
        return None
    if isinstance(right, Duration):
        return shift(left, right.times(-1))
    if isinstance(left, datetime) and isinstance(right, date):
        return Duration(seconds=int((moment(left) - moment(right)).total_seconds()))
    if isinstance(left, date) and isinstance(right, datetime):
        return Duration(seconds=int((moment(left) - moment(right)).total_seconds()))
    if isinstance(left, date) and isinstance(right, date):
        return Duration(days=(left - right).days)
    return bounded(_number(left, right, "-") - right)


def multiply(left: Any, right: Any) -> Any:
    if left is None or right is None:
        return None
    if isinstance(left, Duration) and type(right) is int:
        return left.times(right)
    if isinstance(right, Duration) and type(left) is int:
        return right.times(left)
    return bounded(_number(left, right, "*") * right)


def negate(value: Any) -> Any:
    if value is None:
        return None
    return value.times(-1) if isinstance(value, Duration) else -_number(value, 0, "-")


def shift(start: Any, duration: Duration) -> Any:
    """A date stays a date unless hours are added; a moment stays a moment; durations add up."""
    if isinstance(start, Duration):
        return start.plus(duration)
    if isinstance(start, datetime):
        return shift_moment(moment(start), duration)
    if isinstance(start, date):
        return shift_moment(midnight(start), duration) if duration.seconds else shift_date(start, duration)
    raise ExpressionError(f"{MISFIT}: een duur kan alleen bij een datum, niet bij {word(start)}.")


def equal(left: Any, right: Any) -> bool:
    if isinstance(left, date) and isinstance(right, date) and type(left) is not type(right):
        return moment(left) == moment(right)
    if isinstance(left, datetime) and isinstance(right, datetime):
        return moment(left) == moment(right)
    if isinstance(left, bool) is not isinstance(right, bool):  # otherwise 1 == true
        return False
    return bool(left == right)


def ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """`compare` made safe: false with an unknown value, ExpressionError for kinds without an order."""

    def check(left: Any, right: Any) -> bool:
        if left is None or right is None:
            return False
        return compare(*comparable(left, right))

    return check


def comparable(left: Any, right: Any) -> tuple[Any, Any]:
    if isinstance(left, date) and isinstance(right, date):
        same = type(left) is type(right) is date
        return (left, right) if same else (moment(left), moment(right))
    if isinstance(left, Duration) and isinstance(right, Duration):
        return _measure(left, right)
    if (is_number(left) and is_number(right)) or (isinstance(left, str) and isinstance(right, str)):
        return left, right
    raise ExpressionError(f"{MISFIT}: {word(left)} en {word(right)} hebben geen volgorde. Vergelijk gelijke soorten.")


def contains(item: Any, container: Any) -> bool:
    if container is None:
        return False
    if isinstance(container, str):
        return isinstance(item, str) and item in container
    if isinstance(container, tuple | list):
        return any(equal(item, member) for member in container)
    raise ExpressionError(f"{MISFIT}: achter `in` staat {word(container)}. Zet daar een lijst of een tekst.")


def bounded(value: Any) -> Any:
    """The value itself when it is not too large."""
    if is_number(value) and not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:  # false for nan and infinity
        raise ExpressionError("Dit getal is te groot. Reken met kleinere getallen.")
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise ExpressionError("Deze tekst is te lang. Gebruik kortere teksten.")
    if isinstance(value, tuple | list) and len(value) > LONGEST_LIST:
        raise ExpressionError("Deze lijst is te lang. Gebruik een kortere lijst.")
    return value


def moment(day: date) -> datetime:
    """A date is 00:00 of that day; a moment without a zone is local time."""
    if not isinstance(day, datetime):
        return midnight(day)
    return day if day.tzinfo else day.replace(tzinfo=AMSTERDAM)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def word(value: Any) -> str:
    if isinstance(value, datetime):
        return "moment"
    return "datum" if isinstance(value, date) else WORDS.get(type(value), "leeg")


def _number(value: Any, other: Any, operator: str) -> Any:
    if is_number(value) and is_number(other):
        return bounded(value)
    raise ExpressionError(f"{MISFIT}: `{operator}` kan niet met {word(value)} en {word(other)}.")


def _measure(left: Duration, right: Duration) -> tuple[Any, Any]:
    if not (left.months or right.months or left.working or right.working):
        return left.days * 86_400 + left.seconds, right.days * 86_400 + right.seconds
    for part in ("months", "working"):
        if Duration(**{part: getattr(left, part)}) == left and Duration(**{part: getattr(right, part)}) == right:
            return getattr(left, part), getattr(right, part)
    raise ExpressionError(f"{MISFIT}: maanden, werkdagen en dagen hebben samen geen volgorde. Vergelijk datums.")
