"""The penalty of a late decision (Awb 4:17, 4:18): tables worked out by hand, and what holds for any dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processes.law import LawBook, Notice, PenaltyRequest, Tariff, default_book, penalty
from processes.law.errors import BadRecord, BadRequest, UnknownRule
from processes.law.penalty import BARS, EXCLUSIONS, shares_of

DUE = date(2026, 3, 2)  # a Monday
NOTICE = date(2026, 3, 3)  # the two weeks then run to and including Tuesday 17 March; 18 March is the first day
FIRST = date(2026, 3, 18)


def asked(*notices: date, today: date, **more) -> PenaltyRequest:
    return PenaltyRequest(DUE, tuple(Notice(day) for day in notices or (NOTICE,)), today, **more)


@pytest.mark.parametrize(
    ("today", "days", "cents", "daily", "state"),
    [
        (date(2026, 3, 3), 0, 0, 0, "waiting"),
        (date(2026, 3, 17), 0, 0, 0, "waiting"),
        (FIRST, 1, 23_00, 23_00, "running"),
        (date(2026, 3, 22), 5, 115_00, 23_00, "running"),  # a Sunday counts
        (date(2026, 3, 31), 14, 322_00, 23_00, "running"),
        (date(2026, 4, 1), 15, 357_00, 35_00, "running"),
        (date(2026, 4, 14), 28, 812_00, 35_00, "running"),
        (date(2026, 4, 15), 29, 857_00, 45_00, "running"),
        (date(2026, 4, 27), 41, 1397_00, 45_00, "running"),  # King's birthday counts
        (date(2026, 4, 28), 42, 1442_00, 0, "ended"),
        (date(2027, 4, 28), 42, 1442_00, 0, "ended"),
    ],
)
def test_every_day_of_being_late_has_its_price(today: date, days: int, cents: int, daily: int, state: str) -> None:
    found = penalty(asked(today=today))
    assert (found.days, found.cents, found.daily, found.state) == (days, cents, daily, state)
    assert found.first == FIRST


@pytest.mark.parametrize(
    ("decided", "days"),
    [
        (date(2026, 3, 17), 0),
        (FIRST, 0),  # decided on the first day: then nobody is late on it
        (date(2026, 3, 19), 1),
        (date(2026, 4, 28), 41),
        (date(2026, 4, 29), 42),
        (date(2026, 8, 1), 42),
    ],
)
def test_it_stops_at_the_day_of_the_decision(decided: date, days: int) -> None:
    found = penalty(asked(today=date(2026, 9, 1), decided=decided))
    assert (found.days, found.state, found.daily) == (days, "ended", 0)


@pytest.mark.parametrize(
    ("last", "by"),
    [
        # the last day, two weeks, and off a closed day: 28 April + 14 = 12 May, a Tuesday
        (date(2026, 4, 28), date(2026, 5, 12)),
        # 30 April + 14 = 14 May, Ascension; 15 May is equalised, then a weekend
        (date(2026, 4, 30), date(2026, 5, 18)),
    ],
)
def test_the_amount_is_laid_down_within_two_weeks_after_the_last_day(last: date, by: date) -> None:
    notice = last - timedelta(42 + 14)
    found = penalty(PenaltyRequest(notice - timedelta(1), (Notice(notice),), date(2026, 9, 1)))
    assert (found.last, found.lay_down_by) == (last, by)


def test_a_notice_before_the_term_has_passed_starts_nothing_and_says_so() -> None:
    for day in (date(2026, 2, 1), DUE):
        found = penalty(asked(day, today=date(2026, 6, 1)))
        assert (found.state, found.cents) == ("nothing", 0)
        assert "te vroeg" in found.steps[-1].sentence
    assert penalty(PenaltyRequest(None, (Notice(NOTICE),), date(2026, 6, 1))).state == "nothing"


def test_of_several_notices_the_first_that_counts_starts_the_one_penalty() -> None:
    found = penalty(asked(date(2026, 2, 1), NOTICE, date(2026, 3, 9), today=date(2026, 6, 1)))
    assert found.notice == Notice(NOTICE)
    assert found.cents == 1442_00
    sentences = " ".join(step.sentence for step in found.steps)
    assert "te vroeg" in sentences
    assert "geen tweede dwangsom" in sentences


def test_a_notice_after_the_decision_starts_nothing() -> None:
    found = penalty(asked(date(2026, 3, 9), today=date(2026, 6, 1), decided=date(2026, 3, 9)))
    assert found.state == "nothing"
    assert "niet meer te laat" in found.steps[-1].sentence


@pytest.mark.parametrize("ground", EXCLUSIONS)
def test_an_excluded_notice_gives_no_penalty_but_a_later_one_may(ground: str) -> None:
    out, later = Notice(NOTICE, ground), Notice(date(2026, 3, 9))
    found = penalty(PenaltyRequest(DUE, (out,), date(2026, 6, 1)))
    assert (found.state, found.steps[-1].article) == ("nothing", EXCLUSIONS[ground][1])
    assert penalty(PenaltyRequest(DUE, (out, later), date(2026, 6, 1))).notice == later


@pytest.mark.parametrize(
    ("came_in", "excluded", "shared"),
    [
        (date(2025, 12, 31), "Awb 4:17, lid 6, onder a", "Awb 4:17, lid 7"),  # as it was numbered until the Wmebv
        (date(2026, 1, 1), "Awb 4:17, lid 5, onder a", "Awb 4:17, lid 6"),
    ],
)
def test_j14_the_paragraphs_of_the_penalty_are_those_of_the_day_on_which_the_notice_came_in(
    came_in: date, excluded: str, shared: str
) -> None:
    due, today = date(2025, 12, 1), date(2026, 2, 2)
    out = penalty(PenaltyRequest(due, (Notice(came_in, "onredelijk_laat"),), today))
    assert out.steps[-1].article == excluded
    assert penalty(PenaltyRequest(due, (Notice(came_in),), today, applicants=2)).steps[-1].article == shared


@pytest.mark.parametrize("bar", BARS)
def test_where_the_law_has_no_penalty_there_is_none(bar: str) -> None:
    found = penalty(asked(today=date(2026, 6, 1), bar=bar))
    assert (found.state, found.cents, found.steps[0].article) == ("nothing", 0, BARS[bar][1])


def test_the_law_has_a_penalty_for_a_bezwaar_and_for_a_request_and_for_nothing_else_here() -> None:
    assert {rule.code for rule in default_book().rules if rule.penalty} == {"awb-7-10", "awb-4-13"}


def test_before_2019_a_day_cost_less() -> None:
    found = penalty(PenaltyRequest(date(2018, 3, 1), (Notice(date(2018, 3, 2)),), date(2018, 9, 1)))
    assert found.cents == 1260_00


@pytest.mark.parametrize(("came_in", "daily"), [(date(2018, 12, 31), 20_00), (date(2019, 1, 1), 23_00)])
def test_j13_the_tariff_is_that_of_the_day_on_which_the_notice_came_in(came_in: date, daily: int) -> None:
    found = penalty(PenaltyRequest(date(2018, 12, 1), (Notice(came_in),), came_in + timedelta(days=20)))
    assert (found.state, found.daily) == ("running", daily)  # both begin in 2019


@pytest.mark.parametrize(("cents", "applicants", "parts"), [(1442_00, 3, (480_68, 480_66, 480_66)), (1, 2, (1, 0))])
def test_what_cannot_be_divided_goes_to_the_first(cents: int, applicants: int, parts: tuple[int, ...]) -> None:
    assert shares_of(cents, applicants) == parts


def test_nonsense_is_refused() -> None:
    with pytest.raises(BadRequest):
        asked(today=DUE, applicants=0)
    with pytest.raises(BadRequest):
        asked(today=DUE, bar="zomaar")
    with pytest.raises(BadRequest):
        Notice(DUE, "zomaar")
    with pytest.raises(BadRecord):
        Tariff((), DUE)
    with pytest.raises(BadRecord):
        Tariff(((14, 23.5),), DUE)
    with pytest.raises(BadRecord):
        Tariff.from_dict({"steps": [[14, 2300]], "valid_from": "2026-01-01", "amuont": 1})
    with pytest.raises(BadRecord, match="twee tarieven"):
        LawBook((), tariffs=(Tariff(((14, 1),), DUE), Tariff(((14, 2),), NOTICE)))
    with pytest.raises(UnknownRule, match="tarief"):
        LawBook(default_book().rules).tariff(DUE)


DAYS = st.integers(-30, 120).map(lambda days: DUE + timedelta(days))


@st.composite
def requests(draw) -> PenaltyRequest:
    notices = tuple(Notice(day) for day in draw(st.lists(DAYS, max_size=3)))
    return PenaltyRequest(DUE, notices, draw(DAYS), draw(st.none() | DAYS), draw(st.integers(1, 7)))


@settings(max_examples=300, deadline=None)
@given(requests())
def test_adding_up_the_steps_gives_the_amount_and_it_never_passes_the_maximum(request_: PenaltyRequest) -> None:
    found = penalty(request_)
    assert sum(step.days * step.cents for step in found.steps) == found.cents == sum(found.shares)
    assert sum(step.days for step in found.steps) == found.days <= 42
    assert found.cents <= 1442_00
    assert not found.shares or max(found.shares) - min(found.shares) < request_.applicants


@settings(max_examples=200, deadline=None)
@given(requests(), st.integers(1, 60))
def test_it_never_gets_less_with_the_days(request_: PenaltyRequest, more: int) -> None:
    later = PenaltyRequest(
        DUE, request_.notices, request_.today + timedelta(more), request_.decided, request_.applicants
    )
    assert penalty(later).cents >= penalty(request_).cents


@settings(max_examples=200, deadline=None)
@given(requests())
def test_nothing_before_the_term_has_passed_nor_in_the_two_weeks_after_the_notice(request_: PenaltyRequest) -> None:
    found = penalty(request_)
    if found.first and found.notice:
        assert found.notice.received_on > DUE
        assert found.first == found.notice.received_on + timedelta(15)
