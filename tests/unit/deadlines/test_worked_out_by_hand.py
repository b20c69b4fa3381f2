"""Forty days that a jurist worked out with the article and a calendar beside it, before the program was asked. The working stands
at each row: `+` counts days, an arrow moves the end off a closed day (Algemene termijnenwet art. 1).
"""

from datetime import date

import pytest

from processes.law import (
    DeadlineRequest,
    Extension,
    Notice,
    PenaltyRequest,
    Suspension,
    compute,
    objection_in_time,
    penalty,
)

D = date.fromisoformat


def still(since: str, again: str, ground: str = "awb-6-6") -> Suspension:
    """A standstill by a request of day `since`, of which day `again` counts again."""
    return Suspension(D(since), D(again), ground)


# announced Monday 5 January 2026: objections until Monday 16 February, decide by Monday 30 March
ASKED = still(
    "2026-02-27", "2026-03-16"
)  # asked Friday 27 February, mended Monday 16 March: 28 February to 15 March, 16 days
LAPSED = still("2026-02-27", "2026-03-14")  # nobody answered until Friday 13 March: 28 February to 13 March, 14 days
VIEWS = still(
    "2026-02-16", "2026-03-03", "woo-4-4"
)  # told Monday 16 February, lapsed Monday 2 March: 17 February to 2 March, 14 days

BY_HAND = {
    # 7:10(1): six weeks (twelve with a committee) after the term to object, which itself moves first
    "to object until the leap day": ("2024-01-18", "awb-7-10", {}, "2024-04-11"),  # +42 Thursday 29 February, +42 Thursday 11 April
    "a committee in a leap year": ("2024-01-19", "awb-7-10", {"variant": "committee"}, "2024-05-24"),  # Friday 1 March, +84
    "over Christmas without touching it": ("2025-11-11", "awb-7-10", {}, "2026-02-03"),  # Tuesday 23 December, +42
    "to object until Christmas Day": ("2025-11-13", "awb-7-10", {}, "2026-02-09"),  # Thursday 25 December -> Monday 29, +42
    "New Year's Eve is an open day": ("2025-11-19", "awb-7-10", {}, "2026-02-11"),  # Wednesday 31 December, +42
    "New Year and a decreed Friday": ("2025-11-20", "awb-7-10", {}, "2026-02-16"),  # Thursday 1 January -> Monday 5, +42
    # announced on the 31st: +42 Saturday 14 March -> Monday 16, +42 is King's Day, Monday 27 April -> Tuesday
    "from a month's end to King's Day": ("2026-01-31", "awb-7-10", {}, "2026-04-28"),
    # 7:10(2) and 6:6: the days of the standstill come on top of 30 March
    "J1 mended over a month's end": ("2026-01-05", "awb-7-10", {"suspensions": (ASKED,)}, "2026-04-15"),
    "the repair term lapsed": ("2026-01-05", "awb-7-10", {"suspensions": (LAPSED,)}, "2026-04-13"),
    "J5 two repair terms at once": ("2026-01-05", "awb-7-10", {"suspensions": (still("2026-02-27", "2026-03-06"), LAPSED)}, "2026-04-13"),
    # asked on 2 February, mended on 20 February: the term to decide began on the 17th, so 17, 18 and 19 February stand still
    "asked before the term began": ("2026-01-05", "awb-7-10", {"suspensions": (still("2026-02-02", "2026-02-20"),)}, "2026-04-02"),
    # 7:10(3): six weeks on top of Wednesday 15 April
    "mended, then extended": (
        "2026-01-05", "awb-7-10", {"suspensions": (ASKED,), "extensions": (Extension(D("2026-04-10")),)}, "2026-05-27",
    ),
    # 7:10(4): what people agreed on is no term of a law, so Friday 15 May stands though a decree closed it
    "consent to a closed day": (
        "2026-01-05", "awb-7-10", {"extensions": (Extension(D("2026-03-20"), D("2026-05-15"), consent=True),)}, "2026-05-15",
    ),
    "J9 late, with a committee": ("2026-03-25", "awb-7-10", {"variant": "late-committee"}, "2026-06-17"),  # from the receipt, +84
    # 8:72(4) and 8:55d, from the day on which the ruling was sent
    "J6 a court's term ends on Good Friday": ("2027-01-29", "awb-7-10", {"variant": "court", "length": "P56D"}, "2027-03-26"),  # stays
    "J6 the court set none": ("2027-03-16", "awb-7-10", {"variant": "court"}, "2027-04-28"),  # +42 King's Day -> Wednesday
    "J6 8:55d over Ascension": ("2027-04-22", "awb-8-55d", {}, "2027-05-10"),  # Thursday 6 May, decreed Friday, weekend -> Monday
    "J6 8:55d on the leap day": ("2028-02-15", "awb-8-55d", {}, "2028-02-29"),
    # 4:13(2) and 4:14(3): eight weeks after the application
    "J7 eight weeks": ("2026-11-02", "awb-4-13", {}, "2026-12-28"),
    "J7 eight weeks to Christmas": ("2026-10-30", "awb-4-13", {}, "2026-12-28"),  # Friday 25 December -> Monday
    # 2 April, and 24 February to 1 March stood still (4:15(1)(a)): six days
    "J7 an application completed": ("2026-02-05", "awb-4-13", {"suspensions": (still("2026-02-23", "2026-03-02", "awb-4-15"),)}, "2026-04-08"),
    # Woo 4.4
    "Woo, four weeks to Christmas": ("2026-11-27", "woo-4-4", {}, "2026-12-28"),
    # the two weeks come on Friday 25 December itself, not on the Monday to which it moved: the earliest day that the law supports
    "Woo, two weeks more": ("2026-11-27", "woo-4-4", {"extensions": (Extension(D("2026-12-21")),)}, "2027-01-08"),
    "Woo, views until the term lapsed": ("2026-02-04", "woo-4-4", {"suspensions": (VIEWS,)}, "2026-03-18"),  # Wednesday 4 March +14
    "Woo, ask for a clearer request": ("2026-04-21", "woo-4-1", {}, "2026-05-06"),  # Tuesday 5 May, a holiday -> Wednesday
    "Woo, not to handle it": ("2026-04-24", "woo-4-1-refuse", {}, "2026-05-08"),
    "Woo, a release on a decreed day": ("2026-05-01", "woo-4-4-release", {}, "2026-05-15"),  # not before it; nobody has to act
    # 9:11 and 9:8, from the receipt
    "a complaint, four weeks more to King's Day": ("2026-02-16", "awb-9-11", {"extensions": (Extension(D("2026-03-20")),)}, "2026-04-28"),
    "a complaint with a committee": ("2026-03-16", "awb-9-11", {"variant": "committee"}, "2026-05-26"),  # +70 Whit Monday -> Tuesday
    "a complaint not taken up": ("2026-03-06", "awb-9-8", {}, "2026-04-07"),  # Good Friday -> Tuesday after Easter
    "a complaint not taken up, leap day": ("2024-02-01", "awb-9-8", {}, "2024-02-29"),
    # before a court
    "papers to the court by New Year": ("2026-12-04", "awb-8-42", {}, "2027-01-04"),  # Friday 1 January -> Monday
    "higher appeal until Ascension": ("2026-04-02", "awb-8-104", {}, "2026-05-18"),  # Thursday 14 May, decreed Friday -> Monday
    # counted back from the hearing, which moves nothing
    "J10 the eleventh day before is a Sunday": ("2026-01-08", "awb-7-4", {}, "2025-12-28"),
    "J10 a week before is Easter Monday": ("2026-04-13", "awb-7-4-inspection", {}, "2026-04-06"),
    # days of a penalty are days, closed or not (4:17(1)); laying it down is a term of a law (4:18)
    "two weeks of grace end on New Year's Day": ("2026-12-18", "awb-4-17", {}, "2027-01-01"),
    "the last day of a penalty": ("2026-04-24", "awb-4-17-days", {}, "2026-06-19"),  # until 8 May free, 9 May is the first of 42
    "to lay the penalty down": ("2026-04-24", "awb-4-18", {}, "2026-07-03"),  # 19 June +14
    # the days of the decree of 2019: +42 ends on the Friday after Ascension -> Monday
    "J12 22 May 2020": ("2020-04-10", "awb-6-7", {}, "2020-05-25"),
    "J12 14 May 2021": ("2021-04-02", "awb-6-7", {}, "2021-05-17"),
    "J12 27 May 2022": ("2022-04-15", "awb-6-7", {}, "2022-05-30"),
}  # fmt: skip


