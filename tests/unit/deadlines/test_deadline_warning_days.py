"""When people are warned before a date: once per date and warning, and after an outage only the last one missed."""

from datetime import date

import pytest

from processes.law import BadDuration, next_warning

DUE = date(2026, 7, 13)  # P14D is 29 June, P7D is 6 July
BEFORE = ("P14D", "P7D")


@pytest.mark.parametrize(
    ("today", "warned_for", "expected"),
    [
        (date(2026, 6, 1), None, date(2026, 6, 29)),
        (date(2026, 6, 29), None, date(2026, 6, 29)),
        (date(2026, 6, 29), DUE, date(2026, 7, 6)),
        (date(2026, 7, 6), DUE, None),
        (date(2026, 7, 10), None, date(2026, 7, 6)),  # both were missed: the last of them, so one mail
        (date(2026, 8, 1), None, date(2026, 7, 6)),
        (date(2026, 7, 1), date(2026, 8, 24), date(2026, 6, 29)),  # the last warning was about another date
        (date(2026, 6, 1), date(2026, 8, 24), date(2026, 6, 29)),
    ],
)
def test_the_next_day_to_warn(today: date, warned_for: date | None, expected: date | None) -> None:
    assert next_warning(DUE, BEFORE, today, warned_for) == expected


def test_without_a_date_or_without_warnings_nobody_is_warned() -> None:
    assert next_warning(None, BEFORE, DUE, None) is None
    assert next_warning(DUE, (), DUE, None) is None


def test_months_count_back_too() -> None:
    assert next_warning(date(2025, 3, 31), ("P1M",), date(2025, 1, 1), None) == date(2025, 2, 28)


def test_hours_do_not_exist_before_a_date() -> None:
    with pytest.raises(BadDuration):
        next_warning(DUE, ("PT4H",), DUE, None)


@pytest.mark.parametrize(
    ("due", "closed", "expected"),
    [
        (date(2026, 7, 13), (), date(2026, 7, 6)),  # a Monday, so is the day a week before
        (date(2026, 7, 12), (), date(2026, 7, 3)),  # Sunday 5 July: the Friday before it
        (date(2026, 4, 13), (), date(2026, 4, 2)),  # Easter Monday: Thursday, for Friday is Good Friday
        (date(2026, 5, 22), (date(2026, 5, 15),), date(2026, 5, 13)),  # equalised, the day after Ascension
    ],
)
def test_j12_a_warning_is_given_on_the_last_working_day_before(
    due: date, closed: tuple[date, ...], expected: date
) -> None:
    assert next_warning(due, ("P7D",), date(2026, 1, 1), None, closed) == expected
