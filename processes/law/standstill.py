"""Suspensions as stretches of days that stand still: overlapping ones count once. In: suspensions; out: stretches."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from processes.law.counting import DAY
from processes.law.default_book import GROUNDS
from processes.law.request import Suspension


@dataclass(frozen=True, slots=True)
class Standstill:
    """Days that do not count: from `first` up to but not including `until`; None is still going on."""

    first: date
    until: date | None
    grounds: tuple[str, ...]
    since: date  # where the whole stretch began, also for a piece that was cut from it

    @property
    def because(self) -> str:
        """The reason as the tail of a sentence; empty when no ground was given."""
        words = [GROUNDS[ground][0] if ground in GROUNDS else ground for ground in self.grounds]
        return f": {' en '.join(words)}" if words else ""

    @property
    def article(self) -> str:
        return " en ".join(dict.fromkeys(GROUNDS[ground][1] for ground in self.grounds if ground in GROUNDS))


def standstills(suspensions: Iterable[Suspension], cuts: Collection[date]) -> list[Standstill]:
    """Stretches in order of time that do not overlap, cut in two after each day of `cuts`."""
    given = [Standstill(s.from_ + DAY, s.until, (s.ground,) if s.ground else (), s.from_ + DAY) for s in suspensions]
    found: list[Standstill] = []
    for stretch in sorted(given, key=lambda stretch: stretch.first):
        if stretch.until is not None and stretch.until <= stretch.first:
            continue  # mended on the day of the request or the day after it: nothing stood still
        if found and (found[-1].until is None or stretch.first <= found[-1].until):
            found[-1] = _joined(found[-1], stretch)
        else:
            found.append(stretch)
    return [piece for stretch in found for piece in _cut(stretch, cuts)]


def _joined(one: Standstill, other: Standstill) -> Standstill:
    until = None if one.until is None or other.until is None else max(one.until, other.until)
    return Standstill(one.first, until, tuple(dict.fromkeys((*one.grounds, *other.grounds))), one.since)


def _cut(stretch: Standstill, cuts: Collection[date]) -> list[Standstill]:
    pieces = []
    for day in sorted(cuts):
        if stretch.first <= day and (stretch.until is None or day + DAY < stretch.until):
            pieces.append(replace(stretch, until=day + DAY))
            stretch = replace(stretch, first=day + DAY)
    return [*pieces, stretch]
