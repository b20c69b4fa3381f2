"""A border drawn around steps changes nothing of what the linter says about the course of a case."""

from dataclasses import replace

import pytest
from kit.sketches import ACCEPTED
from test_rules import CONSENT, LAW, LIBRARY, RETENTION, SUSPEND, check

from engine.kernel.reading import read_model
from engine.lint import lint

INSIDE = ("Publish", "Pause", "Decide", "Tell")
RESUME = '<case:deadlineAction deadline="decide" action="resume"/>'


def wrapped(sketch):
    """The last steps before the end, in a subprocess of their own."""
    lines = sketch.body.splitlines()
    inner = [
        line
        for line in lines
        if any(
            line.startswith((f"{kind} {one} ", f"{one} > {two}")) for kind in KINDS for one in INSIDE for two in INSIDE
        )
    ]
    outer = [line for line in lines if line not in inner]
    body = "\n".join(
        [*outer, "subProcess Deciding {", "startEvent In", *inner, "endEvent Out", "In > Publish", "Tell > Out", "}"]
    )
    return replace(
        sketch, body=body.replace("Merge > Publish", "Merge > Deciding").replace("Tell > Done", "Deciding > Done")
    )


KINDS = ("serviceTask", "intermediateCatchEvent", "userTask", "sendTask")
FLAT_CASES = {
    "nothing": [],
    "a status that goes back": [("body", 'order="20"', 'order="5"')],
    "a result that nobody is told of": [("body", 'action="meet" on="sent"/><case:mail template="brief" to="parties" formal="true"', 'action="meet"/><case:mail template="brief" to="parties"')],
    "a withdrawal after the decision": [("settings", 'until="Decide"', 'until="Done"')],
    "a suspension before the border": [("body", "sendTask Receipt ::", f"sendTask Receipt :: {SUSPEND}")],
    "a suspension that resumes behind the border": [
        ("body", "sendTask Receipt ::", f"sendTask Receipt :: {SUSPEND}"), ("body", "userTask Decide ::", f"userTask Decide :: {RESUME}"),
    ],
    "a suspension inside": [("body", "userTask Decide ::", f"userTask Decide :: {SUSPEND}")],
    "a consent inside": [("body", "userTask Decide ::", f"userTask Decide :: {CONSENT}")],
    "a term that is met too early": [("body", 'action="meet" on="sent"', 'action="meet"')],
}  # fmt: skip


def codes(findings):
    return sorted((finding.element, finding.code) for finding in findings)


def changed(changes):
    sketch = ACCEPTED
    for part, old, new in changes:
        sketch = sketch.changed(part, old, new)
    return sketch


@pytest.mark.parametrize("case", FLAT_CASES)
def test_b2_a_border_changes_no_finding_about_the_course(case):
    flat = changed(FLAT_CASES[case])
    assert codes(check(wrapped(flat))) == codes(check(flat))


def test_b2_a_value_that_is_asked_behind_the_border_is_filled_too_late():
    reads = ("body", "Choose > Again ? empty(grounds)", "Choose > Again ? late == 'x'")
    value = ("settings", "<case:deadline code", '<case:value code="late" title="Laat" type="text"/><case:deadline code')
    asked = (
        "body",
        'userTask Decide :: <case:form schema="work.json"/>',
        'userTask Decide :: <case:form schema="late.json"/>',
    )
    flat = changed([reads, value, asked])
    flat = replace(flat, forms={**flat.forms, "late.json": flat.forms["start.json"].replace('"grounds"', '"late"')})
    assert ("Choose_Again", "value-filled-later") in codes(check(flat))
    assert ("Choose_Again", "value-filled-later") in codes(check(wrapped(flat)))


OTHER = '<bpmn:lane id="Citizens" name="Burger"><bpmn:extensionElements><case:role side="citizen" party="objector"/></bpmn:extensionElements></bpmn:lane>'
NAMED = '<case:assignment role="citizen" lane="Citizens" answers="first"/>'


def with_two_lanes(sketch):
    return sketch.drawing().replace("</bpmn:lane></bpmn:laneSet>", f"</bpmn:lane>{OTHER}</bpmn:laneSet>").encode()


def findings_of(sketch):
    folder = replace(sketch.folder(), drawing=with_two_lanes(sketch))
    return codes(lint(folder, LIBRARY, law_rules=LAW, retention_rules=RETENTION))


def test_b2_a_task_in_a_subprocess_names_its_lane():
    hearing = ACCEPTED.changed("body", "userTask Hearing ::", f"userTask Hearing :: {NAMED}")
    # the sketch puts every step in its one lane; what is inside a subprocess stands in no lane of its own
    drawing = with_two_lanes(hearing).replace(b"<bpmn:flowNodeRef>Hearing</bpmn:flowNodeRef>", b"")
    model = read_model(drawing).model
    assert model.elements["Hearing"].lane == "Citizens"
    assert model.role_of("Hearing").party == "objector"
    assert model.elements["Decide"].lane == "Lane"


@pytest.mark.parametrize(
    ("task", "lane", "code"),
    [
        ("Hearing", "Nowhere", "unknown-lane"),
        ("Work", "Citizens", "lane-misplaced"),
        ("Work", "Lane", None),
        ("Hearing", "Lane", None),
    ],
)
def test_b2_a_lane_that_is_not_there_or_not_the_drawn_one_is_told(task, lane, code):
    old = f"userTask {task} :: "
    sketch = ACCEPTED.changed("body", old, f'{old}<case:assignment role="worker" lane="{lane}"/>')
    if task == "Work":
        sketch = sketch.changed("body", '<case:assignment role="worker"/>', "")
    own = [found for found in findings_of(sketch) if found[1] in ("unknown-lane", "lane-misplaced")]
    assert own == ([(task, code)] if code else [])
