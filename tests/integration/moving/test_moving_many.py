"""S15: two hundred running cases in mixed states go to a new version: none is lost, the refused are explained, twenty go back."""

from collections import Counter
from typing import Any

import pytest
from kit.case_copies import copies_of
from kit.cases import days_later, rows
from kit.people import FENNA
from kit.sketches import Sketch
from kit.small_types import FIRST, deploy, end, register
from sqlalchemy.orm import Session

from processes.actions import act
from processes.actions.moving import ReturnCase, StartMove
from processes.base.errors import Busy
from processes.jobs import moving
from processes.jobs.workers import drain
from processes.reads.admin import read_move, try_move
from processes.storage.model_cache import Deployed, ModelCache, ModelUnreadable
from processes.storage.services import Services
from processes.storage.tables import Case, CaseMove, Instance, ModelMove, ModelVersion, OutboxRow, TaskRow

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
NO_QUESTIONS = '{"type": "default", "components": []}'
CALLED = Sketch(
    "", 'startEvent Begin\nuserTask Help :: <case:form schema="work.json"/>\nendEvent Done\nBegin > Help\nHelp > Done',
    FIRST.lane, "", {"work.json": NO_QUESTIONS}, {}, 'id="hulp" name="Hulp" isExecutable="true"',
)  # fmt: skip
BODY = """
startEvent Begin :: <case:form schema="start.json"/><case:status code="begun" name="Begonnen" order="10"/>
userTask Work :: <case:form schema="work.json"/>
callActivity Ask name="Vraag hulp" calledElement="hulp"
userTask Check name="Kijk na" :: <case:form schema="work.json"/>
boundaryEvent Remind attachedToRef="Check" cancelActivity="false" ;; <bpmn:timerEventDefinition><bpmn:timeDuration>P14D</bpmn:timeDuration></bpmn:timerEventDefinition>
userTask Nudge :: <case:form schema="help.json"/>
endEvent Nudged
userTask Last name="Rond af" :: <case:form schema="work.json"/>
endEvent Done :: <case:result value="dictum"/>
Begin > Work
Work > Ask
Ask > Check
Remind > Nudge
Nudge > Nudged
Check > Last
Last > Done
"""
OLD = Sketch(FIRST.settings, BODY, FIRST.lane, "", {**FIRST.forms, "help.json": NO_QUESTIONS}, {}, FIRST.process)
NEW = (
    OLD.changed("body", "userTask Last", "userTask Finish")
    .changed("body", "Check > Last\nLast > Done", "Check > Finish\nFinish > Done")
    .changed("body", 'name="Kijk na"', 'name="Kijk alles na"')
)
EACH = 49  # copies beside each played case
GONE = "De zaak staat op 'Rond af' (Last). Dit onderdeel bestaat niet meer."


def four_played(services: Services) -> list[str]:
    """A case at each of four steps: the first, in a called process, with a timer, and at the last."""
    deploy(services, CALLED, "hulp")
    deploy(services, OLD, "eerste")
    found = []
    for done in range(4):
        number = register(services)
        for step in range(done):
            end(services, number, **({} if step == 1 else {"dictum": "klaar", "amount": 1}))
        found.append(number)
    return found


def two_hundred(services: Services) -> list[list[str]]:
    """The numbers by state, fifty of each, and a new version in use."""
    found = [[one, *copies_of(services, one, EACH)] for one in four_played(services)]
    deploy(services, NEW, "eerste")
    return found


def state_of(services: Services) -> dict[int, Any]:
    """By case: what a move changes and a way back must give again."""
    kept: dict[int, Any] = {}
    for one in rows(services, Instance):
        kept.setdefault(one.case_id, []).append((one.model_version_id, one.state, one.timers, one.next_due))
    for task in rows(services, TaskRow):
        kept[task.case_id].append((task.id, task.element, task.name, task.role))
    return {case: sorted(parts, key=str) for case, parts in kept.items()}


def moved(services: Services, **names: str) -> ModelMove:
    act(services, FENNA, StartMove("eerste", 2, names))
    drain(services)
    return rows(services, ModelMove)[-1]


def test_s15_two_hundred_cases_in_mixed_states_move_and_none_is_lost(services: Services) -> None:
    by_state = two_hundred(services)
    before = state_of(services)
    ids = {row.number: row.id for row in rows(services, Case)}
    trial = try_move(services, FENNA, "eerste", 2, {})
    assert (trial.running, trial.can, [(one.reason, one.count) for one in trial.refused]) == (200, 150, [(GONE, 50)])
    move = moved(services)
    assert (move.state, move.cases) == ("done", 200)
    assert Counter((row.state, row.reason) for row in rows(services, CaseMove)) == {
        ("moved", None): 150,
        ("refused", GONE): 50,
    }
    (group,) = read_move(services, FENNA, "eerste", move.id).refused
    assert (group.reason, group.count) == (GONE, 50)
    after = state_of(services)
    assert [ids[one] for one in by_state[3] if after[ids[one]] != before[ids[one]]] == [], (
        "the refused stayed as they were"
    )

    twenty = [number for numbers in by_state[:3] for number in numbers[-7:]][:20]
    for number in twenty:
        act(services, FENNA, ReturnCase(move.id, number))
    back = state_of(services)
    assert [one for one in twenty if back[ids[one]] != before[ids[one]]] == [], "twenty are as they were"
    assert sum(back[case] == after[case] for case in ids.values()) == 200 - 20, "nothing happened to the others"

    assert moved(services, Last="Finish").cases == 70
    newest = max(row.id for row in rows(services, ModelVersion, process="eerste"))
    assert [(row.state, row.model_version_id) for row in rows(services, Case)] == [("running", newest)] * 200
    days_later(services, 14)
    assert Counter(row.element for row in rows(services, TaskRow, state="open")) == {
        "Work": 50, "Help": 50, "Check": 50, "Nudge": 50, "Finish": 50,
    }  # fmt: skip


def test_s15_a_process_that_cannot_read_the_new_version_refuses_no_case_and_leaves_it_to_others(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one of the release before, while the new version says what only the next release knows."""
    deploy(services, CALLED, "hulp")
    deploy(services, OLD, "eerste")
    number = register(services)
    deploy(services, NEW, "eerste")
    newest = max(row.id for row in rows(services, ModelVersion, process="eerste"))
    act(services, FENNA, StartMove("eerste", 2))
    (work,) = rows(services, OutboxRow, kind="move")
    reads = ModelCache.version

    def reads_what_it_knows(models: ModelCache, session: Session, version_id: int) -> Deployed:
        if version_id == newest:
            raise ModelUnreadable
        return reads(models, session, version_id)

    with monkeypatch.context() as older:
        older.setattr(ModelCache, "version", reads_what_it_knows)
        with pytest.raises(Busy):
            moving.move_batch(services, work.payload)
        with pytest.raises(ModelUnreadable, match="kan niet worden gelezen"):
            try_move(services, FENNA, "eerste", 2, {})
    assert rows(services, CaseMove) == []
    moving.move_batch(services, work.payload)
    assert [(row.state, row.reason) for row in rows(services, CaseMove)] == [("moved", None)]
    end(services, number, dictum="klaar", amount=1)
