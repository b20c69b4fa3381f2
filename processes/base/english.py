"""Days, moments and numbers as English readers write them, the day first, as in the rest of Europe: the counterpart of `processes.base.dutch`.

`day_words` reads them back out of Dutch words, for sentences that the program made.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from babel.numbers import format_decimal

from processes.base.clock import AMSTERDAM
from processes.base.dutch import MONTHS, WEEKDAYS

ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ENGLISH_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NOT_KNOWN: Final = "not yet known"
_MONTH: Final = dict(zip(MONTHS, ENGLISH_MONTHS, strict=True))
_WEEKDAY: Final = dict(zip(WEEKDAYS, ENGLISH_WEEKDAYS, strict=True))
_UNIT: Final = {
    "dag": "day", "dagen": "days", "week": "week", "weken": "weeks", "maand": "month", "maanden": "months",
    "werkdag": "working day", "werkdagen": "working days", "jaar": "year",
}  # fmt: skip
DAY: Final = re.compile(
    rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}) )?(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})"
    r"(?: om (?P<hour>\d{1,2})\.(?P<minute>\d\d) uur)?"
)
TIME: Final = re.compile(r"(?P<hour>\d{1,2})\.(?P<minute>\d\d) uur")
AMOUNT: Final = re.compile(rf"(?P<amount>\d+) (?P<unit>{'|'.join(_UNIT)})")
EUROS: Final = re.compile(r"€[ \u00a0](?P<amount>[\d.]+(?:,\d\d)?)")


def day_words(text: str) -> str | None:
    """A day, moment, time, length of time or amount of money that is written in Dutch, in English; None for any other text."""
    if found := DAY.fullmatch(text):
        weekday = f"{_WEEKDAY[found['weekday']]} " if found["weekday"] else ""
        time = f" at {found['hour']}:{found['minute']}" if found["hour"] else ""
        return f"{weekday}{found['day']} {_MONTH[found['month']]} {found['year']}{time}"
    if found := TIME.fullmatch(text):
        return f"{found['hour']}:{found['minute']}"
    if found := AMOUNT.fullmatch(text):
        return f"{found['amount']} {_UNIT[found['unit']]}"
    if found := EUROS.fullmatch(text):
        return "€" + found["amount"].translate(str.maketrans(".,", ",."))
    return None


def _local(moment: datetime) -> datetime:
    return moment.astimezone(AMSTERDAM) if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


def date_en(value: date | None, empty: str = NOT_KNOWN) -> str:
    """`14 February 2026`; moments are shown as the local date in Amsterdam."""
    if value is None:
        return empty
    day = _local(value) if isinstance(value, datetime) else value
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def weekday_en(value: date | None, empty: str = NOT_KNOWN) -> str:
    """`Saturday 14 February 2026`."""
    return empty if value is None else f"{ENGLISH_WEEKDAYS[value.weekday()]} {date_en(value)}"


def datetime_en(value: datetime | None, empty: str = NOT_KNOWN) -> str:
    """`14 February 2026 at 9:05`, in Amsterdam."""
    return empty if value is None else f"{date_en(value)} at {time_en(value)}"


def time_en(value: datetime) -> str:
    """`9:05`, in Amsterdam."""
    local = _local(value)
    return f"{local.hour}:{local.minute:02}"


def number_en(value: float | None, empty: str = "") -> str:
    """`1,234.5`."""
    return empty if value is None else str(format_decimal(value, locale="en_GB"))


def yes_no_en(value: bool | None, empty: str = "not filled in") -> str:
    return empty if value is None else "yes" if value else "no"


def english_enumeration(texts: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, [", ".join(texts[:-1]), *texts[-1:]]))
