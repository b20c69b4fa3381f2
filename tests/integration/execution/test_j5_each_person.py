"""J5: several people in one role. Each has an own task, answers, term and withdrawal; the case goes on after the last of them."""

from dataclasses import replace

import pytest
from execution_kit import INTAKE
from kit.cases import BEZWAAR, add_departments, days_later, do, put_in_use, register_bezwaar, rows, shipped
from kit.people import ILSE, NOOR, TESS, TOGA, YASMINA, citizen

from processes.actions import act
from processes.actions.parties import AddParty
from processes.actions.tasks import CompleteTask
from processes.actions.withdrawing import Withdraw
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from processes.execution import case_execution
from processes.reads import citizen as portal
from processes.reads import workbench
from processes.storage.services import Services
from processes.storage.tables import Case, CaseValue, DeadlineRow, Instance, NoticeRow, Party, TaskRow

INCOMPLETE = {**INTAKE, "complete": False, "missing": ["redenen"]}
ON_ONE_KIND = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
TWO_WEEKS = 15  # days until the day after the repair term


@pytest.fixture
def two(ready) -> tuple[Services, str]:
    """Tess and Ilse object together, and both are asked to repair."""
    return ready, asked(ready, TESS, ILSE)


def asked(services: Services, *parties) -> str:
    number = register_bezwaar(services, *parties, ago=45)
    do(services, "Intake", **INCOMPLETE)
    return number


def party(services: Services, name: str) -> Party:
    return next(row for row in rows(services, Party) if row.name == name)


def open_for(services: Services, name: str) -> list[str]:
    """The elements of the tasks that wait for this party alone."""
    mine = party(services, name).id
    return [task.element for task in rows(services, TaskRow, state="open") if task.party_id == mine]


def answer(services: Services, who, **values) -> None:
    mine = party(services, who.name).id
    task = next(task for task in rows(services, TaskRow, state="open") if task.party_id == mine)
    act(services, citizen(services, who), CompleteTask(task.id, values))


def waits(services: Services) -> list[str]:
    return sorted(task.element for task in rows(services, TaskRow, state="open"))


def test_j5_each_objector_answers_for_themselves_and_the_case_goes_on_after_the_last(two) -> None:
    services, _ = two
    assert open_for(services, "Tess Testeling") == open_for(services, "Ilse Namaak") == ["RepairByCitizen"]
    answer(services, TESS, repair_text="Er is plek")
    assert waits(services) == ["RepairByCitizen"]
    assert rows(services, DeadlineRow, code="decide")[0].due is None, (
        "the term stands still until the last one answered"
    )
    answer(services, ILSE, repair_text="Ik woon er")
    assert waits(services) == ["JudgeRepair"]
    assert rows(services, DeadlineRow, code="decide")[0].due is not None


@ON_ONE_KIND
def test_j5_answers_are_kept_for_every_person_and_shown_to_staff_and_to_nobody_else(two) -> None:
    services, number = two
    answer(services, TESS, repair_text="Er is plek")
    task = next(task for task in rows(services, TaskRow, state="open"))
    page = portal.read_task(services, citizen(services, ILSE), task.id)
    assert "repair_text" not in page.form.current, "nobody gets the answer of another as a beginning"
    assert page.form.current["missing"] == ["redenen"], (
        "but what the case holds is there for the conditions of the form"
    )
    with pytest.raises(NotFound):
        portal.read_task(services, citizen(services, TESS), task.id)
    answer(services, ILSE, repair_text="Ik woon er")
    shown = {line.name: dict(line.values) for line in workbench.read_parties(services, NOOR, number).answers}
    assert shown == {
        "Tess Testeling": {"Aanvulling op het bezwaar": "Er is plek"},
        "Ilse Namaak": {"Aanvulling op het bezwaar": "Ik woon er"},
    }
    stored = {row.code: row.value for row in rows(services, CaseValue) if row.code.endswith("repair_text")}
    by = {
        str(party(services, name).id): text
        for name, text in (("Tess Testeling", "Er is plek"), ("Ilse Namaak", "Ik woon er"))
    }
    assert stored["answers.repair_text"] == by


def test_j5_nobody_answers_and_the_case_goes_on_by_the_timer_once(two) -> None:
    services, _ = two
    days_later(services, TWO_WEEKS)
    assert waits(services) == ["JudgeRepair"]
    lapsed = [row for row in rows(services, Instance) if row.element]
    assert [(row.phase, row.answered, row.lapsed_by) for row in lapsed] == [("finished", False, "RepairLapsed")] * 2


def test_j5_who_joins_while_others_wait_is_asked_too_with_an_own_term(two) -> None:
    services, number = two
    answer(services, TESS, repair_text="Er is plek")
    days_later(services, 7)
    act(services, NOOR, AddParty(number, replace(ILSE, name="Late Liesbeth", identity="bsn:999990421")))
    assert open_for(services, "Late Liesbeth") == ["RepairByCitizen"]
    days_later(services, TWO_WEEKS - 7)
    assert open_for(services, "Ilse Namaak") == []
    assert open_for(services, "Late Liesbeth") == ["RepairByCitizen"]
    days_later(services, 7)
    assert waits(services) == ["JudgeRepair"]


@ON_ONE_KIND
def test_j5_who_joins_after_the_question_is_asked_nothing(two) -> None:
    services, number = two
    days_later(services, TWO_WEEKS)
    act(services, NOOR, AddParty(number, replace(ILSE, name="Late Liesbeth", identity="bsn:999990421")))
    assert waits(services) == ["JudgeRepair"]


