"""The days that a decree makes equal to a holiday (Algemene termijnenwet art. 3, third paragraph): terms pass over them.

A new decree is a new line here; an administrator may add it meanwhile on `/beheer/wettelijke-termijnen`. Saturdays, Sundays
and the holidays of the law itself need no line: `counting.py` knows them.
"""

from datetime import date
from typing import Final

from processes.law.rules import ClosedDay

CHECKED_ON: Final = date(2026, 11, 28)

# Each decree with its days. The three years from 2020 are missing: no source for them was found.
DECREES: Final = {
    "Besluit van 24 oktober 2016, nr. 2016001827, gelezen op wetten.overheid.nl (BWBR0038666)": (
        date(2017, 4, 28),  # the Friday after the King's birthday
        date(2017, 5, 26),  # the Friday after Ascension
        date(2018, 5, 11),  # the Friday after Ascension
        date(2018, 12, 24),  # the Monday before Christmas
        date(2018, 12, 31),  # the Monday before New Year
        date(2019, 5, 31),  # the Friday after Ascension
        date(2019, 12, 27),  # the Friday after Christmas
    ),
    "Besluit gelijkstelling van 28 april 2023 tot en met 30 mei 2025; de titel met deze dagen gelezen op sterfgeval.nl (vraag 70745)": (
        date(2023, 4, 28),  # the Friday after the King's birthday
        date(2023, 5, 19),  # the Friday after Ascension
        date(2024, 5, 10),  # the Friday after Ascension
        date(2024, 12, 27),  # the Friday after Christmas
        date(2025, 5, 30),  # the Friday after Ascension
    ),
    "Besluit gelijkstelling van 2 januari 2026 tot en met 26 mei 2028; de titel met deze dagen gelezen op sterfgeval.nl (vraag 70745)": (
        date(2026, 1, 2),  # the Friday after New Year
        date(2026, 5, 15),  # the Friday after Ascension
        date(2027, 5, 7),  # the Friday after Ascension
        date(2028, 4, 28),  # the Friday after the King's birthday
        date(2028, 5, 26),  # the Friday after Ascension
    ),
}


def decreed_days() -> tuple[ClosedDay, ...]:
    """The days of `DECREES` as records of the law book."""
    return tuple(
        ClosedDay(day=day, source=source, checked_on=CHECKED_ON, certainty="high")
        for source, days in DECREES.items()
        for day in days
    )