@pytest.mark.parametrize(("start", "rule", "more", "due"), BY_HAND.values(), ids=BY_HAND.keys())
def test_j12_a_term_ends_on_the_day_that_a_jurist_worked_out(start, rule, more, due):
    assert compute(DeadlineRequest(D(start), rule=rule, **more)).due == D(due)


# 6:7 to 6:9: announced, the last day to object, and the last day on which what was posted in time may come in (a term of a law too)
POSTED = {
    "the week after Easter": ("2026-02-27", "2026-04-10", "2026-04-17"),
    # Monday 27 April is King's Day -> Tuesday 28; a week later is Tuesday 5 May, a holiday -> Wednesday 6
    "King's Day and Liberation Day": ("2026-03-16", "2026-04-28", "2026-05-06"),
    # Friday 25 December -> Monday 28; a week later is Monday 4 January
    "Christmas and New Year": ("2026-11-13", "2026-12-28", "2027-01-04"),
    # Wednesday 28 February; the leap day is one of the seven
    "the leap day": ("2024-01-17", "2024-02-28", "2024-03-06"),
}


@pytest.mark.parametrize(("announced", "last", "by_post"), POSTED.values(), ids=POSTED.keys())
def test_j9_by_post_an_objection_is_in_time_until_a_week_after_the_last_day(announced, last, by_post):
    day, postmark, late = D(by_post), D(last), date.fromordinal(D(by_post).toordinal() + 1)
    found = objection_in_time(D(announced), day, postmark)
    assert (found.verdict, found.last_day) == ("ja", postmark)
    assert objection_in_time(D(announced), late, postmark).verdict == "te_laat"
    assert objection_in_time(D(announced), day, date.fromordinal(postmark.toordinal() + 1)).verdict == "te_laat"


def test_j13_a_penalty_over_three_tariffs_and_whit_monday_is_what_it_was_on_paper():
    """Notice on 24 April: 9 to 22 May 14 x 23, 23 May to 5 June 14 x 35, 6 to 9 June 4 x 45; decided on the 10th, which costs nothing."""
    made = penalty(
        PenaltyRequest(D("2026-04-20"), (Notice(D("2026-04-24")),), D("2026-06-30"), decided=D("2026-06-10"))
    )
    assert (made.first, made.last, made.days) == (D("2026-05-09"), D("2026-06-09"), 32)
    assert made.cents == (14 * 23 + 14 * 35 + 4 * 45) * 100
