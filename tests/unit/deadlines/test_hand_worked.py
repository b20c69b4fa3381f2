"""Terms of every procedure against dates that a lawyer worked out on paper, from the article and a calendar."""

from datetime import date

import pytest

from processes.law import DeadlineRequest, Extension, Suspension, compute

D = date.fromisoformat
ON_PAPER = {
    # objection to Friday 20 February; six weeks later is Good Friday, then Easter: Tuesday 7 April
    "J1 decided after Easter": ("2026-01-09", "awb-7-10", {}, "2026-04-07"),
    # asked 25 February, mended 4 March: 26 February to 3 March stand still. The six days come on 3 April, not on the day it moved to
    "J1 a repair before Easter": (
        "2026-01-09", "awb-7-10", {"suspensions": (Suspension(D("2026-02-25"), D("2026-03-04"), "awb-6-6"),)}, "2026-04-09",
    ),
    # the six weeks to object end on Saturday 21 February, so on Monday 23: twelve weeks from there
    "a committee, after a weekend": ("2026-01-10", "awb-7-10", {"variant": "committee"}, "2026-05-18"),
    "J9 a late objection": ("2026-03-26", "awb-7-10", {"variant": "late"}, "2026-05-07"),
    "six weeks more": ("2026-01-09", "awb-7-10", {"extensions": (Extension(D("2026-03-20")),)}, "2026-05-18"),
    "J6 nine weeks of the court": ("2026-03-20", "awb-7-10", {"variant": "court", "length": "P63D"}, "2026-05-22"),
    # two weeks from 11 December is Christmas Day, then Boxing Day and Sunday
    "J6 no decision in time, over Christmas": ("2026-12-11", "awb-8-55d", {}, "2026-12-28"),
    # told on 8 April, the view came on 15 April: 9 up to and including 15 April, seven days on top of 29 April
    "J12 a view of somebody else": (
        "2026-04-01", "woo-4-4", {"suspensions": (Suspension(D("2026-04-08"), D("2026-04-16"), "woo-4-4"),)}, "2026-05-06",
    ),
    "a release is no term to act in": ("2026-03-22", "woo-4-4-release", {}, "2026-04-05"),
    # the eleventh day before Tuesday 14 April is Good Friday, and stays that
    "J6 papers before a hearing": ("2026-04-14", "awb-7-4", {}, "2026-04-03"),
    "J10 a week of inspection": ("2026-04-14", "awb-7-4-inspection", {}, "2026-04-07"),
    # each of these ends on a day that a decree closed
    "J12 28 April 2023": ("2023-03-31", "woo-4-4", {}, "2023-05-01"),
    "J12 19 May 2023": ("2023-04-21", "woo-4-4", {}, "2023-05-22"),
    "J12 10 May 2024": ("2024-04-12", "woo-4-4", {}, "2024-05-13"),
    "J12 27 December 2024": ("2024-11-29", "woo-4-4", {}, "2024-12-30"),
    "J12 30 May 2025": ("2025-05-02", "woo-4-4", {}, "2025-06-02"),
    "J12 15 May 2026": ("2026-04-17", "woo-4-4", {}, "2026-05-18"),
    # six weeks from 24 March is 5 May; four weeks more are counted from there, not from the 6th to which it moved
    "a complaint, four weeks more": ("2026-03-24", "awb-9-11", {"extensions": (Extension(D("2026-04-20")),)}, "2026-06-02"),
    "a complaint with a committee, four weeks more": (
        "2026-03-02", "awb-9-11", {"variant": "committee", "extensions": (Extension(D("2026-04-20")),)}, "2026-06-08",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("start", "rule", "more", "due"), ON_PAPER.values(), ids=ON_PAPER.keys())
def test_a_term_ends_on_the_day_that_was_worked_out_on_paper(start, rule, more, due):
    assert compute(DeadlineRequest(D(start), rule=rule, **more)).due == D(due)
