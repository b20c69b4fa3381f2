"""How dates, sizes and words look in a Dutch page. Registered as Jinja2 filters by `portal.pages`."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from processes.base.clock import AMSTERDAM, local_date

KILO = 1000


def date_nl(value: date | datetime | None, empty: str = "nog niet bekend") -> str:
    """`14 februari 2026`; moments are shown as the local date in Amsterdam."""
    if value is None:
        return empty
    day = local_date(value) if isinstance(value, datetime) else value
    return str(format_date(day, "d MMMM y", locale="nl"))


def weekday_nl(value: date | datetime | None, empty: str = "nog niet bekend") -> str:
    """`zaterdag 14 februari 2026`."""
    if value is None:
        return empty
    day = local_date(value) if isinstance(value, datetime) else value
    return str(format_date(day, "EEEE d MMMM y", locale="nl"))


def datetime_nl(value: datetime | None, empty: str = "nog niet bekend") -> str:
    """`14 februari 2026 om 9.05 uur`, in Amsterdam."""
    if value is None:
        return empty
    return str(format_datetime(value.astimezone(AMSTERDAM), "d MMMM y 'om' H.mm 'uur'", tzinfo=AMSTERDAM, locale="nl"))


def size_nl(size: int) -> str:
    """`2,4 MB`, `318 kB`; never `0 kB`."""
    if size < KILO * KILO:
        return f"{max(1, round(size / KILO))} kB"
    return f"{format_decimal(round(size / KILO / KILO, 1), locale='nl')} MB"


def number_nl(value: float | None, empty: str = "") -> str:
    """`1.234,5`."""
    return empty if value is None else str(format_decimal(value, locale="nl"))


def yes_no(value: bool | None, empty: str = "niet ingevuld") -> str:
    if value is None:
        return empty
    return "ja" if value else "nee"


FILTERS = {
    "date_nl": date_nl,
    "weekday_nl": weekday_nl,
    "datetime_nl": datetime_nl,
    "size_nl": size_nl,
    "number_nl": number_nl,
    "yes_no": yes_no,
}
