"""What an expression gives, what it refuses, and that nothing else can come out of it."""

import contextlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ExpressionError
from engine.expressions import AMSTERDAM, Duration, add_duration, compile_expression, parse_timer
from engine.steps import CLOSED_DAYS

NOW = datetime(2026, 4, 30, 22, 30, tzinfo=UTC)  # 1 May 00:30 in Amsterdam
FACTS = {
    "route": "commissie",
    "amount": 250,
    "waived": False,
    "names": ("Jansen", "De Vries"),
    "empty_list": (),
    "deadline.decide": date(2026, 6, 1),
    "deadline.repair": None,
    "request.due": date(2026, 5, 13),
    "hearing": datetime(2026, 5, 20, 9, 0, tzinfo=AMSTERDAM),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("route == 'commissie'", True),
        ('= route == "commissie"', True),
        ("route in ['ambtelijk', 'commissie']", True),
        ("route not in ('ambtelijk',)", True),
        ("'committee' if route == 'commissie' else 'standard'", "committee"),
        ("not waived and amount >= 250", True),
        ("amount * 2 + 1 - -3", 504),
        ("100 < amount < 300", True),
        ("true and True", True),
        ("none is None", True),
        ("false == False", True),
        ("waived == 0", False),
        ("len(names)", 2),
        ("len(deadline.repair)", 0),
        ("empty(empty_list) and empty(deadline.repair) and not empty(route)", True),
        ("'Jansen' in names", True),
        ("min(3, 1, 2)", 1),
        ("max(request.due, deadline.decide)", date(2026, 6, 1)),
        ("min(request.due, deadline.repair)", None),
        ("today()", date(2026, 5, 1)),
        ("now()", NOW),
        ("date(2026, 5, 1) == today()", True),
        ("at(date(2026, 5, 4), 9)", datetime(2026, 5, 4, 9, tzinfo=AMSTERDAM)),
        ("request.due + days(2)", date(2026, 5, 15)),
        ("weeks(2) + request.due", date(2026, 5, 27)),
        ("date(2026, 1, 31) + months(1)", date(2026, 2, 28)),
        ("date(2024, 2, 29) + months(12)", date(2025, 2, 28)),
        ("date(2026, 4, 24) + working_days(1)", date(2026, 4, 28)),  # over the weekend and King's Day
        ("date(2026, 5, 4) + working_days(1)", date(2026, 5, 6)),  # 5 May
        ("date(2026, 4, 2) + working_days(1)", date(2026, 4, 7)),  # Good Friday and Easter Monday
        ("date(2026, 5, 6) - working_days(1)", date(2026, 5, 4)),
        ("deadline.decide - request.due", Duration(days=19)),
        ("deadline.decide - request.due > days(14)", True),
        ("deadline.repair + days(1)", None),
        ("deadline.repair > today()", False),
        ("deadline.repair <= today()", False),
        ("deadline.repair == none", True),
        ("deadline.repair is not none", False),
        ("hearing > deadline.decide", False),
        ("route\n  == 'commissie'", True),
        ("days(deadline.repair)", None),
        ("false and unknown", False),
    ],
)
def test_value(text, value):
    assert compile_expression(text).evaluate(FACTS, NOW) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("date(2026, 5, 13) + working_days(1)", date(2026, 5, 18)),  # Ascension, the closed Friday, the weekend
        ("date(2026, 5, 18) - working_days(1)", date(2026, 5, 13)),
        ("date(2026, 5, 13) + working_days(1) * 2", date(2026, 5, 19)),
        ("date(2026, 5, 13) + (working_days(1) + working_days(1))", date(2026, 5, 19)),
        ("date(2026, 5, 13) + days(2)", date(2026, 5, 15)),  # plain days end where they end
        ("working_days(2) == working_days(1) * 2", True),
        ("working_day_or_before(date(2026, 5, 13))", date(2026, 5, 13)),
        ("working_day_or_before(date(2026, 5, 17))", date(2026, 5, 13)),
        ("working_day_or_after(date(2026, 5, 14))", date(2026, 5, 18)),
        ("working_day_or_after(at(date(2026, 5, 16), 23))", date(2026, 5, 18)),
        ("working_day_or_after(deadline.repair)", None),
    ],
)
def test_working_days_pass_over_what_the_caller_says_is_closed(text, value):
    closed = {**FACTS, CLOSED_DAYS: (date(2026, 5, 15),)}
    assert compile_expression(text).evaluate(closed, NOW) == value


