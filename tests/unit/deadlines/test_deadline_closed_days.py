"""Holidays, working days and counting with terms, against days written down by hand."""

from datetime import date, timedelta

import pytest

from engine import Duration, holidays_of
from processes.law import backwards, default_book
from processes.law.counting import (
    add_term,
    add_working,
    count_working,
    moved,
    read_duration,
    why_closed,
    working_days_of,
)
from processes.law.errors import BadDuration

# Easter Sundays from the almanac; everything else in a year hangs on them or on a fixed day.
EASTER = {
    2020: date(2020, 4, 12),
    2021: date(2021, 4, 4),
    2022: date(2022, 4, 17),
    2023: date(2023, 4, 9),
    2024: date(2024, 3, 31),
    2025: date(2025, 4, 20),
    2026: date(2026, 4, 5),
    2027: date(2027, 3, 28),
    2028: date(2028, 4, 16),
    2029: date(2029, 4, 1),
    2030: date(2030, 4, 21),
    2031: date(2031, 4, 13),
    2032: date(2032, 3, 28),
    2033: date(2033, 4, 17),
    2034: date(2034, 4, 9),
    2035: date(2035, 3, 25),
}


def the_nine(year: int) -> set[date]:
    """Algemene termijnenwet art. 3, first and second paragraph, spelled out."""
    easter = EASTER[year]
    kings_day = date(year, 4, 27)
    return {
        date(year, 1, 1),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        kings_day if kings_day.weekday() != 6 else date(year, 4, 26),
        date(year, 5, 5),
        easter + timedelta(days=39),
        easter + timedelta(days=50),
        date(year, 12, 25),
        date(year, 12, 26),
    }


@pytest.mark.parametrize("year", EASTER)
def test_the_holidays_are_the_nine_of_the_law_and_two_sundays(year: int) -> None:
    sundays = {EASTER[year], EASTER[year] + timedelta(days=49)}
    assert set(holidays_of(year)) == the_nine(year) | sundays


EQUALISED = default_book().equalised


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 1, 1), "Nieuwjaarsdag"),
        (date(2026, 1, 2), "gelijkgesteld met een feestdag"),  # Friday
        (date(2026, 1, 5), None),  # Monday
        (date(2026, 4, 3), "Goede vrijdag"),
        (date(2026, 5, 5), "Bevrijdingsdag"),  # not a lustrum year, yet closed
        (date(2026, 5, 14), "Hemelvaartsdag"),
        (date(2026, 5, 15), "gelijkgesteld met een feestdag"),
        (date(2026, 5, 16), "een zaterdag"),
        (date(2026, 5, 17), "een zondag"),
        (date(2025, 4, 26), "Koningsdag"),  # the 27th was a Sunday
        (date(2025, 4, 28), None),
    ],
)
def test_why_a_day_is_closed(day: date, reason: str | None) -> None:
    assert why_closed(day, EQUALISED) == reason


@pytest.mark.parametrize(
    ("day", "open_day"),
    [
        (date(2026, 6, 11), date(2026, 6, 11)),  # Thursday stays
        (date(2026, 6, 13), date(2026, 6, 15)),  # Saturday -> Monday
        (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday, weekend, Easter Monday -> Tuesday
        (date(2026, 5, 14), date(2026, 5, 18)),  # Ascension, equalised Friday, weekend -> Monday
        (date(2026, 12, 25), date(2026, 12, 28)),  # Friday, Boxing day on Saturday, Sunday -> Monday
        (date(2027, 1, 1), date(2027, 1, 4)),  # over the weekend after New Year
        (date(2025, 12, 31), date(2025, 12, 31)),  # New Year's Eve is an ordinary Wednesday
        (date(2026, 1, 1), date(2026, 1, 5)),  # New Year, equalised Friday, weekend
    ],
)
def test_moving_off_a_closed_day(day: date, open_day: date) -> None:
    assert moved(day, EQUALISED) == open_day


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (date(2026, 6, 1), 10, date(2026, 6, 15)),  # two plain weeks from a Monday
        (date(2026, 6, 5), 1, date(2026, 6, 8)),  # Friday -> Monday
        (date(2026, 6, 6), 1, date(2026, 6, 8)),  # Saturday -> Monday
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 5, 13), 2, date(2026, 5, 19)),  # over Ascension and the equalised Friday
        (date(2026, 6, 6), 0, date(2026, 6, 6)),  # nothing to count
    ],
)
def test_working_days_forward(day: date, count: int, last: date) -> None:
    assert add_working(day, count, EQUALISED) == last
    assert count_working(day + timedelta(days=1), last + timedelta(days=1), EQUALISED) == count


@pytest.mark.parametrize(
    ("day", "amount", "unit", "last"),
    [
        (date(2026, 6, 1), 6, "weeks", date(2026, 7, 13)),
        (date(2026, 6, 1), 10, "days", date(2026, 6, 11)),
        (date(2026, 1, 31), 1, "months", date(2026, 2, 28)),
        (date(2028, 1, 31), 1, "months", date(2028, 2, 29)),
        (date(2026, 11, 30), 3, "months", date(2027, 2, 28)),
        (date(2026, 12, 1), 1, "months", date(2027, 1, 1)),
        (date(2026, 3, 15), -3, "months", date(2025, 12, 15)),
    ],
)
def test_adding_a_term(day: date, amount: int, unit: str, last: date) -> None:
    assert add_term(day, amount, unit) == last


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("P14D", Duration(days=14)),
        ("P2W", Duration(days=14)),
        ("P1M", Duration(months=1)),
        ("P1Y2M3W4D", Duration(months=14, days=25)),
    ],
)
def test_reading_a_duration(text: str, duration: Duration) -> None:
    assert read_duration(text) == duration


@pytest.mark.parametrize("text", ["", "P", "14", "P14", "PT4H", "P1DT2H", "-P1D", "P1.5D", "P99999D", "P٣D", "P1D\nx"])
def test_a_duration_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BadDuration, match="Deze duur is niet te lezen"):
        read_duration(text)


@pytest.mark.parametrize(("text", "days"), [("P10D", 10), ("P2W", 10), ("P1W2D", 7), ("P14D", 14), ("P0D", 0)])
def test_working_days_of_a_duration(text: str, days: int) -> None:
    assert working_days_of(text) == days


def test_a_month_is_no_number_of_working_days() -> None:
    with pytest.raises(BadDuration, match="werkdagen"):
        working_days_of("P1M")


@pytest.mark.parametrize(
    ("day", "days", "last"),
    [
        (date(2026, 6, 23), 10, date(2026, 6, 13)),  # a Saturday, and it stays one
        (date(2026, 5, 24), 10, date(2026, 5, 14)),  # Ascension, and it stays
    ],
)
def test_counting_backwards_is_never_moved(day: date, days: int, last: date) -> None:
    assert backwards(day, days) == last
