"""A change happens once, whole, or not at all: one-time keys, a task that a colleague did, errors half way."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from execution_kit import INTAKE, registration, tess
from kit.cases import count, open_task
from kit.people import NOOR, TESS_BSN
from sqlalchemy import select

from processes.actions import act
from processes.actions.messages import SendMessage
from processes.actions.registering import NewDecision, NewParty
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.base.errors import AlreadyDone, CaseClosed, Invalid, NotAllowed, NotFound, ZaakspoorError
from processes.storage.tables import AuditRow, Case, CaseValue, FormKey, NoteRow, OutboxRow, StatusRow, TaskRow


@pytest.mark.both_ways
def test_a_second_press_of_one_form_gets_the_first_answer(ready):
    first = act(ready, NOOR, registration(ready), once="sleutel-1")
    second = act(ready, NOOR, registration(ready), once="sleutel-1")
    assert (first, count(ready, Case)) == (second, 1)


@pytest.mark.both_ways
def test_ten_presses_at_one_moment_register_one_case(ready):
    action = registration(ready)
    with ThreadPoolExecutor(10) as people:
        answers = list(people.map(lambda _: act(ready, NOOR, action, once="sleutel-2"), range(10)))
    assert len(set(answers)) == 1
    assert count(ready, Case) == 1


@pytest.mark.both_ways
def test_ten_people_complete_one_task_and_one_of_them_wins(ready):
    act(ready, NOOR, registration(ready))
    task = open_task(ready, "Intake")

    def complete(number):
        try:
            return act(ready, Actor("staff", f"w{number}", "Iemand", frozenset({"worker"})), CompleteTask(task, INTAKE))
        except AlreadyDone as lost:
            return lost

    with ThreadPoolExecutor(10) as people:
        answers = list(people.map(complete, range(10)))
    lost = [answer for answer in answers if isinstance(answer, AlreadyDone)]
    assert len(lost) == 9
    assert "is al gedaan" in str(lost[0])
    with ready.sessions() as session:
        changes = session.scalars(select(AuditRow.action).where(AuditRow.action == "complete")).all()
    assert changes == ["complete"]


@pytest.mark.both_ways
def test_an_error_half_way_leaves_nothing_behind(ready):
    tables = (Case, CaseValue, StatusRow, TaskRow, OutboxRow, FormKey)
    before = {table: count(ready, table) for table in tables}
    with pytest.raises(KeyError):
        act(ready, NOOR, registration(ready, values={"unknown_code": 1}), once="sleutel-3")
    assert {table: count(ready, table) for table in tables} == before
    assert act(ready, NOOR, registration(ready), once="sleutel-3").startswith("BZW-")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"parties": ()}, "party-0-name"),
        ({"parties": (NewParty("objector", "  ", address="x"),)}, "party-0-name"),
        ({"parties": (NewParty("objector", "Tess"),)}, "party-0-address"),
        ({"parties": (NewParty("objector", "Tess", channel="portal"),)}, "party-0-channel"),
        ({"decisions": (NewDecision("", announced_on=None, missing=True),)}, "decision-0-subject"),
        ({"decisions": (NewDecision("Iets"),)}, "decision-0-announced_on"),
        ({"decisions": (NewDecision("Iets", missing=True, department="nergens"),)}, "decision-0-department"),
        ({"channel": "duif"}, "channel"),
    ],
)
def test_bad_input_names_the_field_and_stores_nothing(ready, changes, field):
    with pytest.raises(Invalid) as refused:
        act(ready, NOOR, registration(ready, **changes))
    assert field in refused.value.fields
    assert count(ready, Case) == 0


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (Actor("staff", "x", "X", frozenset({"committee"})), NotAllowed),
        (Actor("citizen", "iemand anders", "X"), NotFound),
    ],
)
def test_a_task_is_not_for_everybody(ready, actor, error):
    act(ready, NOOR, registration(ready))
    with pytest.raises(error):
        act(ready, actor, CompleteTask(open_task(ready, "Intake"), INTAKE))


@pytest.mark.both_ways
def test_d42_a_message_on_the_own_running_case(ready):
    number = act(ready, NOOR, registration(ready))
    act(ready, tess(ready), SendMessage(number, "Wanneer hoor ik iets?"))
    with ready.sessions() as session:
        note = session.scalars(select(NoteRow).where(NoteRow.kind == "message")).one()
    assert (note.text, note.author, note.read_by_handler) == ("Wanneer hoor ik iets?", "Tess Testeling", False)


def test_d43_never_a_message_after_closing(ready):
    number = act(ready, NOOR, registration(ready))
    from processes.actions.withdrawing import Withdraw

    act(ready, tess(ready), Withdraw(number))
    with pytest.raises(CaseClosed):
        act(ready, tess(ready), SendMessage(number, "Nog iets"))
    assert issubclass(CaseClosed, ZaakspoorError)


def test_d24_another_persons_case_does_not_exist(ready):
    number = act(ready, NOOR, registration(ready))
    with pytest.raises(NotFound):
        act(ready, Actor("citizen", ready.secrets.index("bsn:999990676"), "Bram"), SendMessage(number, "Hallo"))


def test_one_of_two_objectors_cannot_end_the_case_for_both(ready):
    from processes.actions.withdrawing import Withdraw

    other = NewParty("objector", "Ilse Namaak", identity="bsn:999991863", channel="portal")
    both = (NewParty("objector", "Tess Testeling", identity=TESS_BSN, channel="portal"), other)
    number = act(ready, NOOR, registration(ready, parties=both))
    act(ready, tess(ready), Withdraw(number))
    with ready.sessions() as session:
        assert session.scalars(select(Case.state)).all() == ["running"], "the case goes on for the other"
    with pytest.raises(NotAllowed):
        act(ready, tess(ready), Withdraw(number))
    act(ready, NOOR, Withdraw(number, "Ook de ander vroeg het per brief."))
    with ready.sessions() as session:
        assert session.scalars(select(Case.state)).all() == ["closed"]
