"""Which days are closed, and counting with them: adding terms, moving off a closed day, working days.

Closed are Saturday, Sunday, the holidays of the Algemene termijnenwet (art. 3) and the days equalised by decree, which
come as `equalised` (date to title) from the law book. No clock is read here.
"""

import calendar
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import holidays

from processes.law.errors import BadDuration
from processes.law.rules import Unit

DAY = timedelta(days=1)
SATURDAY = 5
WORKING_DAYS_IN_A_WEEK = 5
LONGEST_DURATION_IN_DAYS = 3_660  # ten years: a typing error must not run a loop over millions of days

_DURATION = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """An ISO 8601 duration of whole days or more; hours do not exist in a term of dates."""

    months: int = 0
    days: int = 0


def read_duration(text: str) -> Duration:
    """`P10D`, `P2W`, `P1M`, `P1Y` and mixtures. Raises BadDuration for anything else, also for hours."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        raise BadDuration(f"Er staat: '{text}'.")
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    found = Duration(months=12 * years + months, days=7 * weeks + days)
    if found.months * 31 + found.days > LONGEST_DURATION_IN_DAYS:
        raise BadDuration(f"'{text}' is te lang.")
    return found


@functools.lru_cache(maxsize=128)
def holidays_of(year: int) -> Mapping[date, str]:
    """The holidays of the Algemene termijnenwet in a year by date. Both Easter and Whit Sundays come along."""
    # `optional` holds Good Friday and 5 May, which the law counts every year although not everybody is free.
    return dict(holidays.country_holidays("NL", years=year, categories=("public", "optional"), language="nl"))


def why_closed(day: date, equalised: Mapping[date, str]) -> str | None:
    """The reason why a day is closed, as words in a sentence; None for an ordinary working day."""
    holiday = holidays_of(day.year).get(day) or equalised.get(day)
    if holiday:
        return holiday
    if day.weekday() >= SATURDAY:
        return "een zaterdag" if day.weekday() == SATURDAY else "een zondag"
    return None


def moved(day: date, equalised: Mapping[date, str]) -> date:
    """The day itself, or the next one that is open (Algemene termijnenwet art. 1)."""
    while why_closed(day, equalised):
        day += DAY
    return day


def add_term(day: date, amount: int, unit: Unit) -> date:
    """The last day of a term whose day 0 is `day`. A month ends on the same number, or on the month's last day."""
    if unit == "months":
        return _add_months(day, amount)
    return day + timedelta(days=amount if unit == "days" else 7 * amount)


def add_duration(day: date, duration: Duration) -> date:
    return _add_months(day, duration.months) + timedelta(days=duration.days)


def days_before(day: date, duration: Duration) -> date:
    """The day that lies a duration before another; never moved."""
    return _add_months(day, -duration.months) - timedelta(days=duration.days)


def add_working(day: date, count: int, equalised: Mapping[date, str]) -> date:
    """The `count`-th working day after `day`; the day itself when the count is 0."""
    for _ in range(count):
        day = moved(day + DAY, equalised)
    return day


def count_working(first: date, until: date, equalised: Mapping[date, str]) -> int:
    """Working days from `first` up to but not including `until`."""
    days = (first + timedelta(days=n) for n in range((until - first).days))
    return sum(1 for day in days if why_closed(day, equalised) is None)


def working_days_of(text: str) -> int:
    """A duration as a number of working days; a week has five. Months have no fixed number and are refused."""
    duration = read_duration(text)
    if duration.months:
        raise BadDuration(f"'{text}' telt in werkdagen: gebruik dagen of weken.")
    weeks, days = divmod(duration.days, 7) if "W" in text else (0, duration.days)
    return WORKING_DAYS_IN_A_WEEK * weeks + days


def backwards(day: date, days: int) -> date:
    """The last day that is `days` days before a date. Never moved: Algemene termijnenwet art. 1, second paragraph."""
    return day - timedelta(days=days)


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))
