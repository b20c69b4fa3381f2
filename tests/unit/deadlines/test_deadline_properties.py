"""What must hold for any dates, tried with invented ones."""

import json
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from processes.law import DeadlineRequest, Extension, LawBook, Suspension, compute, default_book
from processes.law.counting import why_closed

BOOK = default_book()
FORWARD = [(rule.code, rule.variant) for rule in BOOK.rules if not rule.backwards]
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def _within(start: date) -> st.SearchStrategy[date]:
    # Mostly around the ends of the terms, where standstill, weekends and extension meet.
    near_an_end = st.sampled_from([14, 28, 42, 84, 126]).flatmap(lambda end: st.integers(end - 8, end + 12))
    return (near_an_end | st.integers(0, 250)).map(lambda days: start + timedelta(days=days))


@st.composite
def suspensions(draw, start: date) -> Suspension:
    begin = draw(_within(start))
    return Suspension(begin, begin + timedelta(days=draw(st.integers(0, 60))), "awb-6-6")


@st.composite
def extensions(draw, start: date) -> Extension:
    until = draw(st.none() | _within(start))
    return Extension(draw(_within(start)), until, consent=until is not None and draw(st.booleans()))


@st.composite
def requests(draw, *, consents: bool = True) -> DeadlineRequest:
    start = draw(DAYS)
    if draw(st.booleans()):
        rule, variant = draw(st.sampled_from(FORWARD))
        what = {"rule": rule, "variant": variant}
    else:
        what = {
            "duration": draw(st.sampled_from(["P10D", "P2W", "P30D"])),
            "calendar": draw(st.sampled_from(["calendar", "working"])),
        }
    given_extensions = draw(st.lists(extensions(start), max_size=2))
    return DeadlineRequest(
        start=start,
        **what,
        suspensions=tuple(draw(st.lists(suspensions(start), max_size=3))),
        extensions=tuple(extension for extension in given_extensions if consents or not extension.consent),
    )


@settings(max_examples=300, deadline=None)
@given(requests())
def test_never_on_a_closed_day_where_the_law_moves_it(asked: DeadlineRequest) -> None:
    outcome = compute(asked)
    moves = outcome.rules and outcome.rules[-1].moves
    set_by_people = outcome.due in {extension.until for extension in asked.extensions}
    if moves and not set_by_people:
        assert outcome.due is not None
        assert why_closed(outcome.due, BOOK.equalised) is None


@settings(max_examples=400, deadline=None)
@given(requests(), st.integers(0, 2), st.integers(1, 60))
def test_never_earlier_when_suspended_longer(asked: DeadlineRequest, which: int, longer: int) -> None:
    if which >= len(asked.suspensions):
        return
    stretches = list(asked.suspensions)
    assert stretches[which].until is not None
    stretches[which] = replace(stretches[which], until=stretches[which].until + timedelta(days=longer))
    before, after = compute(asked).due, compute(replace(asked, suspensions=tuple(stretches))).due
    assert before is not None
    assert after is not None
    assert after >= before


@settings(max_examples=300, deadline=None)
@given(requests(), st.data())
def test_never_earlier_when_suspended_once_more(asked: DeadlineRequest, data: st.DataObject) -> None:
    more = replace(asked, suspensions=(*asked.suspensions, data.draw(suspensions(asked.start))))
    before, after = compute(asked).due, compute(more).due
    assert before is not None
    assert after is not None
    assert after >= before


@settings(max_examples=300, deadline=None)
@given(requests())
def test_the_explanation_holds_everything(asked: DeadlineRequest) -> None:
    """From the stored request and the rules it used the same date comes out, and the steps add up to it."""
    outcome = compute(asked)
    stored = DeadlineRequest.from_dict(json.loads(json.dumps(outcome.request.to_dict())))
    assert compute(stored, LawBook(outcome.rules, BOOK.closed_days)) == outcome
    assert asked.start + timedelta(days=sum(step.added for step in outcome.steps)) == outcome.due
    assert outcome.due == outcome.steps[-1].date
    assert outcome.due >= outcome.original


@settings(max_examples=200, deadline=None)
@given(requests())
def test_an_open_standstill_has_no_date_until_it_ends(asked: DeadlineRequest) -> None:
    """Begun on day 0 it always counts; whenever it ends, the date is not before the earliest that was promised."""
    still = replace(asked, suspensions=(*asked.suspensions, Suspension(asked.start, None)))
    opened = compute(still)
    assert opened.due is None
    assert opened.suspended_since is not None
    ended = replace(asked, suspensions=(*asked.suspensions, Suspension(asked.start, asked.start + timedelta(days=400))))
    due = compute(ended).due
    assert due is not None
    assert due >= opened.earliest
