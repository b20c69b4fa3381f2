"""Force majeure: it stops a term where the law says so, once at a time, and only before the term has ended."""

from dataclasses import replace
from datetime import date

import pytest

from processes.law import DeadlineRequest, Suspension, SuspensionRefused, check_suspension, compute

# announced Monday 1 June 2026: objection until 13 July, then 6 weeks: Monday 24 August 2026
BEZWAAR = DeadlineRequest(start=date(2026, 6, 1), rule="awb-7-10")


def since(day: date, until: date | None = None) -> Suspension:
    return Suspension(day, until, "force-majeure")


def test_it_stands_still_and_goes_on() -> None:
    assert compute(BEZWAAR).due == date(2026, 8, 24)
    still = check_suspension(BEZWAAR, since(date(2026, 8, 3)))
    assert (still.due, still.suspended_since) == (None, date(2026, 8, 4))
    # 4 to 9 August are six days: 24 August + 6 = Sunday 30 August, so Monday the 31st
    over = compute(replace(BEZWAAR, suspensions=(since(date(2026, 8, 3), date(2026, 8, 10)),)))
    assert over.due == date(2026, 8, 31)
    assert any("Awb 4:15" in step.article for step in over.steps)


def test_also_while_another_ground_makes_it_stand_still() -> None:
    repair = replace(BEZWAAR, suspensions=(Suspension(date(2026, 8, 1), None, "awb-6-6"),))
    assert check_suspension(repair, since(date(2026, 8, 3))).due is None


@pytest.mark.parametrize(
    ("request_", "day", "words"),
    [
        (replace(BEZWAAR, suspensions=(since(date(2026, 8, 1)),)), date(2026, 8, 3), "staat al stil"),
        (BEZWAAR, date(2026, 8, 24), "al voorbij"),
        (DeadlineRequest(start=date(2026, 6, 1), rule="awb-9-11"), date(2026, 6, 3), "De wet kent"),
        (DeadlineRequest(start=date(2026, 6, 1), rule="awb-8-42"), date(2026, 6, 3), "De wet kent"),
        (DeadlineRequest(start=date(2026, 6, 1), duration="P14D"), date(2026, 6, 3), "De wet kent"),
    ],
)
def test_it_is_refused_with_the_reason(request_: DeadlineRequest, day: date, words: str) -> None:
    with pytest.raises(SuspensionRefused, match=words):
        check_suspension(request_, since(day))
