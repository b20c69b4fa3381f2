"""The days that a decree makes equal to a holiday (Algemene termijnenwet art. 3, third paragraph): terms pass over them.

A new decree is a new line here; an administrator may add it meanwhile on `/beheer/wettelijke-termijnen`. Saturdays, Sundays
and the holidays of the law itself need no line: `counting.py` knows them.
"""

from datetime import date
from typing import Final

from processes.law.rules import ClosedDay

CHECKED_ON: Final = date(2026, 11, 29)

# Each decree with its days. The decree of 2019 was not read itself: a law office names it with its date and its days, and a
# second one names 27 May 2022. The text of the decree of 2025 was read, with its number.
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
    "Besluit van 20 september 2019; met deze dagen genoemd op legal-support-office.nl (feestdagen), 27 mei 2022 ook op wvhl.nl": (
        date(2020, 5, 22),  # the Friday after Ascension
        date(2021, 5, 14),  # the Friday after Ascension
        date(2022, 5, 27),  # the Friday after Ascension
    ),
    "Besluit gelijkstelling van 28 april 2023 tot en met 30 mei 2025; de titel met deze dagen gelezen op sterfgeval.nl (vraag 70745)": (
        date(2023, 4, 28),  # the Friday after the King's birthday
        date(2023, 5, 19),  # the Friday after Ascension
        date(2024, 5, 10),  # the Friday after Ascension
        date(2024, 12, 27),  # the Friday after Christmas
        date(2025, 5, 30),  # the Friday after Ascension
    ),
    "Besluit van 1 juli 2025, nr. 2025001422, Stcrt. 2025, 24713 (BWBR0051300), de tekst gelezen in MinBZK/regelrecht-mvp": (
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
