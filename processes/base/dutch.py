"""Values as Dutch readers write them: plain values in, text out ('14 februari 2027')."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from processes.base.clock import AMSTERDAM

VALUE_LENGTH = 20_000
MONTHS: Final = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def long_date(day: date) -> str:
    """`14 februari 2027`; of a moment the date in Amsterdam."""
    if isinstance(day, datetime):
        day = _local(day)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_moment(moment: datetime) -> str:
    """`14 februari 2027 om 15.30 uur`, in Amsterdam."""
    local = _local(moment)
    return f"{long_date(local)} om {local:%H.%M} uur"


def _local(moment: datetime) -> datetime:
    # forms give a moment without a zone: that is the time on the clock here
    return moment.astimezone(AMSTERDAM) if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


def plain_text(value: object) -> str:
    """Any plain value as text; nothing for None. Raises ValueError for what is no plain value."""
    show = next((show for kind, show in SHOWN.items() if isinstance(value, kind)), None)
    if show is None:
        raise ValueError(f"een {type(value).__name__} is geen tekst, getal of datum.")
    return show(value)[:VALUE_LENGTH]


def _enumeration(texts: list[str]) -> str:
    return " en ".join(filter(None, [", ".join(texts[:-1]), *texts[-1:]]))


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
    bool: lambda value: "ja" if value else "nee",
    int: str,
    float: lambda value: f"{value:.10g}".replace(".", ","),
    datetime: long_moment,
    date: long_date,
    list: lambda value: _enumeration([plain_text(one) for one in value]),
    tuple: lambda value: _enumeration([plain_text(one) for one in value]),
}

FILTERS: Final[dict[str, Callable[[object], str]]] = {
    "date": _date,
    "datetime": _datetime,
    "lower": lambda value: plain_text(value).lower(),
    "upper": lambda value: plain_text(value).upper(),
}
