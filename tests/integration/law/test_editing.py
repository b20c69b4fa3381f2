"""The law edited while cases run: who sees it when, what moves, what is refused, and what happens to one that fails."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from law_house import (
    FENNA,
    NOOR,
    SetClock,
    case_type,
    due_of,
    notes_of,
    register,
    task_of,
    timers_of,
    typed,
)
from sqlalchemy import select, update

from bench.statements import counted
from processes import law_changes, timers
from processes.actions import act
from processes.actions.deploying import DeployFolder, Refused
from processes.actions.law import RecomputeCase, RemoveClosedDay, RemoveLawRule, SaveClosedDay, SaveLawRule
from processes.actions.law_fields import TypedDay
from processes.actions.tasks import CompleteTask
from processes.actor import SYSTEM
from processes.actors import carry_out, drain
from processes.database.tables import AuditRow, Case, CaseValue, Instance, LawRuleRow, OutboxRow
from processes.errors import Busy, Invalid, NotAllowed, NotFound
from processes.opening import close_house, open_house

ONE_DAY = TypedDay("2026-07-13", "gelijkgesteld met een feestdag", "Een verzonnen besluit", "2026-06-01", "high")


def shorter(weeks: str = "4", since: str = "2026-01-01", **more):
    return SaveLawRule(typed("awb-9-11", amount=weeks, valid_from=since, **more))


def book_of(house):
    with house.sessions() as session:
        return house.law.book(session)


# -- the book ----------------------------------------------------------------------------------------------------------


def test_b4_a_rule_is_edited_from_a_date_and_the_old_one_ends_the_day_before(law_house):
    act(law_house, FENNA, shorter("4", "2027-01-01"))
    old, new = book_of(law_house).versions("awb-9-11", "standard")
    assert (old.amount, old.valid_until) == (6, date(2026, 12, 31))
    assert (new.amount, new.valid_from, new.valid_until) == (4, date(2027, 1, 1), None)
    assert book_of(law_house).versions("awb-9-11", "committee")[-1].amount == 10


def test_b4_the_newest_record_of_one_date_counts_and_taking_it_out_brings_the_old_rule_back(law_house):
    act(law_house, FENNA, shorter("4", "2027-01-01"))
    act(law_house, FENNA, shorter("5", "2027-01-01"))
    assert [rule.amount for rule in book_of(law_house).versions("awb-9-11", "standard")] == [6, 5]
    act(law_house, FENNA, RemoveLawRule("awb-9-11", "standard", date(2027, 1, 1)))
    (only,) = book_of(law_house).versions("awb-9-11", "standard")
    assert (only.amount, only.valid_until) == (6, None)
    with law_house.sessions() as session:
        rows = session.scalars(select(LawRuleRow).order_by(LawRuleRow.id)).all()
        trail = session.scalars(select(AuditRow.action).where(AuditRow.chain == 0).order_by(AuditRow.seq)).all()
    assert [(row.saved_by, row.record is None) for row in rows] == [("fenna", False), ("fenna", False), ("fenna", True)]
    assert all(row.saved_at == law_house.clock.now() for row in rows)
    assert trail[-3:] == ["law_rule", "law_rule", "law_rule_out"]


def test_b4_two_processes_see_each_others_edit_at_once(law_house):
    other = replace(open_house(law_house.settings), clock=law_house.clock)
    try:
        assert due_of(other, register(other)) == date(2026, 7, 13)  # Monday 1 June + 6 weeks
        act(law_house, FENNA, shorter("4"))
        assert due_of(other, register(other)) == date(2026, 6, 29)  # Monday 1 June + 4 weeks
        act(other, FENNA, shorter("3"))
        assert due_of(law_house, register(law_house)) == date(2026, 6, 22)
        assert book_of(law_house) == book_of(other)
    finally:
        close_house(other)


def test_b4_a_drawing_may_name_a_rule_that_an_administrator_added(law_house):
    local = case_type('rule="eigen-regel" from="case.received_on"')
    with pytest.raises(Refused):
        act(law_house, FENNA, DeployFolder(local))
    added = typed("awb-9-11", code="eigen-regel", title="Een eigen termijn", amount="3", new=True)
    act(law_house, FENNA, SaveLawRule(added))
    act(law_house, FENNA, DeployFolder(local))
    assert due_of(law_house, register(law_house)) == date(2026, 6, 22)  # Monday 1 June + 3 weeks


def test_an_edited_law_costs_a_change_no_statement(law_house):
    def asked():
        task = task_of(law_house, register(law_house, answering=False), "Look")
        with counted(law_house) as seen:
            act(law_house, NOOR, CompleteTask(task, {"route": "verder"}))
        with counted(law_house) as registering:
            register(law_house, answering=False)
        return len(seen.statements), len(registering.statements)

    asked()  # what is read once per process is read
    before = asked()
    act(law_house, FENNA, shorter("4"))
    drain(law_house)
    assert asked() == before


# -- what is refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "zes"}, "amount"),
        ({"amount": "6.5"}, "amount"),
        ({"amount": "521"}, "amount"),
        ({"amount": "9" * 30}, "amount"),
        ({"amount": "²"}, "amount"),
        ({"unit": "years"}, "unit"),
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"article": ""}, "article"),
        ({"source": ""}, "source"),
        ({"valid_from": ""}, "valid_from"),
        ({"valid_from": "31 februari"}, "valid_from"),
        ({"valid_from": "1066-01-01"}, "valid_from"),
        ({"checked_on": "2026-06-02"}, "checked_on"),
        ({"checked_on": ""}, "checked_on"),
        ({"certainty": "heel zeker"}, "certainty"),
        ({"extension": "0"}, "extension"),
        ({"extension": "4", "extension_unit": "jaar"}, "extension_unit"),
        ({"backwards": True}, "extension"),
        ({"backwards": True, "extension": "", "after": "awb-6-7"}, "backwards"),
        ({"after": "bestaat-niet"}, "after"),
        ({"after": "awb-7-4"}, "after"),  # counts back from a hearing, so nothing can follow it
        ({"after": "awb-9-11"}, "after"),
        ({"code": "Eigen regel", "new": True}, "code"),
        ({"code": "eigen", "variant": "Met hoofdletter", "new": True}, "variant"),
        ({"new": True}, "code"),  # is there already
    ],
)
def test_a_wrong_rule_is_refused_at_its_field(law_house, changes, field):
    with pytest.raises(Invalid) as refused:
        act(law_house, FENNA, SaveLawRule(typed("awb-9-11", **{"amount": "4", "valid_from": "2027-01-01", **changes})))
    assert set(refused.value.fields) == {field}
    assert refused.value.fields[field].endswith(".")
    assert book_of(law_house).versions("awb-9-11", "standard")[-1].amount == 6


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"backwards": True}, "backwards"),  # awb-7-10 starts when it ends
        ({"after": "awb-7-10"}, "after"),  # a circle
    ],
)
def test_a_rule_that_others_wait_for_cannot_be_broken(law_house, changes, field):
    with pytest.raises(Invalid) as refused:
        act(law_house, FENNA, SaveLawRule(typed("awb-6-7", valid_from="2027-01-01", **changes)))
    assert set(refused.value.fields) == {field}


def test_nothing_changed_is_said_and_nothing_is_stored(law_house):
    same = typed("awb-9-11", checked_on="2026-11-22")
    later = replace(law_house, clock=SetClock(datetime(2026, 11, 25, 12, tzinfo=UTC)))
    with pytest.raises(Invalid, match="niets veranderd"):
        act(later, FENNA, SaveLawRule(same))
    with law_house.sessions() as session:
        assert session.scalars(select(LawRuleRow)).all() == []
        assert session.scalars(select(AuditRow).where(AuditRow.action == "law_rule")).all() == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-07-11", "een zaterdag"),
        ("2026-12-25", "Eerste kerstdag"),
        ("2026-05-15", "gelijkgesteld"),
        ("", "Vul de dag in"),
        ("morgen", "Vul een datum in"),
        ("2190-01-01", "tot en met 2090"),
    ],
)
def test_a_day_that_is_closed_already_or_no_day_is_refused(law_house, day, words):
    with pytest.raises(Invalid, match=words) as refused:
        act(law_house, FENNA, SaveClosedDay(replace(ONE_DAY, day=day)))
    assert set(refused.value.fields) == {"day"}


def test_only_an_administrator_edits_the_law(law_house):
    actions = (shorter(), RemoveLawRule("awb-9-11", "standard", date(2009, 10, 1)), SaveClosedDay(ONE_DAY),
               RemoveClosedDay(date(2026, 5, 15)), RecomputeCase(1))  # fmt: skip
    for action in actions:
        with pytest.raises(NotAllowed):
            act(law_house, NOOR, action)
    with pytest.raises(NotAllowed):
        act(law_house, FENNA, RecomputeCase(1))


def test_what_is_not_there_cannot_be_changed_or_taken_out(law_house):
    with pytest.raises(NotFound):
        act(law_house, FENNA, SaveLawRule(typed("awb-9-11", code="verzonnen")))
    with pytest.raises(NotFound):
        act(law_house, FENNA, RemoveLawRule("awb-9-11", "standard", date(2020, 1, 1)))
    with pytest.raises(Invalid, match="oudste versie"):
        act(law_house, FENNA, RemoveLawRule("awb-9-11", "standard", date(2009, 10, 1)))
    with pytest.raises(NotFound):
        act(law_house, FENNA, RemoveClosedDay(date(2026, 7, 13)))


# -- what runs ---------------------------------------------------------------------------------------------------------


def test_b4_a_changed_rule_moves_the_date_the_timer_and_the_reminder_of_what_runs(law_house):
    number = register(law_house)
    # due Monday 13 July; the day after at midnight; five working days before at nine, summer time
    assert timers_of(law_house, number) == {
        "TooLong": "2026-07-14T00:00:00+02:00",
        "Reminder": "2026-07-06T09:00:00+02:00",
    }
    act(law_house, FENNA, shorter("4"))
    drain(law_house)
    assert due_of(law_house, number) == date(2026, 6, 29)  # Monday 1 June + 4 weeks
    assert timers_of(law_house, number) == {
        "TooLong": "2026-06-30T00:00:00+02:00",
        "Reminder": "2026-06-22T09:00:00+02:00",
    }
    assert "nu maandag 29 juni 2026. Dat was maandag 13 juli 2026" in notes_of(law_house, number)[-1]
    law_house.clock.moment = datetime(2026, 6, 22, 7, 1, tzinfo=UTC)
    assert timers.sweep(law_house) == 1
    assert "Denk aan de termijn" in notes_of(law_house, number)[-1]
    law_house.clock.moment = datetime(2026, 6, 29, 22, 1, tzinfo=UTC)
    timers.sweep(law_house)
    with law_house.sessions() as session:
        assert session.scalars(select(Case.state)).one() == "closed"


def test_b4_a_day_that_a_decree_closes_moves_dates_and_working_days_and_back_again(law_house):
    number = register(law_house)
    act(law_house, FENNA, SaveClosedDay(ONE_DAY))  # the very day on which the term ends
    drain(law_house)
    assert due_of(law_house, number) == date(2026, 7, 14)
    # five working days before Tuesday 14 July: 10, 9, 8, 7, 6 July, for Monday the 13th does not count
    assert timers_of(law_house, number)["Reminder"] == "2026-07-06T09:00:00+02:00"
    act(law_house, FENNA, SaveClosedDay(replace(ONE_DAY, day="2026-07-08")))  # no term ends here, a reminder counts it
    drain(law_house)
    assert due_of(law_house, number) == date(2026, 7, 14)
    assert timers_of(law_house, number)["Reminder"] == "2026-07-03T09:00:00+02:00"
    for day in (date(2026, 7, 8), date(2026, 7, 13)):
        act(law_house, FENNA, RemoveClosedDay(day))
    drain(law_house)
    assert due_of(law_house, number) == date(2026, 7, 13)
    assert timers_of(law_house, number)["Reminder"] == "2026-07-06T09:00:00+02:00"


def test_b4_a_day_0_that_reads_no_fact_stays_where_it_was(law_house):
    act(law_house, SYSTEM, DeployFolder(case_type('rule="awb-9-11" from="today()"')))
    number = register(law_house)
    law_house.clock.moment = datetime(2026, 6, 10, 9, tzinfo=UTC)
    act(law_house, FENNA, shorter("5"))
    drain(law_house)
    assert due_of(law_house, number) == date(2026, 7, 6)  # Monday 1 June + 5 weeks


def test_what_the_change_does_not_concern_stays_untouched(law_house):
    number = register(law_house)
    with law_house.sessions() as session:
        before = session.scalars(select(Case.row_version)).one()
    act(law_house, FENNA, SaveLawRule(typed("awb-8-42", amount="5", valid_from="2027-01-01")))
    drain(law_house)
    with law_house.sessions() as session:
        assert session.scalars(select(Case.row_version)).one() == before
    assert due_of(law_house, number) == date(2026, 7, 13)


def test_a_recomputed_case_whose_dates_stay_gets_no_note(law_house):
    number = register(law_house)
    act(law_house, FENNA, shorter("6", title="Klacht"))  # only the name differs
    drain(law_house)
    assert due_of(law_house, number) == date(2026, 7, 13)
    assert not any("gewijzigd" in note for note in notes_of(law_house, number))


def test_batches_are_bounded_and_go_on_where_they_broke_off(law_house, monkeypatch):
    monkeypatch.setattr(law_changes, "BATCH", 2)
    numbers = [register(law_house, answering=False) for _ in range(5)]
    act(law_house, FENNA, shorter("4"))
    done = []

    def power_fails(_house, case_id):
        done.append(case_id)
        raise OSError

    monkeypatch.setattr(law_changes, "_recomputed", power_fails)
    drain(law_house, rounds=1)
    assert len(done) == 1
    monkeypatch.undo()
    monkeypatch.setattr(law_changes, "BATCH", 2)
    with law_house.sessions.begin() as session:
        session.execute(update(OutboxRow).values(not_before=datetime(2020, 1, 1, tzinfo=UTC)))
    assert drain(law_house) == 3  # two, two and one
    assert {due_of(law_house, number) for number in numbers} == {date(2026, 6, 29)}


def test_a_case_that_began_with_the_old_law_and_was_not_yet_committed_is_found_later(law_house):
    act(law_house, FENNA, shorter("4"))
    drain(law_house)
    number = register(law_house, answering=False)
    with law_house.sessions.begin() as session:  # as a change that overlapped would have left it
        session.execute(update(law_changes.DeadlineRow).values(due=date(2026, 7, 13)))
        (row,) = session.scalars(select(OutboxRow).where(OutboxRow.kind == "law", OutboxRow.done_at.is_(None))).all()
        row.not_before = datetime(2020, 1, 1, tzinfo=UTC)
    drain(law_house)
    assert due_of(law_house, number) == date(2026, 6, 29)
    with law_house.sessions() as session:
        assert session.scalars(select(OutboxRow).where(OutboxRow.done_at.is_(None))).all() == []


def test_a_case_that_fails_is_parked_and_the_others_go_on(law_house):
    broken, sound = register(law_house), register(law_house)
    with law_house.sessions.begin() as session:
        case = session.scalars(select(Case).where(Case.number == broken)).one()
        session.execute(update(Instance).where(Instance.case_id == case.id).values(state=b"kapot"))
        session.execute(update(CaseValue).where(CaseValue.case_id == case.id).values(value="anders"))
    act(law_house, FENNA, shorter("4"))
    drain(law_house)
    assert due_of(law_house, sound) == date(2026, 6, 29)
    with law_house.sessions() as session:
        case = session.scalars(select(Case).where(Case.number == broken)).one()
        status = session.scalars(select(Instance.status).where(Instance.case_id == case.id)).one()
        work = session.scalars(select(OutboxRow).where(OutboxRow.kind == "law").order_by(OutboxRow.id)).first()
    assert case.alarm
    assert status == "stuck"
    assert work.done_at


def test_a_database_in_trouble_parks_nothing_and_is_tried_again(law_house, monkeypatch):
    number = register(law_house)
    act(law_house, FENNA, shorter("4"))

    def busy(*_args, **_more):
        raise Busy

    with law_house.sessions() as session:
        work = session.scalars(select(OutboxRow.id).where(OutboxRow.kind == "law")).one()
    monkeypatch.setattr("processes.actions.transact", busy)
    assert not carry_out(law_house, work)
    monkeypatch.undo()
    with law_house.sessions.begin() as session:
        assert session.scalars(select(Case.alarm)).one() is None
        session.execute(update(OutboxRow).values(not_before=datetime(2020, 1, 1, tzinfo=UTC)))
    drain(law_house)
    assert due_of(law_house, number) == date(2026, 6, 29)
