"""The law edited: which version holds when, who sees it when, and what is refused."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from kit.cases import due_of, open_task
from kit.people import FENNA, NOOR
from law_kit import ONE_DAY, SetClock, book_of, case_type, register, shorter, typed
from sqlalchemy import select

from bench.statements import counted
from processes.actions import act
from processes.actions.deploying import DeployFolder, Refused
from processes.actions.law import RecomputeCase, RemoveClosedDay, RemoveLawRule, SaveClosedDay, SaveLawRule
from processes.actions.tasks import CompleteTask
from processes.base.errors import Invalid, NotAllowed, NotFound
from processes.jobs.workers import drain
from processes.storage.tables import AuditRow, LawRuleRow
from processes.wiring import close_services, open_services

# -- the book ----------------------------------------------------------------------------------------------------------


def test_b4_a_rule_is_edited_from_a_date_and_the_old_one_ends_the_day_before(law_kit):
    act(law_kit, FENNA, shorter("4", "2027-01-01"))
    old, new = book_of(law_kit).versions("awb-9-11", "standard")
    assert (old.amount, old.valid_until) == (6, date(2026, 12, 31))
    assert (new.amount, new.valid_from, new.valid_until) == (4, date(2027, 1, 1), None)
    assert book_of(law_kit).versions("awb-9-11", "committee")[-1].amount == 10


def test_b4_the_newest_record_of_one_date_counts_and_taking_it_out_brings_the_old_rule_back(law_kit):
    act(law_kit, FENNA, shorter("4", "2027-01-01"))
    act(law_kit, FENNA, shorter("5", "2027-01-01"))
    assert [rule.amount for rule in book_of(law_kit).versions("awb-9-11", "standard")] == [6, 5]
    act(law_kit, FENNA, RemoveLawRule("awb-9-11", "standard", date(2027, 1, 1)))
    (only,) = book_of(law_kit).versions("awb-9-11", "standard")
    assert (only.amount, only.valid_until) == (6, None)
    with law_kit.sessions() as session:
        rows = session.scalars(select(LawRuleRow).order_by(LawRuleRow.id)).all()
        trail = session.scalars(select(AuditRow.action).where(AuditRow.chain == 0).order_by(AuditRow.seq)).all()
    assert [(row.saved_by, row.record is None) for row in rows] == [("fenna", False), ("fenna", False), ("fenna", True)]
    assert all(row.saved_at == law_kit.clock.now() for row in rows)
    assert trail[-3:] == ["law_rule", "law_rule", "law_rule_out"]


def test_b4_two_processes_see_each_others_edit_at_once(law_kit):
    other = replace(open_services(law_kit.settings), clock=law_kit.clock)
    try:
        assert due_of(other, register(other)) == date(2026, 7, 13)  # Monday 1 June + 6 weeks
        act(law_kit, FENNA, shorter("4"))
        assert due_of(other, register(other)) == date(2026, 6, 29)  # Monday 1 June + 4 weeks
        act(other, FENNA, shorter("3"))
        assert due_of(law_kit, register(law_kit)) == date(2026, 6, 22)
        assert book_of(law_kit) == book_of(other)
    finally:
        close_services(other)


def test_edits_at_one_moment_come_one_after_the_other_and_none_is_overlooked(law_kit):
    """Two administrators in two processes: a row never becomes visible after one with a higher id."""
    other = replace(open_services(law_kit.settings), clock=law_kit.clock)
    days = [date(2030, 9, 2) + timedelta(weeks=n) for n in range(6)]  # Mondays

    def add(services, mine):
        for day in mine:
            act(services, FENNA, SaveClosedDay(replace(ONE_DAY, day=day.isoformat())))
            assert day in book_of(services).equalised

    try:
        with ThreadPoolExecutor(2) as both:
            for done in [both.submit(add, law_kit, days[::2]), both.submit(add, other, days[1::2])]:
                done.result()
        assert set(days) <= set(book_of(law_kit).equalised)
        assert book_of(law_kit) == book_of(other)
    finally:
        close_services(other)


def test_b4_a_drawing_may_name_a_rule_that_an_administrator_added(law_kit):
    local = case_type('rule="eigen-regel" from="case.received_on"')
    with pytest.raises(Refused):
        act(law_kit, FENNA, DeployFolder(local))
    added = typed("awb-9-11", code="eigen-regel", title="Een eigen termijn", amount="3", new=True)
    act(law_kit, FENNA, SaveLawRule(added))
    act(law_kit, FENNA, DeployFolder(local))
    assert due_of(law_kit, register(law_kit)) == date(2026, 6, 22)  # Monday 1 June + 3 weeks


def test_an_edited_law_costs_a_change_no_statement(law_kit):
    def asked():
        task = open_task(law_kit, "Look", register(law_kit, answering=False))
        with counted(law_kit) as seen:
            act(law_kit, NOOR, CompleteTask(task, {"route": "verder"}))
        with counted(law_kit) as registering:
            register(law_kit, answering=False)
        return len(seen.statements), len(registering.statements)

    asked()  # what is read once per process is read
    before = asked()
    act(law_kit, FENNA, shorter("4"))
    drain(law_kit)
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
def test_a_wrong_rule_is_refused_at_its_field(law_kit, changes, field):
    with pytest.raises(Invalid) as refused:
        act(law_kit, FENNA, SaveLawRule(typed("awb-9-11", **{"amount": "4", "valid_from": "2027-01-01", **changes})))
    assert set(refused.value.fields) == {field}
    assert refused.value.fields[field].endswith(".")
    assert book_of(law_kit).versions("awb-9-11", "standard")[-1].amount == 6


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"backwards": True}, "backwards"),  # awb-7-10 starts when it ends
        ({"after": "awb-7-10"}, "after"),  # a circle
    ],
)
def test_a_rule_that_others_wait_for_cannot_be_broken(law_kit, changes, field):
    with pytest.raises(Invalid) as refused:
        act(law_kit, FENNA, SaveLawRule(typed("awb-6-7", valid_from="2027-01-01", **changes)))
    assert set(refused.value.fields) == {field}


def test_nothing_changed_is_said_and_nothing_is_stored(law_kit):
    same = typed("awb-9-11", checked_on="2026-11-29")
    later = replace(law_kit, clock=SetClock(datetime(2026, 11, 30, 12, tzinfo=UTC)))
    with pytest.raises(Invalid, match="niets veranderd"):
        act(later, FENNA, SaveLawRule(same))
    with law_kit.sessions() as session:
        assert session.scalars(select(LawRuleRow)).all() == []
        assert session.scalars(select(AuditRow).where(AuditRow.action == "law_rule")).all() == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-07-11", "een zaterdag"),
        ("2026-12-25", "Eerste kerstdag"),
        ("2026-05-15", "gelijkgesteld"),
        ("", "Vul de dag in"),
        ("morgen", "Schrijf de datum als dag, maand en jaar"),
        ("2190-01-01", "tot en met 2090"),
    ],
)
def test_a_day_that_is_closed_already_or_no_day_is_refused(law_kit, day, words):
    with pytest.raises(Invalid, match=words) as refused:
        act(law_kit, FENNA, SaveClosedDay(replace(ONE_DAY, day=day)))
    assert set(refused.value.fields) == {"day"}


def test_only_an_administrator_edits_the_law(law_kit):
    actions = (shorter(), RemoveLawRule("awb-9-11", "standard", date(2009, 10, 1)), SaveClosedDay(ONE_DAY),
               RemoveClosedDay(date(2026, 5, 15)), RecomputeCase(1))  # fmt: skip
    for action in actions:
        with pytest.raises(NotAllowed):
            act(law_kit, NOOR, action)
    with pytest.raises(NotAllowed):
        act(law_kit, FENNA, RecomputeCase(1))


def test_what_is_not_there_cannot_be_changed_or_taken_out(law_kit):
    with pytest.raises(NotFound):
        act(law_kit, FENNA, SaveLawRule(typed("awb-9-11", code="verzonnen")))
    with pytest.raises(NotFound):
        act(law_kit, FENNA, RemoveLawRule("awb-9-11", "standard", date(2020, 1, 1)))
    with pytest.raises(Invalid, match="oudste versie"):
        act(law_kit, FENNA, RemoveLawRule("awb-9-11", "standard", date(2009, 10, 1)))
    with pytest.raises(NotFound):
        act(law_kit, FENNA, RemoveClosedDay(date(2026, 7, 13)))