def test_j5_one_of_two_withdraws_and_the_case_goes_on_for_the_other(two) -> None:
    services, number = two
    before = {notice.id for notice in rows(services, NoticeRow)}
    act(services, citizen(services, TESS), Withdraw(number))
    assert rows(services, Case)[0].state == "running"
    assert party(services, "Tess Testeling").withdrawn_on is not None
    assert party(services, "Ilse Namaak").withdrawn_on is None
    assert open_for(services, "Tess Testeling") == []
    told = [notice for notice in rows(services, NoticeRow) if notice.id not in before]
    assert [(notice.template, notice.party_id) for notice in told] == [
        ("een-trekt-in", party(services, "Tess Testeling").id)
    ]
    assert "\nU doet niet meer mee aan zaak" in told[0].body
    answer(services, ILSE, repair_text="Ik woon er")
    assert waits(services) == ["JudgeRepair"]
    act(services, citizen(services, ILSE), Withdraw(number))
    case = rows(services, Case)[0]
    assert (case.state, case.result) == ("closed", "ingetrokken")


@ON_ONE_KIND
def test_j5_the_last_task_that_waits_goes_with_who_withdraws_and_the_case_goes_on(two) -> None:
    services, number = two
    answer(services, ILSE, repair_text="Ik woon er")
    act(services, citizen(services, TESS), Withdraw(number))
    assert waits(services) == ["JudgeRepair"]


@ON_ONE_KIND
def test_j5_staff_say_who_withdraws_when_several_filed(two) -> None:
    services, number = two
    with pytest.raises(Invalid) as refused:
        act(services, NOOR, Withdraw(number, "Per brief"))
    assert refused.value.fields == {"parties": "Kies wie de zaak intrekt."}
    act(services, NOOR, Withdraw(number, "Per brief", (party(services, "Ilse Namaak").id,)))
    assert waits(services) == ["RepairByCitizen"]
    with pytest.raises(Invalid):
        act(services, NOOR, Withdraw(number, "Nog eens", (party(services, "Ilse Namaak").id,)))
    act(services, NOOR, Withdraw(number, "Ook per brief"))
    assert rows(services, Case)[0].state == "closed"


@ON_ONE_KIND
def test_j5_nobody_withdraws_for_another(ready) -> None:
    number = asked(ready, TESS, ILSE, YASMINA)
    with pytest.raises(NotAllowed):
        act(ready, citizen(ready, YASMINA), Withdraw(number))
    with pytest.raises(Invalid):
        act(ready, citizen(ready, TESS), Withdraw(number, "", (party(ready, "Ilse Namaak").id,)))
    assert waits(ready) == ["RepairByCitizen", "RepairByCitizen"]


@ON_ONE_KIND
def test_j5_a_representative_does_the_task_of_each_and_reads_whose_it_is(ready) -> None:
    number = asked(ready, TESS, ILSE, TOGA)
    toga = citizen(ready, TOGA)
    page = portal.read_case(ready, toga, number)
    assert sorted(task.name for task in page.waiting) == [
        "Vul uw bezwaar aan (voor Ilse Namaak)",
        "Vul uw bezwaar aan (voor Tess Testeling)",
    ]
    for task in page.waiting:
        act(ready, toga, CompleteTask(task.task, {"repair_text": task.name}))
    assert waits(ready) == ["JudgeRepair"]
    assert [name for _, name in portal.read_case(ready, toga, number).withdrawable] == ["Tess Testeling", "Ilse Namaak"]


def test_j5_a_crash_between_the_answer_and_the_next_step_loses_nothing_and_does_nothing_twice(two, monkeypatch) -> None:
    services, _ = two
    answer(services, TESS, repair_text="Er is plek")
    seen = []

    def crash(place: str) -> None:
        seen.append(place)
        if len(seen) == 2:  # the child has ended, and its parent has just gone on
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(case_execution, "crash_point", crash)
        with pytest.raises(KeyboardInterrupt):
            answer(services, ILSE, repair_text="Ik woon er")
    assert waits(services) == ["RepairByCitizen"]
    answer(services, ILSE, repair_text="Ik woon er")
    assert waits(services) == ["JudgeRepair"]
    done = next(task for task in rows(services, TaskRow, element="RepairByCitizen", state="done"))
    with pytest.raises(AlreadyDone):
        act(services, citizen(services, TESS), CompleteTask(done.id, {"repair_text": "Nog eens"}))


def before_j5(services: Services) -> None:
    """The bezwaar as it was drawn before a task could say whose answer counts."""
    add_departments(services, "parkeren")
    put_in_use(services, *BEZWAAR[:-1])
    now = shipped("bezwaar")
    text = now.drawing.decode().replace(' answers="each"', "").replace(' also="third_party"', "")
    text = text.replace("any_of(answers.hear_again, true)", "hear_again")
    hear = now.forms["hear.json"].decode().replace("not all_of(answers.hearing_reply, 'nee')", "hearing_reply != 'nee'")
    hear = hear.replace("not any_of(answers.hearing_reply, 'ja')", "hearing_reply != 'ja'")
    put_in_use(services, replace(now, drawing=text.encode(), forms={**now.forms, "hear.json": hear.encode()}))


@ON_ONE_KIND
def test_j5_a_drawing_of_before_has_one_task_for_all_as_it_had(installed) -> None:
    services = installed(before_j5)
    asked(services, TESS, ILSE)
    assert [(task.element, task.party_id) for task in rows(services, TaskRow, state="open")] == [
        ("RepairByCitizen", None)
    ]
    do(services, "RepairByCitizen", citizen(services, TESS), repair_text="Er is plek")
    assert waits(services) == ["JudgeRepair"]
