"""Dutch local time, durations in ISO 8601, and days that count as working days.

A duration keeps months, days, working days and seconds apart: adding whole days keeps the wall time in
Europe/Amsterdam across summer time, adding hours adds real hours.
Holidays are those of art. 3 Algemene termijnenwet: public, with Good Friday and 5 May each year. What other days are
closed comes from the caller: `closed`. This is the only arithmetic of days; what the law makes of it stands in
`processes/law/counting.py`.
"""

import re
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from engine.errors import DurationTooLong, ExpressionError
from engine.words import Counting

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LONGEST_DAYS = 36_600  # a hundred years: beyond it is a typing mistake, and sums stay inside what a date can hold
LONGEST_WORKING = 2_600  # ten years; working days are counted one by one
HOLIDAY_YEARS = range(1900, 2201)
SATURDAY = 5
ADVICE = "Schrijf een duur als 14 dagen (in de tekening: P14D), 2 weken (P2W), 1 maand (P1M) of 4 uur (PT4H)."
DURATION = re.compile(
    r"P(?!$)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?"
    r"(?:T(?!$)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Duration:
    """`closed`: days besides weekends and holidays that its working days pass over."""

    months: int = 0
    days: int = 0
    working: int = 0
    seconds: int = 0
    closed: frozenset[date] = field(default=frozenset(), kw_only=True, compare=False, repr=False)

    def __post_init__(self) -> None:
        days = abs(self.months) * 31 + abs(self.days) + abs(self.seconds) // 86_400
        if days > LONGEST_DAYS or abs(self.working) > LONGEST_WORKING:
            raise DurationTooLong

    def times(self, factor: int) -> "Duration":
        parts = (self.months, self.days, self.working, self.seconds)
        return Duration(*(part * factor for part in parts), closed=self.closed)

    def plus(self, other: "Duration") -> "Duration":
        return Duration(
            self.months + other.months,
            self.days + other.days,
            self.working + other.working,
            self.seconds + other.seconds,
            closed=self.closed | other.closed,
        )

    @property
    def forward(self) -> bool:
        """Moves to a later moment, whatever it is added to."""
        parts = (self.months, self.days, self.working, self.seconds)
        return min(parts) >= 0 and max(parts) > 0


def parse_duration(text: str, counting: Counting = Counting.CALENDAR) -> Duration:
    """ISO 8601 in whole numbers; counted in working days, a week is five of them.

    Raises ExpressionError, or its kind DurationTooLong beyond a hundred years.
    """
    found = DURATION.fullmatch(text.strip())
    if not found:
        raise ExpressionError(f"'{text.strip()[:40]}' is geen duur. {ADVICE}")
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    rest = hours * 3600 + minutes * 60 + seconds
    if counting == Counting.WORKING:
        return Duration(months=years * 12 + months, working=weeks * 5 + days, seconds=rest)
    return Duration(months=years * 12 + months, days=weeks * 7 + days, seconds=rest)


def add_duration(start: date, iso: str, calendar: Counting, closed: Collection[date] = ()) -> date:
    """The date that lies a duration after `start`; with `working` its days are working days, none of them `closed`."""
    duration = replace(parse_duration(iso, calendar), closed=frozenset(closed))
    if duration.seconds:
        raise ExpressionError(f"'{iso}' telt uren; bij een datum tellen alleen hele dagen. {ADVICE}")
    return shift_date(start, duration)


def shift_date(start: date, duration: Duration) -> date:
    """Months first (31 January plus one month is the last day of February), then days, then working days."""
    try:
        moved = _add_months(start, duration.months) + timedelta(days=duration.days)
        return add_working(moved, duration.working, duration.closed)
    except (OverflowError, ValueError) as error:
        raise ExpressionError("Deze datum valt buiten de kalender. Kies een kortere duur.") from error


def shift_moment(start: datetime, duration: Duration) -> datetime:
    """Whole days keep the local wall time; seconds are added as real time."""
    local = start.astimezone(AMSTERDAM)
    if duration.months or duration.days or duration.working:
        local = datetime.combine(shift_date(local.date(), duration), local.time(), AMSTERDAM)
    try:
        return (local.astimezone(UTC) + timedelta(seconds=duration.seconds)).astimezone(AMSTERDAM)
    except OverflowError as error:
        raise ExpressionError("Dit moment valt buiten de kalender. Kies een kortere duur.") from error


def midnight(day: date) -> datetime:
    """00:00 in Europe/Amsterdam of a local date."""
    return datetime.combine(day, time(), AMSTERDAM)


def is_working_day(day: date, closed: Collection[date] = ()) -> bool:
    """Monday to Friday, no Dutch holiday, not closed otherwise."""
    return day.weekday() < SATURDAY and day not in holidays_of(day.year) and day not in closed


def add_working(start: date, count: int, closed: Collection[date] = ()) -> date:
    """The `count`-th working day after `start`, before it when negative; `start` itself when the count is 0."""
    step, left, day = timedelta(days=1 if count > 0 else -1), abs(count), start
    while left:
        day += step
        left -= is_working_day(day, closed)
    return day


def nearest_working(day: date, step: int, closed: Collection[date] = ()) -> date:
    """The day itself when people work on it, else the first working day after it (`step` 1) or before it (-1)."""
    return day if is_working_day(day, closed) else add_working(day, step, closed)


@lru_cache(maxsize=400)
def holidays_of(year: int) -> Mapping[date, str]:
    """The holidays of a year with their Dutch names. Both Easter and Whit Sundays come along."""
    if year not in HOLIDAY_YEARS:  # the library knows no further; nobody plans a working day there
        return {}
    # `optional` holds Good Friday and 5 May, which the law counts every year although not everybody is free
    return dict(holidays.country_holidays("NL", years=year, categories=("public", "optional"), language="nl"))


def _add_months(start: date, months: int) -> date:
    if not months:
        return start
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(year)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
