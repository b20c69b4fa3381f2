"""Facts as text in a mail or letter, and the filters that a template may use on them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from processes.base.dutch import enumeration, long_date, long_moment, yes_or_no

VALUE_LENGTH = 20_000
PROMISE: Final = "promise"  # a day by which something will happen: printed as a date, and never a past one


def plain_text(value: object) -> str:
    """Any plain value as text; nothing for None. Raises ValueError for what is no plain value."""
    show = next((show for kind, show in SHOWN.items() if isinstance(value, kind)), None)
    if show is None:
        raise ValueError(f"een {type(value).__name__} is geen tekst, getal of datum.")
    return show(value)[:VALUE_LENGTH]


def _date(value: object) -> str:
    return _when(value, long_date)


def _datetime(value: object) -> str:
    # a date has no hour to show
    return _when(value, lambda when: long_moment(when) if isinstance(when, datetime) else long_date(when))


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


# in this order: a boolean is also an int, a moment is also a date
SHOWN: Final[dict[type, Callable[[Any], str]]] = {
    type(None): lambda _: "",
    str: str,
    bool: yes_or_no,
    int: str,
    float: lambda value: f"{value:.10g}".replace(".", ","),
    datetime: long_moment,
    date: long_date,
    list: lambda value: enumeration([plain_text(one) for one in value]),
    tuple: lambda value: enumeration([plain_text(one) for one in value]),
}

FILTERS: Final[dict[str, Callable[[object], str]]] = {
    "date": _date,
    "datetime": _datetime,
    PROMISE: _date,
    "lower": lambda value: plain_text(value).lower(),
    "upper": lambda value: plain_text(value).upper(),
}
