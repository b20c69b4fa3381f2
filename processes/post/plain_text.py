"""Facts as text in a mail or letter, and the filters that a template may use on them, as readers of a language write them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from processes.base.dutch import enumeration, long_date, long_moment, yes_or_no
from processes.base.english import date_en, datetime_en, english_enumeration, yes_no_en
from processes.storage.words import ReadingLanguage

VALUE_LENGTH = 20_000
PROMISE: Final = "promise"  # a day by which something will happen: printed as a date, and never a past one
DUTCH: Final = ReadingLanguage.DUTCH


@dataclass(frozen=True, slots=True)
class _Written:
    """The ways in which one language writes what is no text."""

    yes_or_no: Callable[[bool], str]
    day: Callable[[date], str]
    moment: Callable[[datetime], str]
    point: str  # between whole and part of a number
    enumeration: Callable[[Sequence[str]], str]


_WRITTEN: Final[Mapping[str, _Written]] = {
    ReadingLanguage.DUTCH: _Written(yes_or_no, long_date, long_moment, ",", enumeration),
    ReadingLanguage.ENGLISH: _Written(yes_no_en, date_en, datetime_en, ".", english_enumeration),
}


def plain_text(value: object, language: str = DUTCH) -> str:
    """Any plain value as text in this language; nothing for None. Raises ValueError for what is no plain value."""
    show = next((show for kind, show in SHOWN.items() if isinstance(value, kind)), None)
    if show is None:
        raise ValueError(f"een {type(value).__name__} is geen tekst, getal of datum.")
    return show(value, language)[:VALUE_LENGTH]


def _date(value: object, language: str) -> str:
    return _when(value, _WRITTEN[language].day)


def _datetime(value: object, language: str) -> str:
    written = _WRITTEN[language]
    # a date has no hour to show
    return _when(value, lambda when: written.moment(when) if isinstance(when, datetime) else written.day(when))


def _when(value: object, show: Callable[[date], str]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        value = _read(value)
    if not isinstance(value, date):
        raise ValueError("dit is geen datum.")  # noqa: TRY004 - a wrong fact, not a mistake in the code
    return show(value)


def _read(text: str) -> date:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"'{text[:40]}' is geen datum.") from error


def _listed(value: Sequence[object], language: str) -> str:
    return _WRITTEN[language].enumeration([plain_text(one, language) for one in value])


# in this order: a boolean is also an int, a moment is also a date
SHOWN: Final[dict[type, Callable[[Any, str], str]]] = {
    type(None): lambda _value, _language: "",
    str: lambda value, _language: value,
    bool: lambda value, language: _WRITTEN[language].yes_or_no(value),
    int: lambda value, _language: str(value),
    float: lambda value, language: f"{value:.10g}".replace(".", _WRITTEN[language].point),
    datetime: lambda value, language: _WRITTEN[language].moment(value),
    date: lambda value, language: _WRITTEN[language].day(value),
    list: _listed,
    tuple: _listed,
}

FILTERS: Final[dict[str, Callable[[object, str], str]]] = {
    "date": _date,
    "datetime": _datetime,
    PROMISE: _date,
    "lower": lambda value, language: plain_text(value, language).lower(),
    "upper": lambda value, language: plain_text(value, language).upper(),
}
