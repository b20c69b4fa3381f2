"""The functions that an expression may call: a table of name, how many arguments, and what it gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import reduce
from typing import Any

from engine.errors import ExpressionError
from engine.expressions.arithmetic import comparable, equal, word
from engine.expressions.calendar import AMSTERDAM, Duration, nearest_working
from engine.steps import CLOSED_DAYS, Facts

SHORTEST_CYCLE = 60  # seconds; a shorter one is a typing mistake that would keep the engine busy
LAST_HOUR = 23


@dataclass(frozen=True, slots=True)
class Scope:
    """The facts and the moment that an expression may read."""

    facts: Facts
    now: datetime


@dataclass(frozen=True, slots=True)
class Repeat:
    """A moment that comes back: first at `start` (None: unknown yet), `times` in all (None: endless)."""

    start: date | None
    every: Duration
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A function that expressions may call. `closed_days`: it gets the days that a decree closed, as `closed`; what
    it gives may be another when a day is added. `clock`: it reads the moment. No other function may read these.
    """

    least: int
    most: int
    call: Callable[..., Any]  # (scope, *arguments)
    closed_days: bool = False
    clock: bool = False


def closed_days_of(scope: Scope) -> frozenset[date]:
    """The dates that are no working day, besides weekends and holidays."""
    closed: Any = scope.facts.get(CLOSED_DAYS, ())
    return frozenset(closed)


def check_every(every: Any) -> Duration:
    """The interval of a cycle: forward, and at least a minute."""
    if not isinstance(every, Duration) or not every.forward:
        raise ExpressionError("Een herhaling heeft een duur nodig, zoals `days(7)` of P7D.")
    if not (every.months or every.days or every.working) and every.seconds < SHORTEST_CYCLE:
        raise ExpressionError("Een herhaling duurt ten minste een minuut. Kies een langere duur.")
    return every


def _whole(value: Any, what: str) -> int:
    if type(value) is int:
        return value
    raise ExpressionError(f"`{what}` heeft een heel getal nodig, geen {word(value)}.")


def _length(name: str, per: int, part: str) -> Callable[..., Any]:
    def make(_scope: Scope, count: Any) -> Duration | None:
        if count is None:
            return None
        length: dict[str, Any] = {part: _whole(count, name) * per}
        return Duration(**length)

    return make


def _working_days(_scope: Scope, count: Any, *, closed: frozenset[date]) -> Duration | None:
    return None if count is None else Duration(working=_whole(count, "working_days"), closed=closed)


def _nearest(name: str, step: int) -> Callable[..., Any]:
    def find(_scope: Scope, day: Any, *, closed: frozenset[date]) -> date | None:
        if day is None:
            return None
        if not isinstance(day, date):
            raise ExpressionError(f"`{name}` heeft een datum nodig, geen {word(day)}.")
        local = day.astimezone(AMSTERDAM).date() if isinstance(day, datetime) else day
        return nearest_working(local, step, closed)

    return find


def _date(_scope: Scope, *parts: Any) -> date | None:
    if None in parts:
        return None
    year, month, day = (_whole(part, "date") for part in parts)
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise ExpressionError("`date` krijgt een datum die niet bestaat. Schrijf date(jaar, maand, dag).") from error


def _at(_scope: Scope, day: Any, hour: Any) -> datetime | None:
    if day is None or hour is None:
        return None
    if not isinstance(day, date) or not 0 <= _whole(hour, "at") <= LAST_HOUR:
        raise ExpressionError("`at` heeft een datum en een uur van 0 tot en met 23 nodig.")
    local = day.astimezone(AMSTERDAM).date() if isinstance(day, datetime) else day
    return datetime.combine(local, time(hour), AMSTERDAM)


def _len(_scope: Scope, value: Any) -> int:
    if value is None:
        return 0
    if isinstance(value, str | tuple | list):
        return len(value)
    raise ExpressionError(f"`len` telt een lijst of een tekst, geen {word(value)}.")


def _choose(better: Callable[[Any, Any], bool]) -> Callable[..., Any]:
    def pick(left: Any, right: Any) -> Any:
        one, other = comparable(left, right)
        return right if better(other, one) else left

    def choose(_scope: Scope, *values: Any) -> Any:
        items = values[0] if len(values) == 1 and isinstance(values[0], tuple | list) else values
        return None if not items or None in items else reduce(pick, items)

    return choose


def _repeat(_scope: Scope, start: Any, every: Any, times: Any = None) -> Repeat:
    if start is not None and not isinstance(start, date):
        raise ExpressionError(f"`repeat` begint op een datum, niet op {word(start)}.")
    if every is None:
        return Repeat(None, Duration(days=1))
    if times is not None and _whole(times, "repeat") < 1:
        raise ExpressionError("`repeat` herhaalt ten minste één keer.")
    return Repeat(start, check_every(every), times)


def _answers(value: Any, what: str) -> tuple[Any, ...]:
    if value is None:
        return ()
    if isinstance(value, tuple | list):
        return tuple(value)
    raise ExpressionError(f"`{what}` telt de antwoorden van allen, zoals `answers.code`, geen {word(value)}.")


def _any_of(_scope: Scope, answers: Any, wanted: Any) -> bool:
    return any(equal(one, wanted) for one in _answers(answers, "any_of"))


def _all_of(_scope: Scope, answers: Any, wanted: Any) -> bool:
    """False when nobody answered: silence is no consent."""
    given = _answers(answers, "all_of")
    return bool(given) and all(equal(one, wanted) for one in given)


def _count_of(_scope: Scope, answers: Any, wanted: Any) -> int:
    return sum(equal(one, wanted) for one in _answers(answers, "count_of"))


FUNCTIONS: Mapping[str, Function] = {
    "today": Function(0, 0, lambda scope: scope.now.astimezone(AMSTERDAM).date(), clock=True),
    "now": Function(0, 0, lambda scope: scope.now, clock=True),
    "days": Function(1, 1, _length("days", 1, "days")),
    "weeks": Function(1, 1, _length("weeks", 7, "days")),
    "months": Function(1, 1, _length("months", 1, "months")),
    "working_days": Function(1, 1, _working_days, closed_days=True),
    "working_day_or_before": Function(1, 1, _nearest("working_day_or_before", -1), closed_days=True),
    "working_day_or_after": Function(1, 1, _nearest("working_day_or_after", 1), closed_days=True),
    "date": Function(3, 3, _date),
    "at": Function(2, 2, _at),
    "len": Function(1, 1, _len),
    "min": Function(1, 20, _choose(lambda one, other: one < other)),
    "max": Function(1, 20, _choose(lambda one, other: one > other)),
    "empty": Function(1, 1, lambda _scope, value: value is None or value in ("", (), [])),
    "repeat": Function(2, 3, _repeat),
    "any_of": Function(2, 2, _any_of),
    "all_of": Function(2, 2, _all_of),
    "count_of": Function(2, 2, _count_of),
}
OF_ANSWERS = frozenset({"any_of", "all_of", "count_of"})
WITH_CLOCK = frozenset(name for name, function in FUNCTIONS.items() if function.clock)
WITH_CLOSED_DAYS = frozenset(name for name, function in FUNCTIONS.items() if function.closed_days)
