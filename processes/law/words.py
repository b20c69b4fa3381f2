"""Dates and terms in plain Dutch words, for explanations, lists and letters."""

import functools
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency

from processes.law.counting import read_duration, working_days_of
from processes.law.rules import Unit

_ONE_AND_MORE = {"days": ("dag", "dagen"), "weeks": ("week", "weken"), "months": ("maand", "maanden")}


@functools.lru_cache(maxsize=4096)  # the library takes longer over it than the rest of a step takes
def date_in_words(day: date) -> str:
    """`maandag 13 juli 2026`."""
    return format_date(day, "EEEE d MMMM y", locale="nl")


def days_in_words(count: int) -> str:
    return term_in_words(count, "days")


def term_in_words(amount: int, unit: Unit) -> str:
    """`6 weken`, `1 maand`."""
    one, more = _ONE_AND_MORE[unit]
    return f"{amount} {one if amount == 1 else more}"


def duration_in_words(text: str, *, working: bool) -> str:
    """`P10D` as `10 werkdagen`, `P1M2D` as `1 maand en 2 dagen`."""
    if working:
        words = term_in_words(working_days_of(text), "days")
        return words.replace("dag", "werkdag")
    duration = read_duration(text)
    parts = [term_in_words(duration.months, "months")] if duration.months else []
    weeks, days = divmod(duration.days, 7)
    if weeks and not days and "W" in text:
        parts.append(term_in_words(weeks, "weeks"))
    elif duration.days or not parts:
        parts.append(days_in_words(duration.days))
    return " en ".join(parts)


def days_left_in_words(due: date | None, today: date) -> str:
    """How far off a date is: `nog 12 dagen`, `vandaag`, `3 dagen te laat`; `staat stil` without a date."""
    if due is None:
        return "staat stil"
    left = (due - today).days
    if left == 0:
        return "vandaag"
    return f"nog {days_in_words(left)}" if left > 0 else f"{days_in_words(-left)} te laat"


def euros_in_words(cents: int) -> str:
    """`€ 23`, `€ 1.442`, `€ 480,67`: whole euros without the cents. The space does not break."""
    return format_currency(Decimal(cents) / 100, "EUR", locale="nl").removesuffix(",00")
