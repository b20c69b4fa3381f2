"""What a worker may do with a term where the drawing has no element for it; every change is told in writing."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from execution_kit import INTAKE, registration
from kit.business_time import FixedClock
from kit.cases import count, open_task, today
from kit.people import NOOR
from sqlalchemy import select

from processes.actions import act
from processes.actions.registering import NewDecision
from processes.actions.tasks import CompleteTask
from processes.actions.terms import EndSuspension, LengthenTerm, SuspendTerm
from processes.actions.withdrawing import Withdraw
from processes.base.clock import AMSTERDAM
from processes.base.dutch import long_date
from processes.base.errors import CaseClosed, Invalid, NotFound, NotNow
from processes.storage.tables import AuditRow, DeadlineRow, NoteRow, NoticeRow

pytestmark = pytest.mark.both_ways

WHY = "Het stadhuis staat onder water."


@pytest.fixture
def moved(ready):
    clock = FixedClock()
    return replace(ready, clock=clock), clock


def row(services, code="decide") -> DeadlineRow:
    with services.sessions() as session:
        return session.scalars(select(DeadlineRow).where(DeadlineRow.code == code)).one()


def letters(services, template) -> list[NoticeRow]:
    with services.sessions() as session:
        return list(session.scalars(select(NoticeRow).where(NoticeRow.template == template)))


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), AMSTERDAM)


# twelve weeks after what was announced forty-four days ago, and then fifteen days more: each moved off a closed day by itself
STANDSTILLS = {
    "in summer": (date(2026, 6, 25), date(2026, 8, 4), date(2026, 8, 19)),
    "the old end is Christmas": (date(2026, 11, 15), date(2026, 12, 28), date(2027, 1, 11)),
    "the new end is Christmas": (date(2026, 10, 31), date(2026, 12, 10), date(2026, 12, 28)),
}


@pytest.mark.parametrize(("day", "old", "new"), STANDSTILLS.values(), ids=STANDSTILLS.keys())
def test_force_majeure_stops_the_term_and_it_goes_on_later(moved, day, old, new):
    services, clock = moved
    clock.start = noon(day)
    # announced forty-four days ago: the term to object is just over, so the term to decide runs and can stand still
    announced = NewDecision("Parkeervergunning", "PV-1", None, today(services) - timedelta(44), "parkeren")
    number, before = act(services, NOOR, registration(services, decisions=(announced,))), row(services).due
    assert before == old
    act(services, NOOR, SuspendTerm(number, "decide", today(services), WHY))
    assert (row(services).due, row(services).warn_on) == (None, None)
    (letter,) = letters(services, "term-suspend")
    assert WHY in letter.body
    assert "staat nu stil" in letter.body
    with pytest.raises(Invalid, match="staat al stil"):
        act(services, NOOR, SuspendTerm(number, "decide", today(services), WHY))
    clock.ahead += timedelta(15)
    # the day of the cause stands still itself (4:15, second paragraph), the day of the end counts again: 15 days
    act(services, NOOR, EndSuspension(number, "decide", today(services), "Het water is weg."))
    after = row(services)
    assert after.due == new
    assert after.warn_on is not None
    (letter,) = letters(services, "term-resume")
    assert long_date(after.due) in letter.body
    with services.sessions() as session:
        notes = [note.text for note in session.scalars(select(NoteRow).order_by(NoteRow.id))]
        verbs = [a.detail["verb"] for a in session.scalars(select(AuditRow).where(AuditRow.action == "change_term"))]
    assert "stil door overmacht" in notes[-2]
    assert "Het water is weg." in notes[-1]
    assert sorted(verbs) == ["resume", "suspend"]
    with pytest.raises(NotNow, match="niet stil door overmacht"):
        act(services, NOOR, EndSuspension(number, "decide", today(services), WHY))


def test_the_drawing_does_not_end_what_a_worker_stopped(moved):
    services, clock = moved
    number = act(services, NOOR, registration(services))
    act(services, NOOR, SuspendTerm(number, "decide", today(services), WHY))
    act(
        services,
        NOOR,
        CompleteTask(open_task(services, "Intake"), {**INTAKE, "complete": False, "missing_items": "redenen"}),
    )
    assert [one["ground"] for one in row(services).suspensions] == ["force-majeure", "awb-6-6"]
    clock.ahead += timedelta(2)
    act(services, NOOR, CompleteTask(open_task(services, "RepairByCitizen"), {"repair_text": "Mijn redenen"}))
    by_hand, drawn = row(services).suspensions
    assert (by_hand["until"], row(services).due) == (None, None)
    assert drawn["until"] == today(services).isoformat()
    act(services, NOOR, EndSuspension(number, "decide", today(services), "Voorbij."))
    assert row(services).due is not None


def test_a_later_date_with_consent_is_kept_with_who_and_when(moved):
    services, _ = moved
    number, before = act(services, NOOR, registration(services)), row(services).due
    later = before + timedelta(30)
    agreed = LengthenTerm(
        number, "decide", later, "Wij wachten op een rapport.", True, today(services), "Tess Testeling"
    )
    act(services, NOOR, agreed)
    assert row(services).due == later
    kept = row(services).extensions[0]
    assert kept == {
        "on": today(services).isoformat(), "until": later.isoformat(), "consent": True, "agreed_by": "Tess Testeling",
    }  # fmt: skip
    (letter,) = letters(services, "term-consent")
    assert long_date(later) in letter.body
    with services.sessions() as session:
        note = session.scalars(select(NoteRow).order_by(NoteRow.id.desc())).first()
    assert "Tess Testeling" in note.text
    with pytest.raises(Invalid, match="niet later"):
        act(services, NOOR, agreed)  # the same once more, by a second person


def test_extending_is_possible_once_as_the_law_says(moved):
    services, clock = moved
    clock.start = noon(date(2026, 6, 1))  # neither end is near a closed day
    number, before = act(services, NOOR, registration(services)), row(services).due
    act(services, NOOR, LengthenTerm(number, "decide", None, "Er is meer onderzoek nodig."))
    assert (before, row(services).due) == (date(2026, 8, 14), date(2026, 9, 25))
    assert len(letters(services, "term-extend")) == 1
    with pytest.raises(Invalid, match="maar één keer"):
        act(services, NOOR, LengthenTerm(number, "decide", None, "Nog meer."))
    assert len(letters(services, "term-extend")) == 1


def test_what_the_law_does_not_know_is_refused_with_its_reason(moved):
    services, clock = moved
    number = act(services, NOOR, registration(services))
    past = row(services).due - today(services)
    clock.ahead += past + timedelta(1)
    for action, words in (
        (SuspendTerm(number, "decide", today(services), WHY), "al voorbij"),
        (LengthenTerm(number, "decide", None, WHY), "al voorbij"),
        (
            LengthenTerm(number, "decide", today(services) - timedelta(30), WHY, True, today(services), "Tess"),
            "niet later",
        ),
    ):
        with pytest.raises(Invalid, match=words):
            act(services, NOOR, action)
    assert count(services, NoticeRow) == 1  # the receipt


def test_an_agreement_of_ours_is_told_when_asked(moved):
    services, _ = moved
    number = act(services, NOOR, registration(services))
    act(
        services,
        NOOR,
        CompleteTask(open_task(services, "Intake"), {**INTAKE, "complete": False, "missing_items": "redenen"}),
    )
    repair = row(services, "repair").due
    with pytest.raises(Invalid, match="geen stilstand"):
        act(services, NOOR, SuspendTerm(number, "repair", today(services), WHY))
    act(services, NOOR, LengthenTerm(number, "repair", repair + timedelta(7), "Stil graag.", tell=False))
    assert (row(services, "repair").due, letters(services, "term-extend")) == (repair + timedelta(7), [])
    consent = LengthenTerm(number, "repair", repair + timedelta(14), "Op verzoek.", True, today(services), "Tess")
    act(services, NOOR, consent)
    assert len(letters(services, "term-consent")) == 1


def test_incomplete_and_impossible_changes_are_refused(moved):
    services, _ = moved
    number, now = act(services, NOOR, registration(services)), today(services)
    for action, field in (
        (SuspendTerm(number, "decide", now, " "), "reason"),
        (SuspendTerm(number, "decide", now + timedelta(1), WHY), "since"),
        (LengthenTerm(number, "decide", None, WHY, True, now, "Tess"), "until"),
        (LengthenTerm(number, "decide", now + timedelta(200), WHY, True, None, "Tess"), "on"),
        (LengthenTerm(number, "decide", now + timedelta(200), WHY, True, now, ""), "agreed_by"),
    ):
        with pytest.raises(Invalid) as refused:
            act(services, NOOR, action)
        assert set(refused.value.fields) == {field}
    act(services, NOOR, SuspendTerm(number, "decide", now, WHY))
    with pytest.raises(Invalid, match="niet na het begin"):
        act(services, NOOR, EndSuspension(number, "decide", now, WHY))
    with pytest.raises(NotFound):
        act(services, NOOR, SuspendTerm(number, "verzonnen", now, WHY))
    act(services, NOOR, Withdraw(number, "Opgelost"))
    with pytest.raises(CaseClosed):
        act(services, NOOR, EndSuspension(number, "decide", now, WHY))
