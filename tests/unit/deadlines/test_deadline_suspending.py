"""Force majeure: it stops a term where the law says so, once at a time, and only before the term has ended."""

from dataclasses import replace
from datetime import date

import pytest

from processes.law import DeadlineRequest, Suspension, SuspensionRefused, check_suspension, compute, ground_of

# announced Monday 1 June 2026: objection until 13 July, then 6 weeks: Monday 24 August 2026
BEZWAAR = DeadlineRequest(start=date(2026, 6, 1), rule="awb-7-10")


def since(day: date, until: date | None = None) -> Suspension:
    return Suspension(day, until, "force-majeure")


def test_j12_force_majeure_stops_the_term_on_its_own_first_day() -> None:
    """'Zolang' (4:15, second paragraph, c): it has no 'day after'."""
    assert compute(BEZWAAR).due == date(2026, 8, 24)
    still = check_suspension(BEZWAAR, since(date(2026, 8, 3)))
    assert (still.due, still.suspended_since) == (None, date(2026, 8, 3))
    # 3 to 9 August are seven days: 24 August + 7 = Monday 31 August
    over = compute(replace(BEZWAAR, suspensions=(since(date(2026, 8, 3), date(2026, 8, 10)),)))
    assert over.due == date(2026, 8, 31)
    assert any("Awb 4:15" in step.article for step in over.steps)
    # also on the last day of the term, and for one day
    assert check_suspension(BEZWAAR, since(date(2026, 8, 24))).due is None
    one = compute(replace(BEZWAAR, suspensions=(since(date(2026, 8, 5), date(2026, 8, 6)),)))
    assert one.due == date(2026, 8, 25)


@pytest.mark.parametrize(
    ("ground", "first", "again"),
    [
        ("awb-6-6", date(2026, 8, 4), date(2026, 8, 10)),  # 7:10(2): from the day after, until the day of the repair
        ("awb-4-15", date(2026, 8, 4), date(2026, 8, 10)),
        ("force-majeure", date(2026, 8, 3), date(2026, 8, 10)),
        ("woo-4-4", date(2026, 8, 4), date(2026, 8, 11)),  # 'tot en met' the day of the view
        ("van vroeger", date(2026, 8, 4), date(2026, 8, 10)),
    ],
)
def test_j12_each_ground_says_which_days_at_its_edges_stand_still(ground: str, first: date, again: date) -> None:
    """Of a cause on 3 August and an answer on 10 August."""
    found = ground_of(ground)
    assert (found.first(date(2026, 8, 3)), found.counts_again(date(2026, 8, 10))) == (first, again)
    stands = compute(replace(BEZWAAR, suspensions=(Suspension(date(2026, 8, 3), None, ground),)))
    assert stands.suspended_since == first


def test_also_while_another_ground_makes_it_stand_still() -> None:
    repair = replace(BEZWAAR, suspensions=(Suspension(date(2026, 8, 1), None, "awb-6-6"),))
    assert check_suspension(repair, since(date(2026, 8, 3))).due is None


@pytest.mark.parametrize(
    ("request_", "day", "words"),
    [
        (replace(BEZWAAR, suspensions=(since(date(2026, 8, 1)),)), date(2026, 8, 3), "staat al stil"),
        (BEZWAAR, date(2026, 8, 25), "al voorbij"),
        (DeadlineRequest(start=date(2026, 6, 1), rule="awb-9-11"), date(2026, 6, 3), "De wet kent"),
        (DeadlineRequest(start=date(2026, 6, 1), rule="awb-8-42"), date(2026, 6, 3), "De wet kent"),
        (DeadlineRequest(start=date(2026, 6, 1), duration="P14D"), date(2026, 6, 3), "De wet kent"),
    ],
)
def test_it_is_refused_with_the_reason(request_: DeadlineRequest, day: date, words: str) -> None:
    with pytest.raises(SuspensionRefused, match=words):
        check_suspension(request_, since(day))
