"""The period of figures: this month, quarter or year, the ones before, or own days. Local dates, both ends included."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from processes.base.clock import local_midnight
from processes.base.dutch import MONTHS, long_date
from processes.base.errors import Invalid

MONTH, QUARTER, YEAR, LAST_MONTH, LAST_QUARTER, LAST_YEAR, OWN = (
    "month", "quarter", "year", "last_month", "last_quarter", "last_year", "own",
)  # fmt: skip
KINDS: Final = (MONTH, QUARTER, YEAR, LAST_MONTH, LAST_QUARTER, LAST_YEAR, OWN)
LONGEST: Final = 366  # days: figures read every case of their period
FIRST_YEAR: Final = 2000


@dataclass(frozen=True, slots=True)
class Period:
    first: date
    last: date

    @property
    def begins(self) -> datetime:
        return local_midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return local_midnight(self.last + timedelta(1))

    @property
    def words(self) -> str:
        return f"{long_date(self.first)} tot en met {long_date(self.last)}"

    def months(self) -> Iterator[tuple[int, int]]:
        """Year and month of every month that has a day in it, in order."""
        at = (self.first.year, self.first.month)
        while at <= (self.last.year, self.last.month):
            yield at
            at = _month_after(at)


def period_of(kind: str, today: date, since: str = "", until: str = "") -> Period:
    """The period of a word of KINDS; an unknown word is this year. `since` and `until` are ISO dates, for own days only.

    Raises Invalid for own days that are no days, in the wrong order, too many or before FIRST_YEAR.
    """
    if kind == OWN:
        return _own(since, until)
    first = _first_day(kind, today)
    if kind in {MONTH, QUARTER, YEAR}:
        return Period(first, _last_day(first, kind))
    whole = kind.removeprefix("last_")
    if whole in {MONTH, QUARTER, YEAR}:
        last = first - timedelta(1)
        return Period(_first_day(whole, last), last)
    return year_of(today.year)


def year_of(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def month_in_words(year: int, month: int) -> str:
    return f"{MONTHS[month - 1]} {year}"


def _first_day(kind: str, today: date) -> date:
    whole = kind.removeprefix("last_")
    if whole == MONTH:
        return today.replace(day=1)
    if whole == QUARTER:
        return date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return date(today.year, 1, 1)


def _last_day(first: date, kind: str) -> date:
    """The last day of the period that begins on `first`."""
    at = (first.year, first.month)
    for _ in range({MONTH: 1, QUARTER: 3, YEAR: 12}[kind]):
        at = _month_after(at)
    return date(*at, 1) - timedelta(1)


def _month_after(at: tuple[int, int]) -> tuple[int, int]:
    year, month = at
    return (year + 1, 1) if month == len(MONTHS) else (year, month + 1)


def _own(since: str, until: str) -> Period:
    wrong: dict[str, str] = {}
    first, last = _day(since, "since", wrong), _day(until, "until", wrong)
    if first is None or last is None:
        raise Invalid(wrong)
    if last < first:
        raise Invalid({"until": "De laatste dag ligt voor de eerste dag. Kies een latere dag."})
    if (last - first).days >= LONGEST:
        raise Invalid({"until": "Kies hoogstens een jaar. Voor meer jaren maakt u de cijfers per jaar."})
    return Period(first, last)


def _day(typed: str, field: str, wrong: dict[str, str]) -> date | None:
    name = "eerste" if field == "since" else "laatste"
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        wrong[field] = f"Vul de {name} dag van de periode in, zoals 01-01-2026."
        return None
    if not FIRST_YEAR <= day.year < date.max.year:
        wrong[field] = f"De {name} dag ligt te ver weg. Kies een dag vanaf {FIRST_YEAR}."
        return None
    return day
