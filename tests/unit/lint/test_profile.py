"""What modellers draw and we run, and what we cannot run: one finding for each, however much hangs on it."""

import pytest
from kit.sketches import ACCEPTED, Sketch
from test_rules import check

from engine import compile_model, read_model


def found(sketch: Sketch) -> list[tuple[str, str, str]]:
    return [(finding.severity, finding.element, finding.code) for finding in check(sketch)]


def compiles(sketch: Sketch) -> bool:
    drawing = sketch.drawing().encode()
    model = read_model(drawing).model
    return model is not None and bool(compile_model(drawing, model).spec)


MESSAGE = '<bpmn:message id="M2" name="answer"/>'
BUTTON = '<case:onDemand code="answer" label="Antwoord" message="answer"/><case:withdrawal'
POOLS = (
    '<bpmn:collaboration id="C"><bpmn:participant id="P1" processRef="proef"/><bpmn:participant id="P2" name="Rechtbank"/>'
    '<bpmn:participant id="P3" name="Burger" processRef="empty"/>'
    '<bpmn:messageFlow id="MF" sourceRef="Tell" targetRef="P2"/></bpmn:collaboration><bpmn:process id="empty"/>'
)
PHONE = 'userTask Phone :: <case:form schema="work.json"/>'
RECEIVES = ACCEPTED.changed("body", PHONE, 'receiveTask Phone messageRef="M2"').changed(
    "outside", "<bpmn:error", f"{MESSAGE}<bpmn:error"
)
TAKEN = [
    ("a task without a kind", ACCEPTED.changed("body", "userTask Phone", "task Phone")),
    ("a task by hand", ACCEPTED.changed("body", "userTask Phone", "manualTask Phone")),
    ("a receive task", RECEIVES.changed("settings", "<case:withdrawal", BUTTON)),
    ("pools of others", ACCEPTED.changed("outside", "<bpmn:message", f"{POOLS}<bpmn:message")),
    ("several arrows into a task", ACCEPTED.changed("body", "Choose >> Merge", "Choose >> Publish")),
]


@pytest.mark.parametrize("sketch", [pytest.param(one[1], id=one[0]) for one in TAKEN])
def test_what_is_taken_has_no_finding_and_compiles(sketch):
    assert found(sketch) == []
    assert compiles(sketch)


@pytest.mark.parametrize("kind", ["task", "manualTask"])
def test_a_task_that_a_person_does_is_a_user_task(kind):
    model = read_model(ACCEPTED.changed("body", "userTask Phone", f"{kind} Phone").drawing().encode()).model
    assert model is not None
    assert model.elements["Phone"].kind == "userTask"


DATA = ["dataObject D1", 'dataObjectReference D1 dataObjectRef="D0"', 'dataStoreReference D1 dataStoreRef="Store"']


@pytest.mark.parametrize("line", DATA)
def test_data_in_a_drawing_is_a_warning(line):
    store = '<bpmn:dataStore id="Store" name="Archief"/><bpmn:message'
    reads = "<bpmn:dataInputAssociation><bpmn:sourceRef>D1</bpmn:sourceRef></bpmn:dataInputAssociation>"
    sketch = ACCEPTED.changed("body", "endEvent Reminded", f"{line}\nendEvent Reminded")
    sketch = sketch.changed("body", "endEvent Longered", f"endEvent Longered ;; {reads}")
    sketch = sketch.changed("outside", "<bpmn:message", store)
    assert found(sketch) == [("warning", "D1", "data-not-read")]
    assert compiles(sketch)


FOREIGN = [
    ("Publish", "serviceTask Publish", "scriptTask Publish"),
    ("Publish", "serviceTask Publish", "businessRuleTask Publish"),
    ("Choose", "exclusiveGateway Choose", "complexGateway Choose"),
    ("Work", "userTask Work", "adHocSubProcess Work"),
    ("Decide", "userTask Decide", "transaction Decide"),
    ("Tell", "sendTask Tell", "funnyTask Tell"),
]
# what the step that is not run would have done is missed by rules about the whole, and rightly so
MISSED = {"formal-step-without-notice", "deadline-never-met", "unknown-element", "value-filled-later"}


@pytest.mark.parametrize(("element", "old", "new"), FOREIGN)
def test_a_step_of_an_unknown_kind_is_one_finding(element, old, new):
    findings = [one for one in found(ACCEPTED.changed("body", old, new)) if one[2] not in MISSED]
    assert findings == [("error", element, "not-executable")]
