"""S15: a task that several people have each for themselves moves with all of them, and with who was over time already."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from kit.cases import BEZWAAR, INTAKE, add_departments, days_later, do, put_in_use, register_bezwaar, rows, shipped
from kit.people import FENNA, ILSE, TESS, citizen
from test_moving import kept, states

from processes.actions import act
from processes.actions.changing_answer import ChangeAnswer
from processes.actions.moving import ReturnCase, StartMove
from processes.actions.tasks import CompleteTask
from processes.base.errors import NotNow
from processes.execution.answer_use import BY_CASE
from processes.jobs.verification import verify
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import Instance, TaskRow

RENAMED = {"RepairByCitizen": "RepairByObjector", "RepairLapsed": "RepairEnded"}


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")


@pytest.fixture
def services(installed: Callable[..., Services]) -> Services:
    return installed(furnish)


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_s15_what_each_person_must_do_moves_along_and_ends_by_the_renamed_event(services: Services) -> None:
    number = register_bezwaar(services, TESS, ILSE, ago=45)
    do(services, "Intake", **{**INTAKE, "complete": False, "missing": ["redenen"]})
    task = next(one for one in rows(services, TaskRow, element="RepairByCitizen") if one.party_id == 1)
    act(services, citizen(services, TESS), CompleteTask(task.id, {"repair_text": "Er is plek"}))
    drain(services)
    before, drawing = kept(services, number), shipped("bezwaar").drawing
    for old, new in RENAMED.items():
        assert old.encode() in drawing
        drawing = drawing.replace(old.encode(), new.encode())
    put_in_use(services, replace(shipped("bezwaar"), drawing=drawing))
    move = int(act(services, FENNA, StartMove("bezwaar", 1, RENAMED)))
    drain(services)
    assert states(services) == [("moved", None)]
    assert [one.element for one in rows(services, Instance) if one.element] == ["RepairByCitizen", "RepairByObjector"]
    act(services, FENNA, ReturnCase(move, number))
    assert kept(services, number) == before
    act(services, FENNA, StartMove("bezwaar", 1, RENAMED))
    drain(services)
    days_later(services, 15)
    assert [one.element for one in rows(services, TaskRow, state="open")] == ["JudgeRepair"]
    assert verify(services) == []


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_c13_an_answer_of_one_of_several_stands_once_the_case_has_another_drawing(services: Services) -> None:
    register_bezwaar(services, TESS, ago=45)
    do(services, "Intake", **{**INTAKE, "complete": False, "missing": ["redenen"]})
    (task,) = rows(services, TaskRow, element="RepairByCitizen")
    act(services, citizen(services, TESS), CompleteTask(task.id, {"repair_text": "Er is plek"}))
    drawing = shipped("bezwaar").drawing
    for old, new in RENAMED.items():
        drawing = drawing.replace(old.encode(), new.encode())
    put_in_use(services, replace(shipped("bezwaar"), drawing=drawing))
    act(services, FENNA, StartMove("bezwaar", 1, RENAMED))
    drain(services)
    assert states(services) == [("moved", None)]
    with pytest.raises(NotNow, match=BY_CASE):
        act(services, citizen(services, TESS), ChangeAnswer(task.id, 2, {"repair_text": "Er is geen plek"}))
