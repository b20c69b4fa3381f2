"""The days that a decree makes equal to a holiday (Algemene termijnenwet art. 3, third paragraph): terms pass over them.

A new decree is a new line here; an administrator may add it meanwhile on `/beheer/wettelijke-termijnen`. Saturdays, Sundays
and the holidays of the law itself need no line: `counting.py` knows them.
"""

from datetime import date
from typing import Final

from processes.law.rules import ClosedDay

SOURCE: Final = "besluit op grond van artikel 3, lid 3, Algemene termijnenwet; via een tweede bron"
CHECKED_ON: Final = date(2026, 11, 22)

DECREED: Final = (
    date(2026, 1, 2),  # the Friday after New Year
    date(2026, 5, 15),  # the Friday after Ascension
    date(2027, 5, 7),  # the Friday after Ascension
    date(2028, 4, 28),  # the Friday after the King's birthday
    date(2028, 5, 26),  # the Friday after Ascension
)


def decreed_days() -> tuple[ClosedDay, ...]:
    """The days of `DECREED` as records of the law book."""
    return tuple(ClosedDay(day=day, source=SOURCE, checked_on=CHECKED_ON) for day in DECREED)
