"""The table of functions says which of them read the closed days and which the clock; what is asked of it relies on it."""

import inspect
from datetime import UTC, date, datetime

import pytest

from engine.errors import ExpressionError
from engine.expressions import compile_expression, parse_timer
from engine.expressions.calendar import Duration
from engine.expressions.functions import FUNCTIONS, WITH_CLOCK, WITH_CLOSED_DAYS, Scope, closed_days_of
from engine.steps import CLOSED_DAYS

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
VALUES = [2026, 1, 5, date(2026, 5, 4), NOW, Duration(days=5), "tekst", (1, 2), None]


class Watched:
    """Facts or a clock that write down that somebody looked."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def get(self, name, otherwise=None):
        self.seen.add(name)
        return otherwise

    __getitem__ = get

    def astimezone(self, zone):
        self.seen.add("clock")
        return NOW.astimezone(zone)


def read_by(name: str) -> set[str]:
    """What a function looks at besides its arguments, over every kind of value."""
    function, watched = FUNCTIONS[name], Watched()
    scope = Scope(watched, watched)
    more = {"closed": closed_days_of(scope)} if function.closed_days else {}
    for count in range(function.least, min(function.most, 3) + 1):
        for given in ([one] * count for one in VALUES):
            try:
                answer = function.call(scope, *given, **more)
            except ExpressionError:
                continue
            watched.seen |= {"clock"} if answer is watched else set()
    return watched.seen


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_reads_only_what_its_line_in_the_table_says(name):
    function = FUNCTIONS[name]
    told = {what for what, read in ((CLOSED_DAYS, function.closed_days), ("clock", function.clock)) if read}
    assert read_by(name) == told


@pytest.mark.parametrize("name", FUNCTIONS)
def test_only_a_function_that_says_so_is_given_the_closed_days(name):
    parameters = inspect.signature(FUNCTIONS[name].call).parameters
    assert ("closed" in parameters) is FUNCTIONS[name].closed_days
    assert (name in WITH_CLOSED_DAYS, name in WITH_CLOCK) == (FUNCTIONS[name].closed_days, FUNCTIONS[name].clock)


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("hearing + working_days(5)", True),
        ("hearing + working_days\n  (5)", True),
        ("max(hearing, none if route == 'x' else hearing - working_days(2 * (1 + 1)))", True),
        ("len(calendar.closed) > 3", True),
        ("hearing + days(5)", False),
        ("route == 'working_days(5)'", False),
        ("working_days", False),
    ],
)
def test_an_expression_says_whether_it_reads_the_closed_days(text, reads):
    assert compile_expression(text).reads_closed_days is reads


@pytest.mark.parametrize(
    ("text", "kind", "reads"),
    [
        ("hearing - working_days(5)", "timeDate", True),
        ("working_days(5)", "timeDuration", True),
        ("repeat(hearing, working_days(5), 2)", "timeCycle", True),
        ("hearing - days(5)", "timeDate", False),
        ("P5D", "timeDuration", False),
        ("R3/P5D", "timeCycle", False),
        ("2026-05-01", "timeDate", False),
    ],
)
def test_a_timer_says_whether_it_reads_the_closed_days(text, kind, reads):
    assert parse_timer(text, kind).reads_closed_days is reads
