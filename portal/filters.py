"""Formats of dates, sizes and words in a Dutch page, with words for what is not known yet. Filters of Jinja2,
registered by `portal.pages`; the words themselves come from `processes.base.dutch`.
"""

from datetime import date, datetime

from processes.base.dutch import date_in_words, long_date, long_moment, number_in_words, size_in_words, yes_or_no


def date_nl(value: date | None, empty: str = "nog niet bekend") -> str:
    """`14 februari 2026`; moments are shown as the local date in Amsterdam."""
    return empty if value is None else long_date(value)


def weekday_nl(value: date | None, empty: str = "nog niet bekend") -> str:
    """`zaterdag 14 februari 2026`."""
    return empty if value is None else date_in_words(value)


def datetime_nl(value: datetime | None, empty: str = "nog niet bekend") -> str:
    """`14 februari 2026 om 9.05 uur`, in Amsterdam."""
    return empty if value is None else long_moment(value)


def number_nl(value: float | None, empty: str = "") -> str:
    """`1.234,5`."""
    return empty if value is None else number_in_words(value)


def yes_no(value: bool | None, empty: str = "niet ingevuld") -> str:
    return empty if value is None else yes_or_no(value)


FILTERS = {
    "date_nl": date_nl,
    "weekday_nl": weekday_nl,
    "datetime_nl": datetime_nl,
    "size_nl": size_in_words,
    "number_nl": number_nl,
    "yes_no": yes_no,
}
