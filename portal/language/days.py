"""The filters of pages that write days, moments, sizes and numbers, as English readers know them."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from processes.base.dutch import size_in_words
from processes.base.english import ENGLISH_MONTHS, date_en, datetime_en, number_en, time_en, weekday_en, yes_no_en
from processes.base.file_types import formats_in_words


def day_en(value: date) -> str:
    """`14 Feb`, for a list of days that are near."""
    return f"{value.day} {ENGLISH_MONTHS[value.month - 1][:3]}"


def size_en(value: int) -> str:
    """`1.5 MB`: as in Dutch, with a point."""
    return size_in_words(value).replace(".", "").replace(",", ".")


def formats_en(endings: Iterable[str]) -> str:
    """`PDF, Word (docx), photo (jpg)`."""
    return formats_in_words(endings).replace("foto", "photo")


ENGLISH_FILTERS: Final = {
    "formats_nl": formats_en,
    "date_nl": date_en,
    "day_nl": day_en,
    "weekday_nl": weekday_en,
    "datetime_nl": datetime_en,
    "time_nl": time_en,
    "size_nl": size_en,
    "number_nl": number_en,
    "yes_no": yes_no_en,
}
