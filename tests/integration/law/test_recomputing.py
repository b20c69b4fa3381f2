"""The law edited while cases run: which dates, timers and reminders move, and what happens to a case that fails."""

from dataclasses import replace
from datetime import UTC, date, datetime

from kit.cases import due_of, notes_of, timers_of
from kit.people import FENNA
from law_kit import ONE_DAY, case_type, register, shorter, typed
from sqlalchemy import select, update

from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actions.law import RemoveClosedDay, SaveClosedDay, SaveLawRule
from processes.base.actor import SYSTEM
from processes.base.errors import Busy
from processes.jobs import law_recompute, timer_sweep
from processes.jobs.workers import carry_out, drain
from processes.storage.tables import Case, CaseValue, DeadlineRow, Instance, OutboxRow


def test_b4_a_changed_rule_moves_the_date_the_timer_and_the_reminder_of_what_runs(law_kit):
    number = register(law_kit)
    # due Monday 13 July; the day after at midnight; five working days before at nine, summer time
    assert timers_of(law_kit, number) == {
        "TooLong": "2026-07-14T00:00:00+02:00",
        "Reminder": "2026-07-06T09:00:00+02:00",
    }
    act(law_kit, FENNA, shorter("4"))
    drain(law_kit)
    assert due_of(law_kit, number) == date(2026, 6, 29)  # Monday 1 June + 4 weeks
    assert timers_of(law_kit, number) == {
        "TooLong": "2026-06-30T00:00:00+02:00",
        "Reminder": "2026-06-22T09:00:00+02:00",
    }
    assert "nu maandag 29 juni 2026. Dat was maandag 13 juli 2026" in notes_of(law_kit, number)[-1]
    law_kit.clock.moment = datetime(2026, 6, 22, 7, 1, tzinfo=UTC)
    assert timer_sweep.sweep(law_kit) == 1
    assert "Denk aan de termijn" in notes_of(law_kit, number)[-1]
    law_kit.clock.moment = datetime(2026, 6, 29, 22, 1, tzinfo=UTC)
    timer_sweep.sweep(law_kit)
    with law_kit.sessions() as session:
        assert session.scalars(select(Case.state)).one() == "closed"


def test_b4_a_day_that_a_decree_closes_moves_dates_and_working_days_and_back_again(law_kit):
    number = register(law_kit)
    act(law_kit, FENNA, SaveClosedDay(ONE_DAY))  # the very day on which the term ends
    drain(law_kit)
    assert due_of(law_kit, number) == date(2026, 7, 14)
    # five working days before Tuesday 14 July: 10, 9, 8, 7, 6 July, for Monday the 13th does not count
    assert timers_of(law_kit, number)["Reminder"] == "2026-07-06T09:00:00+02:00"
    act(law_kit, FENNA, SaveClosedDay(replace(ONE_DAY, day="2026-07-08")))  # no term ends here, a reminder counts it
    drain(law_kit)
    assert due_of(law_kit, number) == date(2026, 7, 14)
    assert timers_of(law_kit, number)["Reminder"] == "2026-07-03T09:00:00+02:00"
    for day in (date(2026, 7, 8), date(2026, 7, 13)):
        act(law_kit, FENNA, RemoveClosedDay(day))
    drain(law_kit)
    assert due_of(law_kit, number) == date(2026, 7, 13)
    assert timers_of(law_kit, number)["Reminder"] == "2026-07-06T09:00:00+02:00"


def test_b4_a_day_0_that_reads_no_fact_stays_where_it_was(law_kit):
    act(law_kit, SYSTEM, DeployFolder(case_type('rule="awb-9-11" from="today()"')))
    number = register(law_kit)
    law_kit.clock.moment = datetime(2026, 6, 10, 9, tzinfo=UTC)
    act(law_kit, FENNA, shorter("5"))
    drain(law_kit)
    assert due_of(law_kit, number) == date(2026, 7, 6)  # Monday 1 June + 5 weeks


def test_b4_a_term_whose_day_0_is_computed_with_working_days_moves_where_no_timer_waits(law_kit):
    counting = 'duration="P7D" calendar="calendar" from="case.received_on + working_days(3)"'
    folder = case_type(counting)
    plain = replace(folder, drawing=folder.drawing.replace(b"answer - working_days(5)", b"answer - days(5)"))
    act(law_kit, SYSTEM, DeployFolder(plain))
    number = register(law_kit, answering=False)
    assert due_of(law_kit, number) == date(2026, 6, 11)  # Thursday 4 June + 7 days
    act(law_kit, FENNA, SaveClosedDay(replace(ONE_DAY, day="2026-06-03")))
    drain(law_kit)
    assert due_of(law_kit, number) == date(2026, 6, 12)


