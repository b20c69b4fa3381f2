"""A wrong date is corrected: terms, timers and reminders move along, and two people do not undo each other's work."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from execution_kit import registration
from kit.business_time import FixedClock
from kit.cases import due_of
from kit.people import NOOR
from sqlalchemy import select

from bench.ground import Ground
from bench.ground import furnish as furnish_ground
from engine import read_folder
from processes.actions import act
from processes.actions.correcting import CorrectDates
from processes.actions.course import PressButton
from processes.actions.deploying import DeployFolder
from processes.actions.withdrawing import Withdraw
from processes.base.actor import SYSTEM, Actor
from processes.base.clock import AMSTERDAM, local_date
from processes.base.dutch import long_date
from processes.base.errors import AlreadyDone, CaseClosed, Invalid, NotAllowed
from processes.execution.dates import CaseDates, dates_of
from processes.reads.workbench import foresee
from processes.storage.tables import AuditRow, Case, DeadlineRow, Decision, Instance, NoteRow

pytestmark = pytest.mark.both_ways

BPMN = Path(__file__).parents[3] / "bpmn"
REASON = "De verkeerde brief lag erbij."


def stored(services, number) -> CaseDates:
    with services.sessions() as session:
        return dates_of(session, session.scalars(select(Case).where(Case.number == number)).one())


def correct(services, number, actor=NOOR, **changes):
    dates = stored(services, number)
    return act(services, actor, CorrectDates(number, replace(dates, **changes), REASON, dates.seen))


def announced(dates: CaseDates, days: int) -> CaseDates:
    """The same, with a decision that was announced so many days later."""
    first = dates.decisions[0]
    return replace(dates, decisions=(replace(first, announced_on=first.announced_on + timedelta(days)),))


def test_the_term_of_the_law_counts_from_the_corrected_date(ready):
    number = act(ready, NOOR, registration(ready))
    dates, before = stored(ready, number), due_of(ready, code="decide")
    new = announced(dates, -7)
    foreseen = foresee(ready, NOOR, number, new)
    act(ready, NOOR, CorrectDates(number, new, REASON, dates.seen))
    after = due_of(ready, code="decide")
    assert after < before
    assert [(move.title, move.was, move.now) for move in foreseen] == [("Beslissing op bezwaar", before, after)]
    with ready.sessions() as session:
        note = session.scalars(select(NoteRow).order_by(NoteRow.id.desc())).first()
        audited = session.scalars(select(AuditRow).where(AuditRow.action == "correct_dates")).one()
    old, now = dates.decisions[0].announced_on, new.decisions[0].announced_on
    assert note.kind == "note"
    for words in (long_date(old), long_date(now), long_date(before), long_date(after), REASON, "Beslissing op bezwaar"):
        assert words in note.text
    assert audited.detail == {"was": dates.received_on.isoformat(), "now": dates.received_on.isoformat(), "moved": 1}


def test_a_failure_to_decide_counts_from_the_receipt_without_dates(ready):
    number = act(ready, NOOR, registration(ready))
    dates = stored(ready, number)
    day = dates.received_on - timedelta(3)
    missing = replace(dates.decisions[0], missing=True, taken_on=None, announced_on=None, woo=True)
    correct(ready, number, received_on=day, decisions=(missing,))
    with ready.sessions() as session:
        row = session.scalars(select(DeadlineRow).where(DeadlineRow.code == "decide")).one()
        decision = session.scalars(select(Decision)).one()
    assert row.started_on == day
    assert (decision.missing, decision.announced_on, decision.woo) == (True, None, True)


@pytest.fixture
def ground(services):
    """The common process, whose timer hangs on a deadline; the process it calls has a reminder on the receipt."""
    clock = FixedClock()
    made = Ground(replace(services, clock=clock), clock)
    furnish_ground(made)
    asked = read_folder(BPMN / "stukkenverzoek")
    hangs = asked.drawing.replace(
        b"at(working_day_or_after(request.due + days(1)), 8)", b"at(case.received_on + days(40), 8)"
    )
    assert hangs != asked.drawing
    act(made.services, SYSTEM, DeployFolder(replace(asked, drawing=hangs)))
    return made


def timers(services) -> dict[str, datetime]:
    with services.sessions() as session:
        rows = session.scalars(select(Instance).where(Instance.phase == "running"))
        return {one["element"]: datetime.fromisoformat(one["due"]) for row in rows for one in row.timers if one["due"]}


def test_timers_and_reminders_that_hang_on_a_date_move_with_it(ground):
    number = ground.register()
    ground.complete(ground.task_of(number, "Look"), route="verder")
    act(ground.services, NOOR, PressButton(number, "more_documents"))
    before, old = timers(ground.services), stored(ground.services, number).received_on
    new = old - timedelta(5)
    correct(ground.services, number, received_on=new)
    after = timers(ground.services)
    assert due_of(ground.services, code="answer") == new + timedelta(42)
    assert local_date(before["TooLong"]) == old + timedelta(43)
    assert local_date(after["TooLong"]) == new + timedelta(43)
    assert after["TermExpired"] == datetime.combine(new + timedelta(40), datetime.min.time(), AMSTERDAM).replace(hour=8)
    assert after["TwoDaysBefore"] == before["TwoDaysBefore"]  # that one hangs on the request
    with ground.services.sessions() as session:
        first = session.scalars(select(Instance.next_due).where(Instance.is_root)).one()
    assert first == after["TooLong"]


def test_of_two_people_at_once_the_second_is_told(ready):
    number = act(ready, NOOR, registration(ready))
    dates = stored(ready, number)
    act(ready, NOOR, CorrectDates(number, announced(dates, -1), REASON, dates.seen))
    with pytest.raises(AlreadyDone, match="intussen verbeterd"):
        act(ready, NOOR, CorrectDates(number, announced(dates, -2), REASON, dates.seen))
    assert stored(ready, number) == announced(dates, -1)


def test_a_closed_case_is_refused(ready):
    number = act(ready, NOOR, registration(ready))
    dates = stored(ready, number)
    act(ready, NOOR, Withdraw(number, "Opgelost"))
    with pytest.raises(CaseClosed):
        act(ready, NOOR, CorrectDates(number, announced(dates, -1), REASON, dates.seen))


def test_the_rules_of_registering_hold_here_too(ready):
    number = act(ready, NOOR, registration(ready))
    dates = stored(ready, number)
    tomorrow = local_date(ready.clock.now()) + timedelta(1)
    decision = dates.decisions[0]
    wrong = {
        "received_on": replace(dates, received_on=tomorrow),
        "postmark_on": replace(dates, postmark_on=dates.received_on + timedelta(1)),
        "decision-0-announced_on": replace(dates, decisions=(replace(decision, announced_on=None),)),
        "decision-0-department": replace(dates, decisions=(replace(decision, department="verzonnen"),)),
    }
    for field, new in wrong.items():
        with pytest.raises(Invalid) as refused:
            act(ready, NOOR, CorrectDates(number, new, REASON, dates.seen))
        assert set(refused.value.fields) == {field}
    long_ago = replace(
        dates, decisions=(replace(decision, taken_on=None, announced_on=decision.announced_on.replace(year=1970)),)
    )
    with pytest.raises(Invalid, match="geen wettelijke termijn"):
        act(ready, NOOR, CorrectDates(number, long_ago, REASON, dates.seen))
    with pytest.raises(Invalid, match="waarom"):
        act(ready, NOOR, CorrectDates(number, announced(dates, -1), " ", dates.seen))
    with pytest.raises(Invalid, match="geen datum veranderd"):
        act(ready, NOOR, CorrectDates(number, dates, REASON, dates.seen))
    with pytest.raises(NotAllowed):
        act(
            ready,
            Actor("staff", "ada", "Ada", frozenset({"committee"})),
            CorrectDates(number, dates, REASON, dates.seen),
        )
    assert stored(ready, number) == dates
