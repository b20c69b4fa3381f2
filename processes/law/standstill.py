"""Suspensions as stretches of days that stand still: overlapping ones count once. In: suspensions; out: stretches."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from processes.law.counting import DAY
from processes.law.request import Suspension
from processes.law.standstill_grounds import GROUNDS, ground_of


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
        words = [GROUNDS[ground].words if ground in GROUNDS else ground for ground in self.grounds]
        return f": {' en '.join(words)}" if words else ""

    @property
    def article(self) -> str:
        return " en ".join(dict.fromkeys(GROUNDS[ground].article for ground in self.grounds if ground in GROUNDS))


def standstills(suspensions: Iterable[Suspension], cuts: Collection[date]) -> list[Standstill]:
    """Stretches in order of time that do not overlap, cut in two after each day of `cuts`."""
    given = [_stretch(suspension) for suspension in suspensions]
    found: list[Standstill] = []
    for stretch in sorted(given, key=lambda stretch: stretch.first):
        if stretch.until is not None and stretch.until <= stretch.first:
            continue  # mended on the day of the request or the day after it: nothing stood still
        if found and (found[-1].until is None or stretch.first <= found[-1].until):
            found[-1] = _joined(found[-1], stretch)
        else:
            found.append(stretch)
    return [piece for stretch in found for piece in _cut(stretch, cuts)]


def _stretch(suspension: Suspension) -> Standstill:
    first = ground_of(suspension.ground).first(suspension.from_)
    return Standstill(first, suspension.until, (suspension.ground,) if suspension.ground else (), first)


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
