"""One hearing for joined cases (W21, W8): one time on the agenda for all, and an invitation for the parties of each."""

from datetime import timedelta

import pytest
from kit.browser import Browser
from kit.cases import days_later, open_task, rows
from kit.hearings import EVA, agenda, furnish, open_elements, planned, session_on, waiting_case
from kit.people import BRAM, ILSE, NOOR, TESS

from processes.actions import act
from processes.actions.agenda import SetItemTime, ShiftItem, TakeOffAgenda
from processes.actions.group_hearing import PlanGroupHearing
from processes.actions.grouping import JoinCases, LeaveGroup
from processes.base.errors import Invalid
from processes.jobs.workers import drain
from processes.reads.workbench import read_group, read_session
from processes.storage.tables import CaseGroupStep, NoticeRow

FULL = "In deze zitting is geen tijd meer vrij. Kies een andere zitting."

# nothing here depends on the database
pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


@pytest.fixture
def ready(installed):
    return installed(furnish)


def test_w21_joined_cases_are_heard_at_one_time_and_each_party_is_invited(ready) -> None:
    alone, one, two = waiting_case(ready, BRAM), waiting_case(ready, TESS), waiting_case(ready, ILSE)
    session = session_on(ready)
    planned(ready, session, alone)
    group = int(act(ready, NOOR, JoinCases((one, two), "Dakopbouw", "Eén besluit.")))
    (step,) = read_group(ready, NOOR, group).steps
    assert [number for _, number in step.plans] == [one, two]
    noor = Browser(ready, NOOR)
    here = f"/werk/groepen/{group}"
    assert "Kies een zitting die nog komt." in noor.post(f"{here}/zitting", {"tasks": []}, status=422)
    tasks = [task for task, _ in step.plans]
    assert "De zaken gaan naar de zitting." in noor.post(f"{here}/zitting", {"tasks": tasks, "session": str(session)})
    drain(ready)
    first, *block = agenda(ready, session)
    assert {item.begins_at for item in block} == {first.begins_at + timedelta(minutes=30)}
    assert all("PlanHearing" not in open_elements(ready, number) for number in (one, two))
    invited = {row.case_id for row in rows(ready, NoticeRow, template="uitnodiging")}
    assert {item.case_id for item in block} <= invited
    assert {row.state for row in rows(ready, CaseGroupStep)} == {"done"}
    assert read_session(ready, NOOR, session).planned_minutes == 60
    act(ready, EVA, ShiftItem(block[1].id, "omhoog"))
    moved = {item.id: item.begins_at for item in agenda(ready, session)}
    assert moved[block[0].id] == moved[block[1].id] == first.begins_at
    act(ready, EVA, SetItemTime(block[0].id, "60", "5"))
    later = {item.id: item.begins_at for item in agenda(ready, session)}
    assert later[block[0].id] == later[block[1].id]
    assert later[first.id] == first.begins_at + timedelta(minutes=65)


def test_w21_a_hearing_that_found_no_room_is_tried_again_from_the_group(ready) -> None:
    alone, one, two = waiting_case(ready, BRAM), waiting_case(ready, TESS), waiting_case(ready, ILSE)
    session = session_on(ready, ends="13.30")
    (taken,) = planned(ready, session, alone)
    group = int(act(ready, NOOR, JoinCases((one, two), "Dakopbouw", "Eén besluit.")))
    tasks = tuple(open_task(ready, "PlanHearing", number) for number in (one, two))
    act(ready, NOOR, PlanGroupHearing(group, session, tasks))
    drain(ready)
    steps = rows(ready, CaseGroupStep)
    assert {(step.state, step.why) for step in steps} == {("refused", FULL)}
    assert len(agenda(ready, session)) == 1
    act(ready, EVA, TakeOffAgenda(taken, "De indiener is ziek."))
    days_later(ready, 1)
    noor, here = Browser(ready, NOOR), f"/werk/groepen/{group}"
    assert FULL in noor.get(here)
    for step in steps:
        noor.get(here)
        assert "Het wordt nu opnieuw geprobeerd." in noor.post(f"{here}/stappen/{step.id}/opnieuw")
        drain(ready)
    assert {step.state for step in rows(ready, CaseGroupStep)} == {"done"}
    assert len({item.begins_at for item in agenda(ready, session)}) == 1
    assert FULL not in noor.get(here)
    for step in steps:  # a second press, from another tab
        noor.post(f"{here}/stappen/{step.id}/opnieuw", status=409)


def test_w21_a_hearing_that_cannot_be_planned_in_one_case_says_so_and_keeps_no_other_back(ready) -> None:
    one, two = waiting_case(ready, TESS), waiting_case(ready, ILSE)
    session = session_on(ready)
    group = int(act(ready, NOOR, JoinCases((one, two), "Dakopbouw", "Eén besluit.")))
    tasks = tuple(open_task(ready, "PlanHearing", number) for number in (one, two))
    act(ready, NOOR, PlanGroupHearing(group, session, tasks))
    act(ready, NOOR, LeaveGroup(group, (two,), "Toch apart."))
    drain(ready)
    assert "PlanHearing" not in open_elements(ready, one)
    assert "PlanHearing" in open_elements(ready, two)
    (refused,) = rows(ready, CaseGroupStep, task=tasks[1])
    assert refused.why == "Deze zaak staat niet meer in de groep."
    with pytest.raises(Invalid):
        act(ready, NOOR, PlanGroupHearing(group, session, (tasks[1],)))
