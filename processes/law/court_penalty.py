"""The penalty that a court orders for each day on which its own term is not kept (Awb 8:55d(2), 8:72(6)). Pure: no clock.

It stands beside the penalty of Awb 4:17: nobody has to send a notice of default for it, and the court says how much and up to what.
"""

from dataclasses import dataclass
from datetime import date

from processes.law.counting import DAY


@dataclass(frozen=True, slots=True)
class CourtPenalty:
    """`first` is the first day that costs money, `days` those so far. Amounts are in cents; without `most` there is no bound."""

    first: date
    days: int
    cents: int
    per_day: int
    most: int | None = None


def court_penalty(due: date, per_day: int, most: int | None, today: date, met: date | None = None) -> CourtPenalty:
    """The penalty up to `today`, or up to the day before the term was met: on that day the municipality does what it must."""
    until = today if met is None else min(met - DAY, today)
    days = max((until - due).days, 0)
    cents = days * per_day
    return CourtPenalty(due + DAY, days, cents if most is None else min(cents, most), per_day, most)
