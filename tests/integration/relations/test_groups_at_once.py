"""Two people with the same joined cases at one moment (W21), on each kind of database."""

from threading import Barrier, Thread

import pytest
from joined_kit import CALLED, furnish, joined, to_call, work_of_press
from kit.cases import notes_of, open_task, register_bezwaar, rows
from kit.people import BRAM, ILSE, NOOR, SEM, TESS

from processes.actions import act
from processes.actions.grouping import JoinCases
from processes.actions.joining import CompleteTogether
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.storage.tables import CaseGroupMember, CaseGroupStep


@pytest.fixture
def ready(installed):
    return installed(furnish)


def test_w21_of_two_who_join_one_case_at_once_one_is_told_why_not(ready) -> None:
    one, two, three = (register_bezwaar(ready, party) for party in (TESS, BRAM, ILSE))
    at_once, said = Barrier(2), []

    def join(actor: Actor, *numbers: str) -> None:
        at_once.wait()
        try:
            act(ready, actor, JoinCases(numbers, "Groep", "Samen."))
        except Invalid as error:
            said.append(error.fields["cases"])

    people = [Thread(target=join, args=args) for args in ((NOOR, one, two), (SEM, three, two))]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert said == [f"{two}: Deze zaak staat al in een andere groep."]
    assert len(rows(ready, CaseGroupMember)) == 2


def test_w21_two_who_begin_the_same_step_at_once_do_it_once_in_each_case(ready) -> None:
    one, two, three = (to_call(ready, party) for party in (TESS, BRAM, ILSE))
    joined(ready, one, two, three)
    tasks = {number: open_task(ready, "CallObjector", number) for number in (one, two, three)}
    act(ready, NOOR, CompleteTogether(CompleteTask(tasks[one], CALLED), (tasks[two], tasks[three])))
    act(ready, SEM, CompleteTogether(CompleteTask(tasks[two], {**CALLED, "call_note": "Van Sem."}), (tasks[three],)))
    work_of_press(ready)
    assert {row.state for row in rows(ready, CaseGroupStep)} == {"done"}
    assert len([note for note in notes_of(ready, three) if "samen gedaan" in note]) == 1
