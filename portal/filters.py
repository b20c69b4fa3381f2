"""Formats of dates, sizes and words in a Dutch page, with words for what is not known yet. Filters of Jinja2,
registered by `portal.pages`; the words themselves come from `processes.base.dutch`.
"""

import re
from datetime import date, datetime

from processes.base.dutch import (
    date_in_words,
    long_date,
    long_moment,
    number_in_words,
    short_day,
    size_in_words,
    time_in_words,
    within_sentence,
    yes_or_no,
)
from processes.base.file_types import accepted_endings, formats_in_words


def date_nl(value: date | None, empty: str = "nog niet bekend") -> str:
    """`14 februari 2026`; moments are shown as the local date in Amsterdam."""
    return empty if value is None else long_date(value)


def day_nl(value: date) -> str:
    """`14 feb`, for a list of days that are near."""
    return short_day(value)


def weekday_nl(value: date | None, empty: str = "nog niet bekend") -> str:
    """`zaterdag 14 februari 2026`."""
    return empty if value is None else date_in_words(value)


def datetime_nl(value: datetime | None, empty: str = "nog niet bekend") -> str:
    """`14 februari 2026 om 9.05 uur`, in Amsterdam."""
    return empty if value is None else long_moment(value)


def time_nl(value: datetime) -> str:
    """`9.05`, in Amsterdam; beside it stands the day."""
    return time_in_words(value).removesuffix(" uur")


def number_nl(value: float | None, empty: str = "") -> str:
    """`1.234,5`."""
    return empty if value is None else number_in_words(value)


def yes_no(value: bool | None, empty: str = "niet ingevuld") -> str:
    return empty if value is None else yes_or_no(value)


def for_date_field(value: str) -> bool:
    """Whether a browser's field for a date, or a date and a time, can show this text."""
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?", str(value)) is not None


def date_typed(value: date | str) -> str:
    """A date as somebody types it, `14-2-2026`; what is no date stays as it was typed."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", str(value))
    return f"{int(found[3])}-{int(found[2])}-{found[1]}" if found else str(value)


def capitalize_first(text: str) -> str:
    """The first letter as a capital, the others as they are."""
    return text[:1].upper() + text[1:]


FILTERS = {
    "capitalize_first": capitalize_first,
    "for_date_field": for_date_field,
    "accept_files": accepted_endings,
    "formats_nl": formats_in_words,
    "date_nl": date_nl,
    "day_nl": day_nl,
    "date_typed": date_typed,
    "weekday_nl": weekday_nl,
    "datetime_nl": datetime_nl,
    "time_nl": time_nl,
    "size_nl": size_in_words,
    "number_nl": number_nl,
    "within_sentence": within_sentence,
    "yes_no": yes_no,
}
