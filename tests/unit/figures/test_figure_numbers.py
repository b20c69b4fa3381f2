"""W15: periods, shares and how long something took, counted by hand."""

from datetime import date

import pytest

from processes.base.errors import Invalid
from processes.reads.figures.period import Period, month_in_words, period_of
from processes.reads.figures.steps import warmth
from processes.reads.figures.table import Bars, FigureTable, Spread, share, spread_of

LEAP = date(2028, 2, 29)


@pytest.mark.parametrize(
    ("kind", "today", "first", "last"),
    [
        ("month", LEAP, date(2028, 2, 1), LEAP),
        ("quarter", LEAP, date(2028, 1, 1), date(2028, 3, 31)),
        ("year", LEAP, date(2028, 1, 1), date(2028, 12, 31)),
        ("last_month", date(2026, 1, 31), date(2025, 12, 1), date(2025, 12, 31)),
        ("last_quarter", date(2026, 1, 31), date(2025, 10, 1), date(2025, 12, 31)),
        ("last_year", LEAP, date(2027, 1, 1), date(2027, 12, 31)),
        ("month", date(2026, 12, 5), date(2026, 12, 1), date(2026, 12, 31)),
        ("quarter", date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        ("something else", LEAP, date(2028, 1, 1), date(2028, 12, 31)),
    ],
)
def test_w15_a_period_has_these_days(kind: str, today: date, first: date, last: date) -> None:
    assert period_of(kind, today) == Period(first, last)


def test_w15_own_days_hold_both_ends_and_midnight_is_that_of_here() -> None:
    period = period_of("own", LEAP, "2026-03-29", "2026-04-01")  # the night in which the clock goes forward
    assert (period.begins.isoformat(), period.ends.isoformat()) == (
        "2026-03-29T00:00:00+01:00",
        "2026-04-02T00:00:00+02:00",
    )
    assert [month_in_words(*month) for month in period.months()] == ["maart 2026", "april 2026"]
    assert period.words == "29 maart 2026 tot en met 1 april 2026"


@pytest.mark.parametrize(
    ("since", "until", "fields"),
    [
        ("", "", {"since", "until"}),
        ("29-02-2028", "2028-13-01", {"since", "until"}),
        ("2026-05-02", "2026-05-01", {"until"}),
        ("2026-01-01", "2027-01-02", {"until"}),
        ("1999-12-31", "9999-12-31", {"since", "until"}),
    ],
)
def test_w15_wrong_own_days_are_said_at_their_fields(since: str, until: str, fields: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        period_of("own", LEAP, since, until)
    assert set(refused.value.fields) == fields


def test_w15_a_whole_leap_year_can_be_asked() -> None:
    assert period_of("own", LEAP, "2028-01-01", "2028-12-31").last == date(2028, 12, 31)


@pytest.mark.parametrize(
    ("counts", "spread"),
    [
        ({}, None),
        ({4: 1}, Spread(4, 4, 4, 4, 4)),
        ({1: 1, 2: 1, 3: 1, 10: 1}, Spread(1, 1, 2, 3, 10)),
        ({0: 6, 30: 2}, Spread(0, 0, 0, 0, 30)),
        ({5: 1, 7: 3}, Spread(5, 5, 7, 7, 7)),
    ],
)
def test_w15_quartiles_are_numbers_of_days_that_occurred(counts: dict[int, int], spread: Spread | None) -> None:
    assert spread_of(counts) == spread


def test_w15_a_share_of_nothing_is_no_number() -> None:
    assert [share(*one) for one in ((0, 0), (0, 3), (1, 3), (2, 3), (3, 3))] == [None, 0, 33, 67, 100]


def test_w15_a_plot_shows_the_cells_of_its_column_and_no_others() -> None:
    rows = (("Bezwaar", "mei", 3, None), ("Klacht", "mei", 0, 50))
    counts = FigureTable("x", "X", ("Soort", "Maand", "Aantal", "%"), rows, bars=Bars((0, 1), 2))
    assert (counts.plot, counts.scale) == ((("Bezwaar, mei", 3), ("Klacht, mei", 0)), 3)
    shares = FigureTable("x", "X", ("Soort", "Maand", "Aantal", "%"), rows, bars=Bars((0,), 3, "%"))
    assert (shares.plot, shares.scale) == ((("Klacht", 50),), 100)
    nothing = FigureTable("x", "X", ("Soort", "Aantal"), (("Bezwaar", 0),), bars=Bars((0,), 1))
    assert nothing.plot == ()


def test_w15_where_most_waits_is_warmest_and_one_case_is_seen() -> None:
    assert [warmth(count, 90) for count in (1, 30, 31, 60, 61, 90)] == [1, 1, 2, 2, 3, 3]
