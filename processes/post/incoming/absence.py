"""Until when somebody is away, read from an automatic answer in Dutch, English or German: text in, a day out, or None."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from processes.base.dutch import MONTHS
from processes.base.typed_values import ENGLISH

LOOKED_AT: Final = 2_000  # characters: what comes after is a signature, or our own mail with its own dates
LONGEST_AWAY: Final = timedelta(days=730)
GERMAN: Final = ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember")  # fmt: skip
NUMBER_OF: Final = {
    **{name: at for names in (MONTHS, ENGLISH, GERMAN) for at, name in enumerate(names, 1)},
    **{name[:3]: at for names in (GERMAN, ENGLISH, MONTHS) for at, name in enumerate(names, 1)},
    "mrt": 3,
}  # fmt: skip
WEEKDAY: Final = (
    r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|ma|di|wo|do|vr|za|zo)"
)
DAY: Final = (
    r"(?:(?P<d1>\d{1,2})(?:e|st|nd|rd|th|\.)? (?:of )?(?P<m1>[a-zä]{3,9})\.?,?(?: (?P<y1>\d{4}))?"
    r"|(?P<m2>[a-z]{3,9})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?,?(?: (?P<y2>\d{4}))?"
    r"|(?P<y3>\d{4})-(?P<m3>\d{1,2})-(?P<d3>\d{1,2})"
    r"|(?P<d4>\d{1,2})[-/.](?P<m4>\d{1,2})(?:[-/.](?P<y4>\d{4}|\d{2}))?)"
)
BEFORE: Final = rf",? (?:op |on |am |dem |the )?(?:{WEEKDAY},? )?(?:the |dem )?"
INCLUSIVE: Final = r"t/m|tot en met|t\.e\.m\.|through|up to and including|bis einschließlich"
FIRST_BACK: Final = (
    r"tot|until|till|bis|vanaf|weer (?:aanwezig|bereikbaar|terug)|terug|back|return(?:ing)?|zurück|"
    r"ab|again (?:from|on)|back in the office"
)
LAST_AWAY_ON: Final = re.compile(rf"(?:{INCLUSIVE})(?:{BEFORE}){DAY}\b")
BACK_ON: Final = re.compile(rf"\b(?:{FIRST_BACK})(?:{BEFORE}){DAY}\b")
AGAIN_ON: Final = re.compile(
    rf"\b(?:op|on|vanaf|am) (?:{WEEKDAY},? )?{DAY} (?:ben ik |am i |bin ich )?(?:weer|again|wieder)\b"
)
QUOTED: Final = re.compile(
    r"^(?:>|-{2,} ?(?:oorspronkelijk|original|ursprüngliche)|_{5,}|(?:van|from|von): )", re.MULTILINE | re.IGNORECASE
)
SPACES: Final = re.compile(r"\s+")


def back_on(text: str, today: date) -> date | None:
    """The first day on which the writer is there again. Without a year the next such day is meant."""
    own = QUOTED.split(text[:LOOKED_AT], maxsplit=1)[0]
    words = SPACES.sub(" ", own).lower()
    last_away = [day + timedelta(days=1) for day in _days(LAST_AWAY_ON, words, today)]
    found = [*last_away, *_days(BACK_ON, words, today), *_days(AGAIN_ON, words, today)]
    sensible = [day for day in found if today <= day <= today + LONGEST_AWAY]
    return max(sensible, default=None)


def _days(pattern: re.Pattern[str], words: str, today: date) -> Iterator[date]:
    for match in pattern.finditer(words):
        given = {name[0]: value for name, value in match.groupdict().items() if value is not None}
        month = int(given["m"]) if given["m"].isdigit() else NUMBER_OF.get(given["m"], 0)
        day = _day(given.get("y"), month, int(given["d"]), today)
        if day is not None:
            yield day


def _day(year: str | None, month: int, day: int, today: date) -> date | None:
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == len("27") else 0), month, day)
        this_year = date(today.year, month, day)
        return this_year if this_year >= today - timedelta(days=60) else date(today.year + 1, month, day)
    except ValueError:
        return None
