"""The moments of timers, worked out anew each time from the timer's anchor and the facts.

Text of a `timeDate`, `timeDuration` or `timeCycle` in, a TimerRule out. An unknown date is no due moment; a moment in
the past is due at once. A plain duration counts from the anchor: the moment at which the token arrived.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.errors import ExpressionError
from engine.expressions.arithmetic import moment, word
from engine.expressions.calendar import Duration, parse_duration, shift_moment
from engine.expressions.functions import Repeat, check_every
from engine.expressions.language import compile_expression
from engine.steps import Facts
from engine.words import TimerKind

Give = Callable[[Facts, datetime], Any]

CYCLE = re.compile(r"R(\d{0,4})/(?:(.+)/)?(P[0-9A-Z]+)", re.ASCII)
# as modelling tools write it: fractions of a second, an offset with or without a colon, a zone in brackets
MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d{1,9})?\s?(Z|[+-]\d\d(?::?\d\d)?)?(?:\[([^\[\]]{1,40})\])?)?",
    re.ASCII,
)
# what somebody meant as a date; an expression never starts with two numbers and a line between them
DATE_LIKE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b.*|\d{4}-\d\d-\d\d.*|\d{8}(T.*)?", re.ASCII)
DATE_ADVICE = "Schrijf 2026-05-01 of 2026-05-01T09:00."
CYCLE_ADVICE = "Schrijf een herhaling als R/P7D, R3/P7D of repeat(datum, days(7))."


@dataclass(frozen=True, slots=True)
class TimerRule:
    """`cyclic`: it comes back, `times` in all (None: endless). `names`: the facts it reads. `reads_closed_days`: its
    moment may be another after a day was closed by decree.
    """

    text: str
    cyclic: bool
    times: int | None
    names: frozenset[str]
    _give: Give = field(repr=False, compare=False)
    reads_closed_days: bool = False

    def due(self, anchor: datetime, fired: int, facts: Facts, now: datetime) -> datetime | None:
        """The next moment after it fired `fired` times; None when unknown or no more. Raises ExpressionError."""
        value = self._give(facts, now)
        if isinstance(value, Repeat):
            return _occurrence(value, anchor, fired)
        return None if fired else _once(value, anchor)

    def fired_by(self, anchor: datetime, fired: int, facts: Facts, now: datetime) -> int:
        """The number of firings counted after it fires now: those missed in an outage go out as one."""
        low, step = fired + 1, 1
        while self._passed(anchor, low + step - 1, facts, now):  # doubling: a minute cycle may have missed a year
            low, step = low + step, step * 2
        while step > 1:
            step //= 2
            if self._passed(anchor, low + step - 1, facts, now):
                low += step
        return low

    def _passed(self, anchor: datetime, number: int, facts: Facts, now: datetime) -> bool:
        try:
            due = self.due(anchor, number, facts, now) if self.cyclic else None
        except ExpressionError:  # looked further ahead than the calendar goes
            return False
        return due is not None and due <= now


def parse_timer(text: str, kind: TimerKind) -> TimerRule:
    """Check and compile the text of a timer, once per text; raises ExpressionError with what to do."""
    return _parsed(text.strip().removeprefix("=").strip(), kind)


@lru_cache(maxsize=4096)
def _parsed(source: str, kind: TimerKind) -> TimerRule:
    if found := CYCLE.fullmatch(source):
        rule = _iso_cycle(source, *found.groups())
    elif source.startswith("P") and source.upper() == source and source.isalnum():
        rule = _fixed(source, parse_duration(source))
    elif DATE_LIKE.fullmatch(source):
        rule = _fixed(source, _iso_moment(source))
    else:
        expression = compile_expression(source)
        rule = TimerRule(
            source, expression.repeats, expression.times, expression.names, expression.evaluate,
            expression.reads_closed_days,
        )  # fmt: skip
    if rule.cyclic is not (kind == TimerKind.CYCLE):
        wrong = "herhaalt niet" if kind == TimerKind.CYCLE else "herhaalt; kies daarvoor een timer van het soort Cycle"
        raise ExpressionError(f"`{source[:80]}` {wrong}. {CYCLE_ADVICE}")
    return rule


def _fixed(source: str, value: Any) -> TimerRule:
    return TimerRule(source, isinstance(value, Repeat), None, frozenset(), lambda _facts, _now: value)


def _iso_cycle(source: str, times: str, start: str | None, every: str) -> TimerRule:
    limit = int(times) if times else None
    if limit == 0:
        raise ExpressionError(f"`{source}` herhaalt nul keer. {CYCLE_ADVICE}")
    interval = check_every(parse_duration(every))
    # without a start the first time is one interval after the token arrived
    repeat = Repeat(_iso_moment(start), interval, limit) if start else FromAnchor(None, interval, limit)
    return TimerRule(source, True, limit, frozenset(), lambda _facts, _now: repeat)


@dataclass(frozen=True, slots=True)
class FromAnchor(Repeat):
    """An ISO cycle: counts from the arrival of the token."""


def _iso_moment(text: str) -> date:
    """A date, or a moment with a zone; smaller than a second counts for nothing. Raises ExpressionError."""
    found = MOMENT.fullmatch(text)
    if found is None:
        raise ExpressionError(f"`{text[:40]}` is geen datum. {DATE_ADVICE}")
    day, hour, offset, zone = found.groups()
    try:
        if hour is None:
            return date.fromisoformat(day)
        at = datetime.fromisoformat(f"{day}T{hour}{offset or ''}")
    except ValueError as error:
        raise ExpressionError(f"`{text[:40]}` is geen dag of tijd die bestaat. {DATE_ADVICE}") from error
    return moment(at.replace(tzinfo=_zone(zone)) if zone and not offset else at)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # also a path, and a folder of zones
        sentence = f"Er is geen tijdzone `{name}`. Schrijf [Europe/Amsterdam] of geen zone."
        raise ExpressionError(sentence) from error


def _once(value: Any, anchor: datetime) -> datetime | None:
    if isinstance(value, str):
        value = parse_duration(value) if value.startswith("P") else _iso_moment(value)
    if isinstance(value, Duration):
        return shift_moment(anchor, value)
    if value is None or isinstance(value, date):
        return moment(value) if value else None
    raise ExpressionError(f"Een timer heeft een datum of een duur nodig, geen {word(value)}.")


def _occurrence(repeat: Repeat, anchor: datetime, fired: int) -> datetime | None:
    if repeat.times is not None and fired >= repeat.times:
        return None
    if isinstance(repeat, FromAnchor):
        return shift_moment(anchor, repeat.every.times(fired + 1))
    return shift_moment(moment(repeat.start), repeat.every.times(fired)) if repeat.start else None
