"""Notices of default and what they cost: recorded, excluded, laid down, and explained (Awb 4:17, 4:18)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from corridor_house import NOOR, registration, tess
from sqlalchemy import select

from bench.ground import MovedClock
from processes.actions import act
from processes.actions.course import Withdraw
from processes.actions.penalty import ExcludePenalty, RegisterDefaultNotice, SetPenalty
from processes.actions.registering import NewDecision, NewParty
from processes.clock import local_date
from processes.database.tables import AuditRow, Case, DeadlineRow, DefaultNotice, NoteRow, NoticeRow, Party
from processes.errors import AlreadyDone, Invalid, NotAllowed, NotFound, NotNow
from processes.reads.citizen import read_case
from processes.reads.workbench import read_overview, read_today
from processes.verifying import verify

WHY = "Zo is het afgesproken."
ILSE = NewParty("objector", "Ilse Namaak", identity="bsn:999991863", channel="portal")


@pytest.fixture
def moved(ready):
    clock = MovedClock()
    return replace(ready, clock=clock), clock


def today(house):
    return local_date(house.clock.now())


def due(house):
    with house.sessions() as session:
        return session.scalars(select(DeadlineRow.due).where(DeadlineRow.code == "decide")).one()


def default(house, clock, number, late: int = 1):
    """A notice of default comes in, so many days after the term; the day on which the penalty starts."""
    clock.ahead += due(house) + timedelta(late) - today(house)
    act(house, NOOR, RegisterDefaultNotice(number, "decide", today(house)))
    return today(house) + timedelta(15)


def go_to(house, clock, day):
    clock.ahead += day - today(house)


def shown(house, number):
    return read_overview(house, NOOR, number).penalties[0]


def notices(house) -> list[DefaultNotice]:
    with house.sessions() as session:
        return list(session.scalars(select(DefaultNotice).order_by(DefaultNotice.id)))


def test_a_penalty_runs_and_every_side_sees_it(moved):
    house, clock = moved
    number = act(house, NOOR, registration(house, parties=(registration(house).parties[0], ILSE)))
    first = default(house, clock, number)
    line = shown(house, number)
    assert (line.penalty.state, line.penalty.first) == ("waiting", first)
    assert [one.state for one in read_today(house, NOOR).penalties] == ["waiting"]
    go_to(house, clock, first + timedelta(14))  # fourteen days of 23 euro and one of 35
    line = shown(house, number)
    assert (line.penalty.cents, line.penalty.daily) == (357_00, 35_00)
    assert line.shares == (("Tess Testeling", "€\xa0178,50"), ("Ilse Namaak", "€\xa0178,50"))
    (costs,) = read_today(house, NOOR).penalties
    assert (costs.number, costs.state, costs.daily, costs.total) == (number, "running", "€\xa035", "€\xa0357")
    seen = read_case(house, tess(house), number).penalties[0]
    assert seen.penalty == line.penalty
    assert sum(step.days * step.cents for step in seen.penalty.steps) == 357_00
    assert read_today(house, NOOR, "mine").penalties == ()


def test_a_notice_that_comes_too_early_starts_nothing_and_says_so(moved):
    house, clock = moved
    number = act(house, NOOR, registration(house))
    go_to(house, clock, due(house))
    act(house, NOOR, RegisterDefaultNotice(number, "decide", today(house)))
    with house.sessions() as session:
        note = session.scalars(select(NoteRow).order_by(NoteRow.id.desc())).first()
    assert "kwam te vroeg" in note.text
    go_to(house, clock, due(house) + timedelta(60))
    assert shown(house, number).penalty.state == "nothing"
    assert read_today(house, NOOR).penalties == ()
    with pytest.raises(NotNow, match="geen dwangsom verschuldigd"):
        act(house, NOOR, SetPenalty(number, "decide"))


def test_the_amount_is_laid_down_after_the_last_day_also_when_the_case_has_closed(moved):
    house, clock = moved
    number = act(house, NOOR, registration(house))
    first = default(house, clock, number)
    go_to(house, clock, first + timedelta(3))
    with pytest.raises(NotNow, match="loopt nog"):
        act(house, NOOR, SetPenalty(number, "decide"))
    act(house, NOOR, Withdraw(number, "Opgelost"))  # today is no longer a day of being late: three days count
    line = shown(house, number)
    assert (line.penalty.cents, line.may_set, line.late) == (69_00, True, False)
    assert [one.state for one in read_today(house, NOOR).penalties] == ["ended"]
    go_to(house, clock, line.penalty.lay_down_by + timedelta(1))
    assert shown(house, number).late
    act(house, NOOR, SetPenalty(number, "decide"))
    row = notices(house)[0]
    assert (row.set_on, row.amount_cents) == (today(house), 69_00)
    with house.sessions() as session:
        letter = session.scalars(select(NoticeRow).where(NoticeRow.template == "penalty-set")).one()
        audited = {one.action for one in session.scalars(select(AuditRow))}
    assert "€\xa069" in letter.body
    assert "3 dagen van €\xa023" in letter.body
    assert {"default_notice", "set_penalty"} <= audited
    assert read_today(house, NOOR).penalties == ()
    with pytest.raises(AlreadyDone):
        act(house, NOOR, SetPenalty(number, "decide"))
    with pytest.raises(NotNow, match="al vastgesteld"):
        act(house, NOOR, ExcludePenalty(number, row.id, "onredelijk_laat", WHY))
    assert [problem for problem in verify(house) if problem.code == "audit_broken"] == []


def test_a_notice_is_excluded_with_a_ground_and_a_reason_and_the_ground_may_fall(moved):
    house, clock = moved
    number = act(house, NOOR, registration(house))
    go_to(house, clock, default(house, clock, number))
    row = notices(house)[0]
    for ground, reason, field in (("verzonnen", WHY, "ground"), ("", WHY, "ground"), ("kennelijk", " ", "reason")):
        with pytest.raises(Invalid) as refused:
            act(house, NOOR, ExcludePenalty(number, row.id, ground, reason))
        assert set(refused.value.fields) == {field}
    act(house, NOOR, ExcludePenalty(number, row.id, "kennelijk", WHY))
    line = shown(house, number)
    assert (line.penalty.state, line.notices[0].reason) == ("nothing", WHY)
    assert read_today(house, NOOR).penalties == ()
    act(house, NOOR, ExcludePenalty(number, row.id, None, "Toch niet kennelijk."))
    assert shown(house, number).penalty.cents == 23_00


def test_who_is_no_interested_party_has_no_share(moved):
    house, clock = moved
    number = act(house, NOOR, registration(house, parties=(registration(house).parties[0], ILSE)))
    first = default(house, clock, number)
    with house.sessions() as session:
        ilse = session.scalars(select(Party.id).where(Party.name == ILSE.name)).one()
    act(house, NOOR, RegisterDefaultNotice(number, "decide", today(house), ilse))
    act(house, NOOR, ExcludePenalty(number, notices(house)[1].id, "geen_belanghebbende", WHY))
    go_to(house, clock, first)
    line = shown(house, number)
    assert (line.penalty.shares, line.shares) == ((23_00,), ())


def test_a_bezwaar_against_a_woo_decision_has_no_penalty(moved):
    house, clock = moved
    day = today(house) - timedelta(10)
    number = act(house, NOOR, registration(house, decisions=(NewDecision("Woo", "W-1", None, day, woo=True),)))
    go_to(house, clock, default(house, clock, number))
    line = shown(house, number)
    assert (line.penalty.state, line.penalty.steps[0].article) == ("nothing", "Woo 8.2")
    assert read_today(house, NOOR).penalties == ()


def test_a_notice_that_cannot_be_is_refused(moved):
    house, clock = moved
    number = act(house, NOOR, registration(house))
    default(house, clock, number)
    with house.sessions() as session:
        received = session.scalars(select(Case.received_on)).one()
    for day, party, field in (
        (today(house) + timedelta(1), None, "received_on"),
        (received - timedelta(1), None, "received_on"),
        (today(house), 999_999, "party"),
    ):
        with pytest.raises(Invalid) as refused:
            act(house, NOOR, RegisterDefaultNotice(number, "decide", day, party))
        assert set(refused.value.fields) == {field}
    with pytest.raises(AlreadyDone):
        act(house, NOOR, RegisterDefaultNotice(number, "decide", today(house)))
    with pytest.raises(NotFound):
        act(house, NOOR, RegisterDefaultNotice(number, "repair", today(house)))
    with pytest.raises(NotFound):
        act(house, NOOR, ExcludePenalty(number, 999_999, "kennelijk", WHY))
    with pytest.raises(NotAllowed):
        act(house, tess(house), RegisterDefaultNotice(number, "decide", today(house)))
