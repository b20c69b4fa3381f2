"""What a worker may do with a term where the drawing has no element for it; every change is told in writing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from corridor_house import INTAKE, NOOR, count, open_task, registration
from sqlalchemy import select

from bench.ground import MovedClock
from processes.actions import act
from processes.actions.course import Withdraw
from processes.actions.registering import NewDecision
from processes.actions.tasks import CompleteTask
from processes.actions.terms import EndSuspension, LengthenTerm, SuspendTerm
from processes.clock import local_date
from processes.database.tables import AuditRow, DeadlineRow, NoteRow, NoticeRow
from processes.errors import CaseClosed, Invalid, NotFound, NotNow
from processes.post.dutch import long_date

WHY = "Het stadhuis staat onder water."


@pytest.fixture
def moved(ready):
    clock = MovedClock()
    return replace(ready, clock=clock), clock


def row(house, code="decide") -> DeadlineRow:
    with house.sessions() as session:
        return session.scalars(select(DeadlineRow).where(DeadlineRow.code == code)).one()


def letters(house, template) -> list[NoticeRow]:
    with house.sessions() as session:
        return list(session.scalars(select(NoticeRow).where(NoticeRow.template == template)))


def today(house):
    return local_date(house.clock.now())


def test_force_majeure_stops_the_term_and_it_goes_on_later(moved):
    house, clock = moved
    # announced fifty days ago: the term to object is over, so the term to decide runs and can stand still
    announced = NewDecision("Parkeervergunning", "PV-1", None, today(house) - timedelta(50), "parkeren")
    number, before = act(house, NOOR, registration(house, decisions=(announced,))), row(house).due
    act(house, NOOR, SuspendTerm(number, "decide", today(house), WHY))
    assert (row(house).due, row(house).warn_on) == (None, None)
    (letter,) = letters(house, "term-suspend")
    assert WHY in letter.body
    assert "staat nu stil" in letter.body
    with pytest.raises(Invalid, match="staat al stil"):
        act(house, NOOR, SuspendTerm(number, "decide", today(house), WHY))
    clock.ahead += timedelta(15)
    # the first day that stands still is the day after the cause, the day of the end counts again: 14 days
    act(house, NOOR, EndSuspension(number, "decide", today(house), "Het water is weg."))
    after = row(house)
    assert timedelta(14) <= after.due - before <= timedelta(17)
    assert after.warn_on is not None
    (letter,) = letters(house, "term-resume")
    assert long_date(after.due) in letter.body
    with house.sessions() as session:
        notes = [note.text for note in session.scalars(select(NoteRow).order_by(NoteRow.id))]
        verbs = [a.detail["verb"] for a in session.scalars(select(AuditRow).where(AuditRow.action == "change_term"))]
    assert "stil door overmacht" in notes[-2]
    assert "Het water is weg." in notes[-1]
    assert sorted(verbs) == ["resume", "suspend"]
    with pytest.raises(NotNow, match="niet stil door overmacht"):
        act(house, NOOR, EndSuspension(number, "decide", today(house), WHY))


def test_the_drawing_does_not_end_what_a_worker_stopped(moved):
    house, clock = moved
    number = act(house, NOOR, registration(house))
    act(house, NOOR, SuspendTerm(number, "decide", today(house), WHY))
    act(
        house, NOOR, CompleteTask(open_task(house, "Intake"), {**INTAKE, "complete": False, "missing_items": "redenen"})
    )
    assert [one["ground"] for one in row(house).suspensions] == ["force-majeure", "awb-6-6"]
    clock.ahead += timedelta(2)
    act(house, NOOR, CompleteTask(open_task(house, "RepairByCitizen"), {"repair_text": "Mijn redenen"}))
    by_hand, drawn = row(house).suspensions
    assert (by_hand["until"], row(house).due) == (None, None)
    assert drawn["until"] == today(house).isoformat()
    act(house, NOOR, EndSuspension(number, "decide", today(house), "Voorbij."))
    assert row(house).due is not None


def test_a_later_date_with_consent_is_kept_with_who_and_when(moved):
    house, _ = moved
    number, before = act(house, NOOR, registration(house)), row(house).due
    later = before + timedelta(30)
    agreed = LengthenTerm(number, "decide", later, "Wij wachten op een rapport.", True, today(house), "Tess Testeling")
    act(house, NOOR, agreed)
    assert row(house).due == later
    kept = row(house).extensions[0]
    assert kept == {
        "on": today(house).isoformat(), "until": later.isoformat(), "consent": True, "agreed_by": "Tess Testeling",
    }  # fmt: skip
    (letter,) = letters(house, "term-consent")
    assert long_date(later) in letter.body
    with house.sessions() as session:
        note = session.scalars(select(NoteRow).order_by(NoteRow.id.desc())).first()
    assert "Tess Testeling" in note.text
    with pytest.raises(Invalid, match="niet later"):
        act(house, NOOR, agreed)  # the same once more, by a second person


def test_extending_is_possible_once_as_the_law_says(moved):
    house, _ = moved
    number, before = act(house, NOOR, registration(house)), row(house).due
    act(house, NOOR, LengthenTerm(number, "decide", None, "Er is meer onderzoek nodig."))
    assert timedelta(42) <= row(house).due - before <= timedelta(46)
    assert len(letters(house, "term-extend")) == 1
    with pytest.raises(Invalid, match="maar één keer"):
        act(house, NOOR, LengthenTerm(number, "decide", None, "Nog meer."))
    assert len(letters(house, "term-extend")) == 1


def test_what_the_law_does_not_know_is_refused_with_its_reason(moved):
    house, clock = moved
    number = act(house, NOOR, registration(house))
    past = row(house).due - today(house)
    clock.ahead += past + timedelta(1)
    for action, words in (
        (SuspendTerm(number, "decide", today(house), WHY), "al voorbij"),
        (LengthenTerm(number, "decide", None, WHY), "al voorbij"),
        (LengthenTerm(number, "decide", today(house) - timedelta(30), WHY, True, today(house), "Tess"), "niet later"),
    ):
        with pytest.raises(Invalid, match=words):
            act(house, NOOR, action)
    assert count(house, NoticeRow) == 1  # the receipt


def test_an_agreement_of_ours_is_told_when_asked(moved):
    house, _ = moved
    number = act(house, NOOR, registration(house))
    act(
        house, NOOR, CompleteTask(open_task(house, "Intake"), {**INTAKE, "complete": False, "missing_items": "redenen"})
    )
    repair = row(house, "repair").due
    with pytest.raises(Invalid, match="geen stilstand"):
        act(house, NOOR, SuspendTerm(number, "repair", today(house), WHY))
    act(house, NOOR, LengthenTerm(number, "repair", repair + timedelta(7), "Stil graag.", tell=False))
    assert (row(house, "repair").due, letters(house, "term-extend")) == (repair + timedelta(7), [])
    consent = LengthenTerm(number, "repair", repair + timedelta(14), "Op verzoek.", True, today(house), "Tess")
    act(house, NOOR, consent)
    assert len(letters(house, "term-consent")) == 1


def test_incomplete_and_impossible_changes_are_refused(moved):
    house, _ = moved
    number, now = act(house, NOOR, registration(house)), today(house)
    for action, field in (
        (SuspendTerm(number, "decide", now, " "), "reason"),
        (SuspendTerm(number, "decide", now + timedelta(1), WHY), "since"),
        (LengthenTerm(number, "decide", None, WHY, True, now, "Tess"), "until"),
        (LengthenTerm(number, "decide", now + timedelta(200), WHY, True, None, "Tess"), "on"),
        (LengthenTerm(number, "decide", now + timedelta(200), WHY, True, now, ""), "agreed_by"),
    ):
        with pytest.raises(Invalid) as refused:
            act(house, NOOR, action)
        assert set(refused.value.fields) == {field}
    act(house, NOOR, SuspendTerm(number, "decide", now, WHY))
    with pytest.raises(Invalid, match="niet na het begin"):
        act(house, NOOR, EndSuspension(number, "decide", now, WHY))
    with pytest.raises(NotFound):
        act(house, NOOR, SuspendTerm(number, "verzonnen", now, WHY))
    act(house, NOOR, Withdraw(number, "Opgelost"))
    with pytest.raises(CaseClosed):
        act(house, NOOR, EndSuspension(number, "decide", now, WHY))
