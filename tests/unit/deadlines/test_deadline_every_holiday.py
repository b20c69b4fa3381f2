"""A term that ends on each holiday of sixteen years, and what is closed worked out here by other means than the program's.

Easter by the formula of Meeus, Jones and Butcher; the King's birthday on 27 April, or the day before on a Sunday; 5 May in
every year. So a holiday that the library forgets or invents is seen, and so is an end that moves too little or too far.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.expressions import is_working_day
from processes.base.clock import local_date
from processes.law import ClosedDay, DeadlineRequest, LawBook, LawRule, compute, default_book

YEARS = range(2020, 2036)
DAY = timedelta(days=1)


def easter(year: int) -> date:
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> dict[str, date]:
    """Algemene termijnenwet art. 3, first and second paragraph."""
    king = date(year, 4, 27)
    sunday = easter(year)
    return {
        "nieuwjaarsdag": date(year, 1, 1),
        "goede vrijdag": sunday - 2 * DAY,
        "tweede paasdag": sunday + DAY,
        "koningsdag": king - DAY if king.isoweekday() == 7 else king,
        "5 mei": date(year, 5, 5),
        "hemelvaart": sunday + 39 * DAY,
        "tweede pinksterdag": sunday + 50 * DAY,
        "eerste kerstdag": date(year, 12, 25),
        "tweede kerstdag": date(year, 12, 26),
    }


EQUALISED = {
    date(2017, 4, 28), date(2017, 5, 26), date(2018, 5, 11), date(2018, 12, 24), date(2018, 12, 31), date(2019, 5, 31), date(2019, 12, 27),
    date(2020, 5, 22), date(2021, 5, 14), date(2022, 5, 27),
    date(2023, 4, 28), date(2023, 5, 19), date(2024, 5, 10), date(2024, 12, 27), date(2025, 5, 30),
    date(2026, 1, 2), date(2026, 5, 15), date(2027, 5, 7), date(2028, 4, 28), date(2028, 5, 26),
}  # fmt: skip
CLOSED = {day for year in range(2016, 2038) for day in holidays(year).values()} | EQUALISED


def is_closed(day: date) -> bool:
    return day.isoweekday() > 5 or day in CLOSED


def first_open(day: date) -> date:
    while is_closed(day):
        day += DAY
    return day


EACH = [(year, name) for year in YEARS for name in holidays(2020)]


def test_the_formula_agrees_with_the_almanac() -> None:
    assert [easter(year) for year in (2020, 2024, 2026, 2027, 2035)] == [
        date(2020, 4, 12), date(2024, 3, 31), date(2026, 4, 5), date(2027, 3, 28), date(2035, 3, 25),
    ]  # fmt: skip


def test_j12_the_book_knows_each_day_of_the_decrees_with_its_source() -> None:
    days = default_book().closed_days
    assert {one.day for one in days} == EQUALISED
    assert all(one.source.startswith("Besluit ") and one.checked_on for one in days)


@pytest.mark.parametrize(("year", "name"), EACH)
@pytest.mark.parametrize("before", [0, 1, 2, 3])
def test_b4_an_end_on_or_just_before_each_holiday(year: int, name: str, before: int) -> None:
    """Objections (6 weeks) whose plain end is the holiday, or one of the three days before it: a long weekend as well."""
    plain = holidays(year)[name] - before * DAY
    found = compute(DeadlineRequest(start=plain - timedelta(weeks=6), rule="awb-6-7"))
    assert found.due == first_open(plain)
    moved = found.due != plain
    assert moved == is_closed(plain)
    assert ("Algemene termijnenwet art. 1" in {step.article for step in found.steps}) == moved


@pytest.mark.parametrize(("year", "name"), EACH)
def test_b4_after_the_objection_period_the_decision_counts_from_its_moved_end(year: int, name: str) -> None:
    plain = holidays(year)[name]
    found = compute(DeadlineRequest(start=plain - timedelta(weeks=6), rule="awb-7-10"))
    assert found.due == first_open(first_open(plain) + timedelta(weeks=6))


@pytest.mark.parametrize(("year", "name"), EACH)
def test_b4_what_counts_back_or_is_too_long_stays_on_the_holiday(year: int, name: str) -> None:
    plain = holidays(year)[name]
    assert compute(DeadlineRequest(start=plain + 11 * DAY, rule="awb-7-4")).due == plain
    assert compute(DeadlineRequest(start=plain - 14 * DAY, rule="awb-4-17")).due == plain  # a penalty's grace
    for amount, unit, days in ((13, "weeks", 91), (91, "days", 91)):
        rule = LawRule("lang", "Lang", "Verzonnen", amount, unit, date(1994, 1, 1))
        assert compute(DeadlineRequest(start=plain - days * DAY, rule="lang"), LawBook((rule,))).due == plain


@pytest.mark.parametrize(("year", "name"), EACH)
def test_b4_a_term_in_working_days_passes_over_each_holiday(year: int, name: str) -> None:
    """Ten working days from a week before: counted here one by one."""
    start = holidays(year)[name] - 7 * DAY
    left, day = 10, start
    while left:
        day += DAY
        left -= not is_closed(day)
    assert compute(DeadlineRequest(start=start, duration="P10D", calendar="working")).due == day


@pytest.mark.parametrize("year", YEARS)
def test_the_timers_of_a_drawing_know_the_same_working_days(year: int) -> None:
    days = [date(year, 1, 1) + n * DAY for n in range(366)]
    assert [day for day in days if is_working_day(day, EQUALISED)] == [day for day in days if not is_closed(day)]


@pytest.mark.parametrize("day", sorted(EQUALISED))
def test_b4_a_day_of_a_decree_is_closed_for_as_long_as_it_stands_in_the_book(day: date) -> None:
    asked = DeadlineRequest(start=day - timedelta(weeks=6), rule="awb-6-7")
    assert compute(asked).due == first_open(day)
    without = LawBook(default_book().rules, tuple(one for one in default_book().closed_days if one.day != day))
    assert compute(asked, without).due == day
    again = LawBook(without.rules, (*without.closed_days, ClosedDay(day)))
    assert compute(asked, again).due == first_open(day)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # 28 to 29 March 2026: until two at night one hour ahead of UTC, from then on two
        ("2026-03-28T22:59", "2026-03-28"),
        ("2026-03-28T23:00", "2026-03-29"),
        ("2026-03-29T00:59", "2026-03-29"),
        ("2026-03-29T01:00", "2026-03-29"),
        ("2026-03-29T21:59", "2026-03-29"),
        ("2026-03-29T22:00", "2026-03-30"),
        # 24 to 25 October 2026: until three at night two hours ahead, from then on one
        ("2026-10-24T21:59", "2026-10-24"),
        ("2026-10-24T22:00", "2026-10-25"),
        ("2026-10-25T00:59", "2026-10-25"),
        ("2026-10-25T01:00", "2026-10-25"),
        ("2026-10-25T22:59", "2026-10-25"),
        ("2026-10-25T23:00", "2026-10-26"),
    ],
)
def test_b4_on_both_summer_time_nights_a_term_begins_on_the_local_day(moment: str, day: str) -> None:
    """Six weeks are 42 local days, also when one of them has 23 or 25 hours."""
    started = local_date(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    assert started == date.fromisoformat(day)
    assert compute(DeadlineRequest(start=started, rule="awb-6-7")).due == first_open(started + 42 * DAY)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ("2028-02-15", 2, "weeks", "2028-02-29"),  # a Tuesday that exists
        ("2028-02-29", 6, "weeks", "2028-04-11"),  # begun on it: 29 February is day 0
        ("2028-01-18", 6, "weeks", "2028-02-29"),
        ("2027-01-18", 6, "weeks", "2027-03-01"),  # a year without it
        ("2028-01-31", 1, "months", "2028-02-29"),  # the last day of the month
        ("2027-01-31", 1, "months", "2027-03-01"),  # Sunday 28 February, so Monday
        ("2028-02-29", 3, "months", "2028-05-29"),
        ("2028-02-29", 1, "months", "2028-03-29"),
        ("2028-02-28", 1, "days", "2028-02-29"),
        ("2027-02-28", 1, "days", "2027-03-01"),
        ("2032-01-18", 6, "weeks", "2032-03-01"),  # ends on Sunday 29 February 2032
    ],
)
def test_b4_the_29th_of_february(start: str, amount: int, unit: str, due: str) -> None:
    rule = LawRule("schrikkel", "Schrikkel", "Verzonnen", amount, unit, date(1994, 1, 1))
    asked = DeadlineRequest(start=date.fromisoformat(start), rule="schrikkel")
    assert compute(asked, LawBook((rule,))).due == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("amount", "unit", "moves"),
    [
        (11, "weeks", True),
        (12, "weeks", True),  # exactly twelve weeks is covered
        (13, "weeks", False),
        (89, "days", True),
        (90, "days", True),
        (91, "days", False),
        (2, "months", True),
        (3, "months", True),
        (4, "months", False),
    ],
)
@pytest.mark.parametrize("year", YEARS)
def test_b4_article_4_in_every_year(amount: int, unit: str, moves: bool, year: int) -> None:
    """Every plain end in a year: the long ones stay where they fall, closed or not."""
    rule = LawRule("lang", "Lang", "Verzonnen", amount, unit, date(1994, 1, 1))
    plain = LawRule("lang", "Lang", "Verzonnen", amount, unit, date(1994, 1, 1), moved_by_termijnenwet=False)
    for n in range(0, 365, 3):
        asked = DeadlineRequest(start=date(year, 1, 1) + n * DAY, rule="lang")
        end = compute(asked, LawBook((plain,))).due
        assert end is not None
        book = LawBook((rule,), default_book().closed_days)
        assert compute(asked, book).due == (first_open(end) if moves else end)