def test_a_reminder_in_working_days_passes_over_them_each_time():
    rule = parse_timer("repeat(date(2026, 5, 13), working_days(1))", "timeCycle")
    closed = {CLOSED_DAYS: (date(2026, 5, 15), date(2026, 5, 19))}
    due = [rule.due(NOW, fired, closed, NOW).date() for fired in range(3)]
    assert due == [date(2026, 5, 13), date(2026, 5, 18), date(2026, 5, 20)]


def test_a_term_in_working_days_passes_over_them_too():
    assert add_duration(date(2026, 5, 13), "P2D", "working", {date(2026, 5, 15)}) == date(2026, 5, 19)
    assert add_duration(date(2026, 5, 13), "P2D", "calendar", {date(2026, 5, 15)}) == date(2026, 5, 15)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=",
        "   ",
        "route ==",
        "route = 'x'",
        "__import__('os').system('id')",
        "().__class__.__bases__",
        "route.__class__ == 1",
        "_x",
        "9**9**9",
        "1 / 0",
        "7 // 2",
        "7 % 2",
        "1 << 40",
        "~1",
        "[x for x in names]",
        "{1, 2}",
        "{'a': 1}",
        "lambda: 1",
        "f'{route}'",
        "(x := 1)",
        "names[0]",
        "open('x')",
        "route.upper()",
        "days()",
        "days(1, 2)",
        "days(n=1)",
        "days(*names)",
        "b'x'",
        "1j",
        "...",
        "await x",
        "9" * 30,
        "1e999",
        "'\\x41'",
        "a\0b",
        "\ud800",
        "(" * 400 + ")" * 400,
        "not " * 60 + "true",
        "1 +" * 400 + "1",
        "a" * 1001,
        "import os",
        "a; b",
    ],
)
def test_refused_when_compiled(text):
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text)
    assert str(caught.value).startswith("Deze expressie klopt niet. ")
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("unknown == 1", "`unknown`"),
        ("deadline.other", "`deadline.other`"),
        ("route > 1", "volgorde"),
        ("route + 1", "kan niet"),
        ("waived + 1", "kan niet"),
        ("route in amount", "achter `in`"),
        ("today() + 1", "kan niet"),
        ("route + days(1)", "duur"),
        ("amount * 1000000 * 1000000", "te groot"),
        ("days(99999999)", "te lang"),
        ("today() + days(36600) + days(36600) + days(36600) + days(36600) * 79", "te lang"),
        ("date(2026, 2, 30)", "bestaat"),
        ("date(9990, 1, 1) + weeks(5000)", "kalender"),
        ("at(today(), 24)", "uur"),
        ("len(amount)", "telt"),
        ("months(1) > days(30)", "volgorde"),
        ("names + names * 3", "kan niet"),
        ("repeat(today(), days(0))", "duur"),
    ],
)
def test_refused_when_evaluated(text, says):
    with pytest.raises(ExpressionError, match=says):
        compile_expression(text).evaluate(FACTS, NOW)


def test_names_are_the_facts_it_reads():
    expression = compile_expression("deadline.decide + days(extra) if route == 'a' or true else none")
    assert expression.names == {"deadline.decide", "extra", "route"}


def test_a_naive_moment_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="aware"):
        compile_expression("today()").evaluate({}, datetime(2026, 1, 1))  # noqa: DTZ001


def test_compiled_once():
    assert compile_expression("amount > 3") is compile_expression("amount > 3")


WORDS = ["route", "amount", "names", "deadline.repair", "hearing", "request.due", "today()", "days(3)", "months(1)"]
ATOMS = st.sampled_from([*WORDS, "working_days(2)", "1", "2.5", "'x'", "none", "true", "unknown", "[1, 'a']"])
SIGNS = st.sampled_from(["+", "-", "*", "==", "<", ">=", "in", "not in", "and", "or", "is", "**", "/", "@", "<<"])


def _joined(inner):
    calls = st.sampled_from(["min", "max", "len", "empty", "at", "date", "repeat", "days", "not", "-", "eval"])
    return st.one_of(
        st.tuples(inner, SIGNS, inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(calls, st.lists(inner, max_size=3)).map(lambda p: f"{p[0]}({', '.join(p[1])})"),
        st.tuples(inner, inner, inner).map(lambda p: f"({p[0]} if {p[1]} else {p[2]})"),
    )


@settings(max_examples=400, deadline=1000)
@given(st.one_of(st.text(max_size=80), st.recursive(ATOMS, _joined, max_leaves=12)))
def test_fuzz_gives_a_value_or_an_expression_error(text):
    with contextlib.suppress(ExpressionError):
        compile_expression(text).evaluate(FACTS, NOW)
