"""A case that would wait for ever has a finding at the element where it waits."""

import pytest
from kit.sketches import ACCEPTED
from test_rules import CALLED, LAW, LIBRARY, RETENTION, TIMER, check

from engine import lint, read_model

MESSAGE = '<bpmn:messageEventDefinition messageRef="M2"/>'
SIGNAL = '<bpmn:signalEventDefinition signalRef="S2"/>'
BASE = ACCEPTED.changed(
    "outside", "<bpmn:error", '<bpmn:message id="M2" name="answer"/><bpmn:signal id="S2" name="alarm"/><bpmn:error'
)
BUTTON = '<case:onDemand code="answer" label="Antwoord" message="answer"{}/><case:withdrawal'
ON_WORK = 'boundaryEvent Early attachedToRef="Work"{} ;; {}\nEarly > Merge\nuserTask Decide ::'


def events(body_old, body_new, sketch=BASE):
    return {
        (finding.severity, finding.element, finding.code)
        for finding in check(sketch.changed("body", body_old, body_new))
        if finding.code in ("message-never-sent", "signal-never-thrown", "citizen-cannot-see")
    }


NEVER = [
    ("an event in the way", TIMER, MESSAGE, ("error", "Pause", "message-never-sent")),
    ("a signal in the way", TIMER, SIGNAL, ("error", "Pause", "signal-never-thrown")),
    ("a receive task", "userTask Phone", 'receiveTask Phone messageRef="M2"', ("error", "Phone", "message-never-sent")),
    (
        "at the rim of a step",
        "userTask Decide ::",
        ON_WORK.format("", MESSAGE),
        ("warning", "Early", "message-never-sent"),
    ),
    (
        "a signal at the rim",
        "userTask Decide ::",
        ON_WORK.format("", SIGNAL),
        ("warning", "Early", "signal-never-thrown"),
    ),
]


@pytest.mark.parametrize(("old", "new", "found"), [pytest.param(*one[1:], id=one[0]) for one in NEVER])
def test_what_nothing_sends_is_a_finding_where_it_is_waited_for(old, new, found):
    assert events(old, new) == {found}


def test_a_race_with_a_timer_does_not_wait_for_ever():
    race = (
        f"eventBasedGateway Race\nintermediateCatchEvent Heard ;; {MESSAGE}\nPublish > Race\nRace > Heard\n"
        "Race > Pause\nHeard > Decide"
    )
    assert events("Publish > Pause", race) == {("warning", "Heard", "message-never-sent")}


SENT = [
    ("a button", "settings", "<case:withdrawal", BUTTON.format(""), MESSAGE),
    ("an event that throws", "body", "endEvent Reminded", f"endEvent Reminded ;; {MESSAGE}", MESSAGE),
    ("a send task with a message", "body", "sendTask Reminder ::", 'sendTask Reminder messageRef="M2" ::', MESSAGE),
    ("an event that gives a signal", "body", "endEvent Reminded", f"endEvent Reminded ;; {SIGNAL}", SIGNAL),
]


@pytest.mark.parametrize(("part", "old", "new", "event"), [pytest.param(*one[1:], id=one[0]) for one in SENT])
def test_what_is_sent_is_no_finding(part, old, new, event):
    assert events(TIMER, event, BASE.changed(part, old, new)) == set()


def test_a_button_for_closed_cases_sends_nothing_while_the_case_waits():
    closed = BASE.changed("settings", "<case:withdrawal", BUTTON.format(' when="closed"'))
    assert events(TIMER, MESSAGE, closed) == {("error", "Pause", "message-never-sent")}


@pytest.mark.parametrize("hidden", ['portal="false"', 'confidentiality="vertrouwelijk"'])
def test_a_citizen_does_not_see_a_case_that_the_portal_does_not_show(hidden):
    citizen = ACCEPTED.changed("lane", "committee", "citizen")
    assert events("endEvent Done", "endEvent Done", citizen) == set()
    unseen = citizen.changed("settings", 'prefix="PRF"', f'prefix="PRF" {hidden}')
    tasks = {("warning", task, "citizen-cannot-see") for task in ("Work", "Extend", "Phone", "Hearing", "Decide")}
    assert events("endEvent Done", "endEvent Done", unseen) == tasks


def test_a_called_process_asks_a_citizen_who_does_not_see_the_case():
    asks = read_model(CALLED.changed("lane", "committee", "citizen").drawing().encode()).model
    library = {**LIBRARY, "vraag": asks}
    unseen = ACCEPTED.changed("settings", 'prefix="PRF"', 'prefix="PRF" portal="false"')
    findings = lint(unseen.folder(), library, law_rules=LAW, retention_rules=RETENTION)
    assert [(one.element, one.code) for one in findings] == [("Ask", "citizen-cannot-see")]


KEEP = "<case:keep/>"


@pytest.mark.parametrize(
    ("event", "pause", "found"),
    [
        (f":: {KEEP} ;; {MESSAGE}", MESSAGE, set()),
        (f":: {KEEP} ;; {MESSAGE}", TIMER, {("warning", "Reminded", "kept-without-reader")}),
        (f":: {KEEP}", TIMER, {("warning", "Reminded", "kept-without-reader")}),
        (f";; {MESSAGE}", TIMER, set()),
    ],
)
def test_s7_a_message_that_is_kept_for_nobody_is_a_finding(event, pause, found):
    sketch = BASE.changed("body", TIMER, pause).changed("body", "endEvent Reminded", f"endEvent Reminded {event}")
    codes = {(one.severity, one.element, one.code) for one in check(sketch) if one.code == "kept-without-reader"}
    assert codes == found
