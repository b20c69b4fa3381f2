"""Dates, moments, durations and amounts as Dutch readers write them. The only place that knows: pages, letters, mails
and explanations all ask here. Plain values in, text out; moments are told in Europe/Amsterdam.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from babel.numbers import format_currency, format_decimal

from engine import Duration
from processes.base.clock import AMSTERDAM

MONTHS: Final = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
WEEKDAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
ONE_AND_MORE: Final = {
    "days": ("dag", "dagen"), "weeks": ("week", "weken"), "months": ("maand", "maanden"), "working": ("werkdag", "werkdagen"),
}  # fmt: skip
KILO: Final = 1000


def long_date(day: date) -> str:
    """`14 februari 2027`; of a moment the date in Amsterdam."""
    if isinstance(day, datetime):
        day = _local(day)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=4096)  # the explanation of one term tells the same few dates at every step
def date_in_words(day: date) -> str:
    """`maandag 13 juli 2026`; of a moment the date in Amsterdam."""
    if isinstance(day, datetime):
        day = _local(day)
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)}"


def time_in_words(moment: datetime) -> str:
    """`9.05 uur`, in Amsterdam."""
    local = _local(moment)
    return f"{local.hour}.{local.minute:02} uur"


def short_day(day: date) -> str:
    """`14 feb`; March is `mrt`."""
    month = MONTHS[day.month - 1]
    return f"{day.day} {'mrt' if month == 'maart' else month[:3]}"


def long_moment(moment: datetime) -> str:
    """`14 februari 2027 om 9.05 uur`, in Amsterdam."""
    return f"{long_date(moment)} om {time_in_words(moment)}"


def _local(moment: datetime) -> datetime:
    # forms give a moment without a zone: that is the time on the clock here
    return moment.astimezone(AMSTERDAM) if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


def term_in_words(amount: int, unit: Literal["days", "weeks", "months", "working"]) -> str:
    """`6 weken`, `1 maand`, `10 werkdagen`."""
    one, more = ONE_AND_MORE[unit]
    return f"{amount} {one if amount == 1 else more}"


def days_in_words(count: int) -> str:
    """`1 dag`, `12 dagen`."""
    return term_in_words(count, "days")


def duration_in_words(duration: Duration, *, in_weeks: bool = False) -> str:
    """`1 maand en 2 dagen`, `10 werkdagen`; `in_weeks`: whole weeks are told as weeks. Hours are not told."""
    parts = []
    if duration.months:
        parts.append(term_in_words(duration.months, "months"))
    if duration.days and in_weeks and duration.days % 7 == 0:
        parts.append(term_in_words(duration.days // 7, "weeks"))
    elif duration.days:
        parts.append(days_in_words(duration.days))
    if duration.working:
        parts.append(term_in_words(duration.working, "working"))
    return enumeration(parts) or days_in_words(0)


def days_left_in_words(due: date | None, today: date) -> str:
    """The distance to a date in words: `nog 12 dagen`, `vandaag`, `3 dagen te laat`; `staat stil` without a date."""
    if due is None:
        return "staat stil"
    left = (due - today).days
    if left == 0:
        return "vandaag"
    return f"nog {days_in_words(left)}" if left > 0 else f"{days_in_words(-left)} te laat"


def euros_in_words(cents: int) -> str:
    """`€ 23`, `€ 1.442`, `€ 480,67`: whole euros without the cents. The space does not break."""
    return format_currency(Decimal(cents) / 100, "EUR", locale="nl").removesuffix(",00")


@lru_cache(
    maxsize=4096
)  # a page tells the same few counts, and reading the pattern of a locale takes longer than a question to the database
def number_in_words(value: float) -> str:
    """`1.234,5`."""
    return str(format_decimal(value, locale="nl"))


def size_in_words(size: int) -> str:
    """Bytes as `2,4 MB` or `318 kB`; never `0 kB`."""
    if size < KILO * KILO:
        return f"{max(1, round(size / KILO))} kB"
    return f"{number_in_words(round(size / KILO / KILO, 1))} MB"


def yes_or_no(value: bool) -> str:
    """`ja` or `nee`."""
    return "ja" if value else "nee"


def enumeration(texts: Sequence[str]) -> str:
    """`a, b en c`."""
    return " en ".join(filter(None, [", ".join(texts[:-1]), *texts[-1:]]))


def within_sentence(title: str) -> str:
    """`bezwaar`, `Woo-verzoek`: a title as it stands inside a sentence, where only names keep their capital."""
    first = title.split(maxsplit=1)[0] if title.strip() else ""
    return title if "-" in first or first.isupper() else title[:1].lower() + title[1:]
