"""How long closed cases are kept."""

from datetime import date

import pytest

from processes.law.retention_classes import RETENTION_RULES, UnknownRetention, ends_on, longest, retention_rule


@pytest.mark.parametrize(
    ("number", "years"),
    [
        ("6.1", 5), ("6.2", 1), ("6.3", 1),
        ("13.1", 5), ("13.1.1", 7), ("13.1.2", 10), ("13.1.3", None), ("13.1.4", 1), ("13.2", 1),
        ("21.1", 5), ("21.2", 1), ("21.3", 1),
        ("26.1", 5), ("26.2", 1),
    ],
)  # fmt: skip
def test_years_of_each_class(number: str, years: int | None) -> None:
    rule = retention_rule(number)
    assert rule.years == years
    assert rule.nomination == ("blijvend_bewaren" if years is None else "vernietigen")
    expected = None if years is None else date(2026 + years, 6, 15)
    assert ends_on(rule, date(2026, 6, 15)) == expected


def test_the_table_has_each_class_once() -> None:
    assert len({rule.number for rule in RETENTION_RULES}) == len(RETENTION_RULES) == 14


def test_an_unknown_class_says_so() -> None:
    with pytest.raises(UnknownRetention, match=r"Deze klasse staat niet in de lijst.*'99'"):
        retention_rule("99")


@pytest.mark.parametrize(
    ("number", "end"),
    [("13.1.4", date(2029, 3, 1)), ("13.1", date(2033, 3, 1)), ("13.1.3", None)],
)
def test_a_leap_day_never_ends_too_early(number: str, end: date | None) -> None:
    assert ends_on(retention_rule(number), date(2028, 2, 29)) == end


@pytest.mark.parametrize(
    ("numbers", "kept"), [(("6.1", "6.2"), "6.1"), (("13.1.2", "13.1.3", "13.2"), "13.1.3"), (("13.2",), "13.2")]
)
def test_the_longest_wins(numbers: tuple[str, ...], kept: str) -> None:
    assert longest(map(retention_rule, numbers)).number == kept
