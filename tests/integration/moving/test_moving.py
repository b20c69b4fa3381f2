"""S15: running cases move to a new version, each once; what cannot is refused with the reason, and what nobody touched goes back."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from kit.cases import days_later, do, rows, today
from kit.people import FENNA, NOOR
from kit.sketches import Sketch
from kit.small_types import FIRST, case_of, deploy, end, register
from sqlalchemy import update

from processes.actions import act
from processes.actions.messages import AddNote
from processes.actions.moving import MoveAtWork, ReturnCase, ReturnCases, StartMove, StopMove
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotAllowed, NotNow
from processes.jobs import moving
from processes.jobs.verification import verify
from processes.jobs.workers import carry_out, drain
from processes.storage.services import Services
from processes.storage.tables import (
    AuditRow,
    CaseMove,
    DeadlineRow,
    Instance,
    ModelMove,
    ModelVersion,
    NoteRow,
    OutboxRow,
    TaskRow,
)

GERDA = Actor("staff", "gerda", "Gerda Beheer", frozenset({"admin"}))
TWO_STEPS = replace(
    FIRST,
    settings=FIRST.settings
    + '<case:deadline code="decide" title="Beslissen" duration="P42D" from="case.received_on" warnings="P7D"/>',
    body=FIRST.body.replace(
        'startEvent Begin :: <case:form schema="start.json"/>',
        'startEvent Begin :: <case:form schema="start.json"/><case:deadlineAction deadline="decide" action="start"/>',
    )
    .replace("Work > Done", "Work > Again\nAgain > Done")
    .replace("endEvent Done", 'userTask Again name="Nog eens" :: <case:form schema="work.json"/>\nendEvent Done'),
)
RENAMED = TWO_STEPS.changed("body", "userTask Again", "userTask Last").changed(
    "body", "Work > Again\nAgain", "Work > Last\nLast"
)
NEXT = TWO_STEPS.changed("body", 'name="Nog eens"', 'name="Nog een keer"')


def cases_of(services: Services, sketch: Sketch, *done: int) -> list[str]:
    """A case for each number: how many of its tasks were done."""
    deploy(services, sketch, "eerste")
    found = [register(services) for _ in done]
    for number, steps in zip(found, done, strict=True):
        for _ in range(steps):
            end(services, number, dictum="klaar", amount=1)
    return found


def newest(services: Services) -> int:
    return max(row.version for row in rows(services, ModelVersion, process="eerste"))


def moved(services: Services, names: Mapping[str, str] | None = None) -> ModelMove:
    """Move the cases of the version before the newest, to the end."""
    act(services, FENNA, StartMove("eerste", newest(services) - 1, names or {}))
    drain(services)
    return rows(services, ModelMove)[-1]


def states(services: Services) -> list[tuple[str, str | None]]:
    return [(row.state, row.reason) for row in rows(services, CaseMove)]


def version_of(services: Services, number: str) -> int:
    case = case_of(services, number)
    (root,) = rows(services, Instance, case_id=case.id, is_root=True)
    assert root.model_version_id == case.model_version_id
    return next(row.version for row in rows(services, ModelVersion) if row.id == case.model_version_id)


def kept(services: Services, number: str) -> Any:
    """What a way back must give again."""
    case = case_of(services, number)
    return (
        case.model_version_id,
        [(one.state, one.timers, one.next_due) for one in rows(services, Instance, case_id=case.id)],
        sorted((one.id, one.element, one.name, one.role) for one in rows(services, TaskRow, case_id=case.id)),
        [(one.code, one.started_on, one.due, one.warn_on) for one in rows(services, DeadlineRow, case_id=case.id)],
    )


def actions_of(services: Services, number: str) -> list[str]:
    return [row.action for row in rows(services, AuditRow, chain=case_of(services, number).id)]


def notes_of(services: Services, number: str) -> list[str]:
    return [row.text for row in rows(services, NoteRow, case_id=case_of(services, number).id)]


def test_s15_cases_in_mixed_states_go_on_with_the_new_version_and_end_by_it(services: Services) -> None:
    first, second, ended = cases_of(services, TWO_STEPS, 0, 1, 2)
    tasks = {row.id for row in rows(services, TaskRow, state="open")}
    deploy(services, NEXT, "eerste")
    move = moved(services)
    assert (move.state, move.cases, move.started_by) == ("done", 2, "fenna")
    assert states(services) == [("moved", None)] * 2
    assert [version_of(services, one) for one in (first, second, ended)] == [3, 3, 2], "a closed case keeps its version"
    assert {row.id for row in rows(services, TaskRow, state="open")} == tasks, "drafts of forms hang on the task"
    assert sorted(row.name for row in rows(services, TaskRow, state="open")) == ["Nog een keer", "Work"]
    assert notes_of(services, first)[-1] == "Deze zaak loopt verder op versie 3."
    end(services, second, dictum="klaar", amount=1)
    end(services, first, dictum="klaar", amount=1)
    end(services, first, dictum="klaar", amount=1)
    assert [case_of(services, one).state for one in (first, second)] == ["closed", "closed"]
    assert verify(services) == []


def test_s15_what_cannot_move_is_refused_with_the_reason_and_stays_as_it_was(services: Services) -> None:
    first, second = cases_of(services, TWO_STEPS, 0, 1)
    before = kept(services, second)
    deploy(services, RENAMED, "eerste")
    moved(services)
    assert states(services) == [
        ("moved", None),
        ("refused", "De zaak staat op 'Nog eens' (Again). Dit onderdeel bestaat niet meer."),
    ]
    assert (kept(services, second), notes_of(services, second)) == (before, [])
    moved(services, {"Again": "Last"})
    assert [version_of(services, one) for one in (first, second)] == [3, 3]
    end(services, second, dictum="klaar", amount=1)
    assert case_of(services, second).state == "closed"


@pytest.mark.parametrize(
    ("part", "old", "new", "reason"),
    [
        ("settings", 'code="decide" title="Beslissen"', 'code="later" title="Beslissen"', "De termijn 'Beslissen' van deze zaak bestaat niet meer."),
        ("body", 'code="begun" name="Begonnen"', 'code="start" name="Begonnen"', "De status 'Begonnen' waarop de zaak staat, bestaat niet meer."),
        ("forms", '"key": "grounds", "label": "Redenen"', '"key": "label", "validate": {"required": true}, "label": "Label"',
         "De nieuwe versie heeft het gegeven 'Label' nodig, en dat is niet ingevuld."),
        ("settings", 'code="grounds" title="Redenen" type="text"', 'code="grounds" title="Redenen" type="number"', "Het gegeven 'Redenen' is ingevuld en is nu van een ander soort."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_s15_data_that_do_not_fit_refuse_a_case(services: Services, part: str, old: str, new: str, reason: str) -> None:
    wide = TWO_STEPS.changed(
        "settings", RESULTS_BEGIN, '<case:value code="label" title="Label" type="text"/>' + RESULTS_BEGIN
    )
    cases_of(services, wide, 0)
    changed = wide.changed(part, old, new)
    if part == "settings" and "later" in new:
        changed = changed.changed("body", 'deadline="decide"', 'deadline="later"')
    if "number" in new:
        changed = changed.changed("forms", '"textarea", "key": "grounds"', '"number", "key": "grounds"')
        changed = changed.changed("settings", '<case:map value="grounds" to="earlier"/>', "")
    deploy(services, changed, "eerste")
    moved(services)
    assert states(services) == [("refused", reason)]


RESULTS_BEGIN = '<case:resultType code="klaar"'


def test_s15_a_term_is_counted_as_the_new_version_has_it_and_the_timeline_says_so(services: Services) -> None:
    (number,) = cases_of(services, TWO_STEPS, 0)
    before = kept(services, number)
    deploy(services, TWO_STEPS.changed("settings", "P42D", "P84D"), "eerste")
    move = moved(services)
    (row,) = rows(services, DeadlineRow, case_id=case_of(services, number).id)
    assert (row.due - today(services)).days >= 84
    assert "De uiterste datum van 'Beslissen' is nu" in notes_of(services, number)[-1]
    act(services, FENNA, ReturnCase(move.id, number))
    assert kept(services, number) == before


def test_s15_untouched_cases_go_back_just_as_they_were_and_others_stay(services: Services) -> None:
    numbers = cases_of(services, TWO_STEPS, 0, 1, 0, 1)
    before = {one: kept(services, one) for one in numbers}
    deploy(services, RENAMED, "eerste")
    move = moved(services, {"Again": "Last"})
    act(services, NOOR, AddNote(numbers[0], "Gebeld."))
    act(services, FENNA, ReturnCase(move.id, numbers[2]))
    with pytest.raises(NotNow, match="gewerkt"):
        act(services, FENNA, ReturnCase(move.id, numbers[0]))
    act(services, FENNA, ReturnCases(move.id))
    drain(services)
    assert [row.state for row in rows(services, CaseMove)] == ["stayed", "back", "back", "back"]
    assert [kept(services, one) == before[one] for one in numbers] == [False, True, True, True]
    assert notes_of(services, numbers[1])[-1] == "Deze zaak loopt weer op versie 2."
    assert actions_of(services, numbers[1])[-2:] == ["case_moved", "case_moved_back"]
    assert rows(services, ModelMove)[0].state == "returned"
    end(services, numbers[1], dictum="klaar", amount=1)
    assert case_of(services, numbers[1]).state == "closed"
    assert verify(services) == []
    with pytest.raises(NotNow, match="geen zaak"):
        act(services, FENNA, ReturnCases(move.id))


class Killed(BaseException):
    """The process is gone."""


def test_s15_a_worker_that_is_killed_half_way_is_followed_by_one_that_goes_on(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = cases_of(services, TWO_STEPS, 0, 0, 0, 0, 0)
    deploy(services, NEXT, "eerste")
    monkeypatch.setattr(moving, "BATCH", 2)
    act(services, FENNA, StartMove("eerste", 2))
    calls: Iterator[int] = iter(range(100))

    def dies_at_the_second(*given: Any, **more: Any) -> str:
        if next(calls) == 1:
            raise Killed
        return act(*given, **more)

    (work,) = rows(services, OutboxRow, kind="move")
    with monkeypatch.context() as patched:
        patched.setattr(moving, "act", dies_at_the_second)
        with pytest.raises(Killed):
            carry_out(services, work.id)
    assert len(rows(services, CaseMove)) == 1
    drain(services)
    assert len(rows(services, CaseMove)) == 1, "the lease of the dead one holds"
    with services.sessions.begin() as session:
        session.execute(update(OutboxRow).values(lease_until=None))
    drain(services)
    assert [actions_of(services, one).count("case_moved") for one in numbers] == [1] * 5
    assert [len(notes_of(services, one)) for one in numbers] == [1] * 5
    assert rows(services, ModelMove)[0].state == "done"


def test_s15_a_move_that_is_stopped_moves_no_more_and_a_new_one_takes_the_rest(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = cases_of(services, TWO_STEPS, 0, 0, 0)
    deploy(services, NEXT, "eerste")
    monkeypatch.setattr(moving, "BATCH", 1)
    act(services, FENNA, StartMove("eerste", 2))
    carry_out(services, rows(services, OutboxRow, kind="move")[0].id)
    act(services, FENNA, StopMove(1))
    drain(services)
    assert [version_of(services, one) for one in numbers] == [3, 2, 2]
    with pytest.raises(NotNow):
        act(services, FENNA, StopMove(1))
    assert (moved(services).cases, [version_of(services, one) for one in numbers]) == (2, [3, 3, 3])


def test_s15_two_administrators_at_once_begin_one_move_and_two_workers_move_each_case_once(services: Services) -> None:
    numbers = cases_of(services, TWO_STEPS, 0, 0, 0, 0)
    deploy(services, NEXT, "eerste")
    said: list[str] = []

    def press(who: Actor) -> None:
        try:
            said.append(act(services, who, StartMove("eerste", 2)))
        except MoveAtWork:
            said.append("at work")

    together([lambda: press(FENNA), lambda: press(GERDA)])
    assert sorted(said) == ["1", "at work"]
    payload = rows(services, OutboxRow, kind="move")[0].payload
    together([lambda: _until_done(services, payload)] * 2)
    drain(services)
    assert [actions_of(services, one).count("case_moved") for one in numbers] == [1] * 4


def _until_done(services: Services, payload: Mapping[str, Any]) -> None:
    try:
        moving.move_batch(services, payload)
    except moving.Busy:
        _until_done(services, payload)


def together(things: list[Any]) -> None:
    threads = [threading.Thread(target=one) for one in things]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_s15_only_an_administrator_moves_and_only_what_is_there(services: Services) -> None:
    cases_of(services, TWO_STEPS, 0)
    with pytest.raises(NotNow):
        act(services, FENNA, StartMove("eerste", 2))
    deploy(services, NEXT, "eerste")
    with pytest.raises(NotAllowed):
        act(services, NOOR, StartMove("eerste", 2))
    with pytest.raises(Invalid, match="nieuwe tekening"):
        act(services, FENNA, StartMove("eerste", 2, {"Again": "Nergens"}))
    assert rows(services, ModelMove) == []


CALLED = Sketch(
    "", 'startEvent Begin\nuserTask Help :: <case:form schema="work.json"/>\nendEvent Done\nBegin > Help\nHelp > Done',
    FIRST.lane, "", {"work.json": '{"type": "default", "components": []}'}, {}, 'id="hulp" name="Hulp" isExecutable="true"',
)  # fmt: skip
WORK = """userTask Work name="Werk" :: <case:form schema="work.json"/>
boundaryEvent Remind attachedToRef="Work" cancelActivity="false" ;; <bpmn:timerEventDefinition><bpmn:timeDuration>P14D</bpmn:timeDuration></bpmn:timerEventDefinition>
userTask Nudge :: <case:form schema="help.json"/>
endEvent Nudged
Remind > Nudge
Nudge > Nudged
"""
FLAT = replace(
    FIRST,
    body='startEvent Begin :: <case:form schema="start.json"/><case:status code="begun" name="Begonnen" order="10"/>\n'
    f'parallelGateway Split\ncallActivity Ask calledElement="hulp"\n{WORK}parallelGateway Join\n'
    'endEvent Done :: <case:result value="dictum"/>\nBegin > Split\nSplit > Ask\nSplit > Work\nAsk > Join\nWork > Join\nJoin > Done',
    forms={**FIRST.forms, "help.json": CALLED.forms["work.json"]},
)
INSIDE = FLAT.changed(
    "body", WORK, f"subProcess Judge {{\nstartEvent Judging\n{WORK}endEvent Judged\nJudging > Work\nWork > Judged\n}}\n"
).changed("body", "Split > Work\nAsk > Join\nWork > Join", "Split > Judge\nAsk > Join\nJudge > Join")  # fmt: skip


def test_s15_work_its_timer_and_a_called_process_go_into_a_subprocess_that_the_new_drawing_has(
    services: Services,
) -> None:
    deploy(services, CALLED, "hulp")
    (number,) = cases_of(services, FLAT, 0)
    case = case_of(services, number).id
    root, child = rows(services, Instance, case_id=case)
    before = kept(services, number)
    deploy(services, INSIDE, "eerste")
    move = moved(services)
    assert states(services) == [("moved", None)]
    after, still = rows(services, Instance, case_id=case)
    assert (after.timers, after.next_due) == (root.timers, root.next_due), "the timer counts from where it began"
    assert (still.state, still.model_version_id, still.parent_task) == (child.state, child.model_version_id, child.parent_task)  # fmt: skip
    act(services, FENNA, ReturnCase(move.id, number))
    assert kept(services, number) == before
    moved(services)
    days_later(services, 14)
    for element in ("Nudge", "Help"):
        do(services, element)
    do(services, "Work", dictum="klaar", amount=1)
    assert case_of(services, number).state == "closed"
    assert verify(services) == []
