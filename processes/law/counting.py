"""Counting days by the law: why a day is closed, moving off it, adding terms and counting working days.

Closed are Saturday, Sunday, the holidays of the Algemene termijnenwet (art. 3) and the days equalised by decree
(`closed_days.py`), which come as `equalised` (date to title) from the law book. The arithmetic itself is the engine's:
timers in a drawing and terms of the law count alike. No clock is read here.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from engine import (
    Duration,
    DurationTooLong,
    ExpressionError,
    add_working,
    holidays_of,
    is_working_day,
    parse_duration,
    shift_date,
)
from engine.words import Counting
from processes.law.errors import BadDuration, BadRequest
from processes.law.rules import Unit

__all__ = [
    "DAY", "add_duration", "add_term", "add_working", "backwards", "count_working", "days_before", "moved", "read_duration",
    "why_closed", "working_days_of",
]  # fmt: skip

DAY = timedelta(days=1)
SATURDAY = 5
LONGEST_DURATION_IN_DAYS = 3_660  # ten years: a typing error must not run a loop over millions of days


def read_duration(text: str) -> Duration:
    """`P10D`, `P2W`, `P1M`, `P1Y` and mixtures. Raises BadDuration for anything else, also for hours: a term of dates
    has none.
    """
    return _read(text, working=False)


def working_days_of(text: str) -> int:
    """A duration as a number of working days; a week has five. Months have no fixed number and are refused."""
    duration = _read(text, working=True)
    if duration.months:
        raise BadDuration(f"'{text}' telt in werkdagen: gebruik dagen of weken.")
    return duration.working


def _read(text: str, *, working: bool) -> Duration:
    try:
        found = parse_duration(text, Counting.WORKING if working else Counting.CALENDAR)
    except DurationTooLong as error:
        raise BadDuration(f"'{text}' is te lang.") from error
    except ExpressionError as error:
        raise BadDuration(f"Er staat: '{text}'.") from error
    if "T" in text:
        raise BadDuration(f"Er staat: '{text}'.")
    if found.months * 31 + found.days + found.working > LONGEST_DURATION_IN_DAYS:
        raise BadDuration(f"'{text}' is te lang.")
    return found


def why_closed(day: date, equalised: Mapping[date, str]) -> str | None:
    """The reason why a day is closed, as words in a sentence; None for an ordinary working day."""
    if is_working_day(day, equalised):
        return None
    weekend = "een zaterdag" if day.weekday() == SATURDAY else "een zondag"
    return holidays_of(day.year).get(day) or equalised.get(day) or weekend


def moved(day: date, equalised: Mapping[date, str]) -> date:
    """The day itself, or the next one that is open (Algemene termijnenwet art. 1)."""
    while not is_working_day(day, equalised):
        day += DAY
    return day


def add_term(day: date, amount: int, unit: Unit) -> date:
    """The last day of a term whose day 0 is `day`. A month ends on the same number, or on the month's last day.

    This and the other sums raise BadRequest for a date that no calendar has.
    """
    if unit == "months":
        return add_duration(day, Duration(months=amount))
    return add_duration(day, Duration(days=amount if unit == "days" else 7 * amount))


def add_duration(day: date, duration: Duration) -> date:
    """The day that lies a duration after another; before it when the duration is negative. Never moved."""
    try:
        return shift_date(day, duration)
    except ExpressionError as error:
        raise BadRequest("de datum valt buiten de kalender.") from error


def days_before(day: date, duration: Duration) -> date:
    """The day that lies a duration before another; never moved."""
    return add_duration(day, duration.times(-1))


def count_working(first: date, until: date, equalised: Mapping[date, str]) -> int:
    """Working days from `first` up to but not including `until`."""
    days = (first + timedelta(days=n) for n in range((until - first).days))
    return sum(is_working_day(day, equalised) for day in days)


def backwards(day: date, days: int) -> date:
    """The last day that is `days` days before a date. Never moved: Algemene termijnenwet art. 1, second paragraph."""
    return day - timedelta(days=days)