def test_what_the_change_does_not_concern_stays_untouched(law_kit):
    number = register(law_kit)
    with law_kit.sessions() as session:
        before = session.scalars(select(Case.row_version)).one()
    act(law_kit, FENNA, SaveLawRule(typed("awb-8-42", amount="5", valid_from="2027-01-01")))
    drain(law_kit)
    with law_kit.sessions() as session:
        assert session.scalars(select(Case.row_version)).one() == before
    assert due_of(law_kit, number) == date(2026, 7, 13)


def test_a_recomputed_case_whose_dates_stay_gets_no_note(law_kit):
    number = register(law_kit)
    act(law_kit, FENNA, shorter("6", title="Klacht"))  # only the name differs
    drain(law_kit)
    assert due_of(law_kit, number) == date(2026, 7, 13)
    assert not any("gewijzigd" in note for note in notes_of(law_kit, number))


def test_batches_are_bounded_and_go_on_where_they_broke_off(law_kit, monkeypatch):
    monkeypatch.setattr(law_recompute, "BATCH", 2)
    numbers = [register(law_kit, answering=False) for _ in range(5)]
    act(law_kit, FENNA, shorter("4"))
    done = []

    def power_fails(_services, case_id):
        done.append(case_id)
        raise OSError

    monkeypatch.setattr(law_recompute, "_recomputed", power_fails)
    drain(law_kit, rounds=1)
    assert len(done) == 1
    monkeypatch.undo()
    monkeypatch.setattr(law_recompute, "BATCH", 2)
    with law_kit.sessions.begin() as session:
        session.execute(update(OutboxRow).values(not_before=datetime(2020, 1, 1, tzinfo=UTC)))
    assert drain(law_kit) == 3  # two, two and one
    assert {due_of(law_kit, number) for number in numbers} == {date(2026, 6, 29)}


def test_a_case_that_began_with_the_old_law_and_was_not_yet_committed_is_found_later(law_kit):
    act(law_kit, FENNA, shorter("4"))
    drain(law_kit)
    number = register(law_kit, answering=False)
    with law_kit.sessions.begin() as session:  # as a change that overlapped would have left it
        session.execute(update(DeadlineRow).values(due=date(2026, 7, 13)))
        (row,) = session.scalars(select(OutboxRow).where(OutboxRow.kind == "law", OutboxRow.done_at.is_(None))).all()
        row.not_before = datetime(2020, 1, 1, tzinfo=UTC)
    drain(law_kit)
    assert due_of(law_kit, number) == date(2026, 6, 29)
    with law_kit.sessions() as session:
        assert session.scalars(select(OutboxRow).where(OutboxRow.done_at.is_(None))).all() == []


def test_a_case_that_fails_is_parked_and_the_others_go_on(law_kit):
    broken, sound = register(law_kit), register(law_kit)
    with law_kit.sessions.begin() as session:
        case = session.scalars(select(Case).where(Case.number == broken)).one()
        session.execute(update(Instance).where(Instance.case_id == case.id).values(state=b"kapot"))
        session.execute(update(CaseValue).where(CaseValue.case_id == case.id).values(value="anders"))
    act(law_kit, FENNA, shorter("4"))
    drain(law_kit)
    assert due_of(law_kit, sound) == date(2026, 6, 29)
    with law_kit.sessions() as session:
        case = session.scalars(select(Case).where(Case.number == broken)).one()
        phase = session.scalars(select(Instance.phase).where(Instance.case_id == case.id)).one()
        work = session.scalars(select(OutboxRow).where(OutboxRow.kind == "law").order_by(OutboxRow.id)).first()
    assert case.alarm
    assert phase == "stuck"
    assert work.done_at


def test_a_database_in_trouble_parks_nothing_and_is_tried_again(law_kit, monkeypatch):
    number = register(law_kit)
    act(law_kit, FENNA, shorter("4"))

    def busy(*_args, **_more):
        raise Busy

    with law_kit.sessions() as session:
        work = session.scalars(select(OutboxRow.id).where(OutboxRow.kind == "law")).one()
    monkeypatch.setattr("processes.actions.transact", busy)
    assert not carry_out(law_kit, work)
    monkeypatch.undo()
    with law_kit.sessions.begin() as session:
        assert session.scalars(select(Case.alarm)).one() is None
        session.execute(update(OutboxRow).values(not_before=datetime(2020, 1, 1, tzinfo=UTC)))
    drain(law_kit)
    assert due_of(law_kit, number) == date(2026, 6, 29)
