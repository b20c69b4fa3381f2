"""Notices of default and what they cost: recorded, excluded, laid down, and explained (Awb 4:17, 4:18)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from execution_kit import registration, tess
from kit.barring import barred_in
from kit.business_time import FixedClock
from kit.cases import due_of, make_secret, rows, today
from kit.people import FENNA, NOOR, PIET, SEM, known
from sqlalchemy import select

from processes.actions import act
from processes.actions.dated import SaveSetting
from processes.actions.penalty import ExcludePenalty, RegisterDefaultNotice, SetPenalty
from processes.actions.registering import NewDecision, NewParty
from processes.actions.withdrawing import Withdraw
from processes.base.actor import Actor
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound, NotNow
from processes.dated.typed_settings import TypedSetting
from processes.jobs.verification import verify
from processes.jobs.workers import drain
from processes.reads.admin import check_setting
from processes.reads.citizen import read_case
from processes.reads.workbench import WaitingKind, read_overview, read_today, read_waiting
from processes.storage.tables import AuditRow, Case, DefaultNotice, NoteRow, NoticeRow, Party

WHY = "Zo is het afgesproken."
ILSE = NewParty("objector", "Ilse Namaak", identity="bsn:999991863", channel="portal")


@pytest.fixture
def moved(ready):
    clock = FixedClock()
    return replace(ready, clock=clock), clock


def default(services, clock, number, late: int = 1):
    """A notice of default comes in, so many days after the term; the day on which the penalty starts."""
    clock.ahead += due_of(services, code="decide") + timedelta(late) - today(services)
    act(services, NOOR, RegisterDefaultNotice(number, "decide", today(services)))
    return today(services) + timedelta(15)


def go_to(services, clock, day):
    clock.ahead += day - today(services)


def shown(services, number):
    return read_overview(services, NOOR, number).penalties[0]


def costing(services, whose="all"):
    return read_waiting(services, NOOR, WaitingKind.PENALTIES, whose).list.items


def notices(services) -> list[DefaultNotice]:
    with services.sessions() as session:
        return list(session.scalars(select(DefaultNotice).order_by(DefaultNotice.id)))


def test_a_penalty_runs_and_every_side_sees_it(moved):
    services, clock = moved
    number = act(services, NOOR, registration(services, parties=(registration(services).parties[0], ILSE)))
    first = default(services, clock, number)
    line = shown(services, number)
    assert (line.penalty.state, line.penalty.first) == ("waiting", first)
    assert [one.state for one in costing(services)] == ["waiting"]
    go_to(services, clock, first + timedelta(14))  # fourteen days of 23 euro and one of 35
    line = shown(services, number)
    assert (line.penalty.cents, line.penalty.daily) == (357_00, 35_00)
    assert line.shares == (("Tess Testeling", "€\xa0178,50"), ("Ilse Namaak", "€\xa0178,50"))
    (costs,) = costing(services)
    assert (costs.number, costs.state, costs.daily, costs.total) == (number, "running", "€\xa035", "€\xa0357")
    seen = read_case(services, tess(services), number).penalties[0]
    assert seen.penalty == line.penalty
    assert sum(step.days * step.cents for step in seen.penalty.steps) == 357_00
    assert costing(services, "mine") == ()


def test_j13_a_changed_tariff_moves_a_penalty_that_runs_as_was_told_beforehand(moved):
    services, clock = moved
    number = act(services, NOOR, registration(services))
    go_to(services, clock, default(services, clock, number))
    assert shown(services, number).penalty.daily == 23_00
    values = {"days_1": "14", "cents_1": "25", "days_2": "14", "cents_2": "37", "days_3": "14", "cents_3": "50",
              "source": "Een verzonnen Staatscourant", "checked_on": "2020-01-01", "certainty": "sure"}  # fmt: skip
    typed = TypedSetting("tariff", "dwangsom", "2026-01-01", values, "Indexering.")
    effect = check_setting(services, FENNA, typed).effect
    assert [(one.number, one.before, one.after) for one in effect.first] == [(number, "€\xa023", "€\xa025")]
    act(services, FENNA, SaveSetting(typed))
    drain(services)
    assert shown(services, number).penalty.daily == 25_00
    assert [one.daily for one in costing(services)] == ["€\xa025"]


def test_a_notice_that_comes_too_early_starts_nothing_and_says_so(moved):
    services, clock = moved
    number = act(services, NOOR, registration(services))
    go_to(services, clock, due_of(services, code="decide"))
    act(services, NOOR, RegisterDefaultNotice(number, "decide", today(services)))
    with services.sessions() as session:
        note = session.scalars(select(NoteRow).order_by(NoteRow.id.desc())).first()
    assert "kwam te vroeg" in note.text
    go_to(services, clock, due_of(services, code="decide") + timedelta(60))
    assert shown(services, number).penalty.state == "nothing"
    assert costing(services) == ()
    with pytest.raises(NotNow, match="geen dwangsom verschuldigd"):
        act(services, SEM, SetPenalty(number, "decide"))


def test_the_amount_is_laid_down_after_the_last_day_also_when_the_case_has_closed(moved):
    services, clock = moved
    number = act(services, NOOR, registration(services))
    first = default(services, clock, number)
    go_to(services, clock, first + timedelta(3))
    with pytest.raises(NotNow, match="loopt nog"):
        act(services, SEM, SetPenalty(number, "decide"))
    act(services, NOOR, Withdraw(number, "Opgelost"))  # today is no longer a day of being late: three days count
    line = shown(services, number)
    assert (line.penalty.cents, line.may_set, line.late) == (69_00, True, False)
    assert [one.state for one in costing(services)] == ["ended"]
    go_to(services, clock, line.penalty.lay_down_by + timedelta(1))
    assert shown(services, number).late
    act(services, SEM, SetPenalty(number, "decide"))
    row = notices(services)[0]
    assert (row.set_on, row.amount_cents) == (today(services), 69_00)
    with services.sessions() as session:
        letter = session.scalars(select(NoticeRow).where(NoticeRow.template == "penalty-set")).one()
        audited = {one.action for one in session.scalars(select(AuditRow))}
    assert "€\xa069" in letter.body
    assert "3 dagen van €\xa023" in letter.body
    assert {"default_notice", "set_penalty"} <= audited
    assert costing(services) == ()
    with pytest.raises(AlreadyDone):
        act(services, SEM, SetPenalty(number, "decide"))
    with pytest.raises(NotNow, match="al vastgesteld"):
        act(services, SEM, ExcludePenalty(number, row.id, "onredelijk_laat", WHY))
    assert [problem for problem in verify(services) if problem.code == "audit_broken"] == []


def test_j4_only_who_decides_lays_a_penalty_down_or_says_that_there_is_none(moved):
    """Awb 4:18 and 10:1: that a penalty is due, and how much, is a decision of its own. The trail tells by whom, for which body and when."""
    services, clock = moved
    number = act(services, NOOR, registration(services))
    go_to(services, clock, default(services, clock, number) + timedelta(45))
    row = notices(services)[0]
    decisions = (
        (ExcludePenalty(number, row.id, "kennelijk", WHY), "exclude_penalty"),
        (ExcludePenalty(number, row.id, None, WHY), "exclude_penalty"),
        (SetPenalty(number, "decide"), "set_penalty"),
    )
    for decision, audited in decisions:
        for who in (NOOR, FENNA, Actor("system", "system", "Zaakspoor")):
            with pytest.raises(NotAllowed):
                act(services, who, decision)
        act(services, SEM, decision)
        detail = rows(services, AuditRow, action=audited)[-1].detail
        assert (detail["by"], detail["body"], detail["day"]) == ("mandaat", "college", today(services).isoformat())
    assert notices(services)[0].amount_cents == 1442_00


def test_a_notice_is_excluded_with_a_ground_and_a_reason_and_the_ground_may_fall(moved):
    services, clock = moved
    number = act(services, NOOR, registration(services))
    go_to(services, clock, default(services, clock, number))
    row = notices(services)[0]
    for ground, reason, field in (("verzonnen", WHY, "ground"), ("", WHY, "ground"), ("kennelijk", " ", "reason")):
        with pytest.raises(Invalid) as refused:
            act(services, SEM, ExcludePenalty(number, row.id, ground, reason))
        assert set(refused.value.fields) == {field}
    act(services, SEM, ExcludePenalty(number, row.id, "kennelijk", WHY))
    line = shown(services, number)
    assert (line.penalty.state, line.notices[0].reason) == ("nothing", WHY)
    assert costing(services) == ()
    act(services, SEM, ExcludePenalty(number, row.id, None, "Toch niet kennelijk."))
    assert shown(services, number).penalty.cents == 23_00


def test_who_is_no_interested_party_has_no_share(moved):
    services, clock = moved
    number = act(services, NOOR, registration(services, parties=(registration(services).parties[0], ILSE)))
    first = default(services, clock, number)
    with services.sessions() as session:
        ilse = session.scalars(select(Party.id).where(Party.name == ILSE.name)).one()
    act(services, NOOR, RegisterDefaultNotice(number, "decide", today(services), ilse))
    act(services, SEM, ExcludePenalty(number, notices(services)[1].id, "geen_belanghebbende", WHY))
    go_to(services, clock, first)
    line = shown(services, number)
    assert (line.penalty.shares, line.shares) == ((23_00,), ())


def test_a_bezwaar_against_a_woo_decision_has_no_penalty(moved):
    services, clock = moved
    day = today(services) - timedelta(10)
    number = act(services, NOOR, registration(services, decisions=(NewDecision("Woo", "W-1", None, day, woo=True),)))
    go_to(services, clock, default(services, clock, number))
    line = shown(services, number)
    assert (line.penalty.state, line.penalty.steps[0].article) == ("nothing", "Woo 8.2")
    assert costing(services) == ()


def test_a_notice_that_cannot_be_is_refused(moved):
    services, clock = moved
    number = act(services, NOOR, registration(services))
    default(services, clock, number)
    with services.sessions() as session:
        received = session.scalars(select(Case.received_on)).one()
    for day, party, field in (
        (today(services) + timedelta(1), None, "received_on"),
        (received - timedelta(1), None, "received_on"),
        (today(services), 999_999, "party"),
    ):
        with pytest.raises(Invalid) as refused:
            act(services, NOOR, RegisterDefaultNotice(number, "decide", day, party))
        assert set(refused.value.fields) == {field}
    with pytest.raises(AlreadyDone):
        act(services, NOOR, RegisterDefaultNotice(number, "decide", today(services)))
    with pytest.raises(NotFound):
        act(services, NOOR, RegisterDefaultNotice(number, "repair", today(services)))
    with pytest.raises(NotFound):
        act(services, SEM, ExcludePenalty(number, 999_999, "kennelijk", WHY))
    with pytest.raises(NotAllowed):
        act(services, tess(services), RegisterDefaultNotice(number, "decide", today(services)))


@pytest.mark.parametrize("why", ["above the clearance", "about the reader"])
def test_w17_what_a_hidden_case_costs_is_told_to_nobody_else(moved, why) -> None:
    """Neither in the list nor in its counter, nor on Vandaag."""
    services, clock = moved
    default(services, clock, number := act(services, NOOR, registration(services)))
    assert [one.number for one in read_waiting(services, PIET, WaitingKind.PENALTIES, "all").list.items] == [number]
    known(services, PIET, "piet@voorbeeldstad.example")
    with services.sessions.begin() as session:
        session.query(Case).update({Case.handler: NOOR.subject})
        if why == "about the reader":
            barred_in(session, PIET.subject)
    if why == "above the clearance":
        make_secret(services, number)
    today_of_piet = read_today(services, PIET)
    assert read_waiting(services, PIET, WaitingKind.PENALTIES, "all").list.items == ()
    assert today_of_piet.waits[WaitingKind.PENALTIES] == 0
    assert today_of_piet.bands == ()
    assert [one.number for one in costing(services)] == [number]
