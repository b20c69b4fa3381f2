"""S12: a search for a way tries first what lies nearest in the drawing, and what a condition on the way asks for."""

from dataclasses import replace

from kit.small_types import FIRST

from engine import read_model
from engine.drawing import Drawing
from processes.jobs.seeking import asked_by_conditions, distances, waiting_leads_on

BODY = """
startEvent Begin
userTask Work
exclusiveGateway Which
subProcess Part {
startEvent BeginPart
userTask Inside
endEvent DonePart
BeginPart > Inside
Inside > DonePart
}
boundaryEvent Overdue attachedToRef="Part" ;; <bpmn:timerEventDefinition><bpmn:timeDuration>days(30)</bpmn:timeDuration></bpmn:timerEventDefinition>
userTask Late
userTask Never
endEvent Done
Begin > Work
Work > Which
Which > Part ? dictum == 'verder'
Which > Never ? kept
Which >> Done
Part > Done
Overdue > Late
Late > Done
Never > Done
"""


def drawing() -> Drawing:
    read = read_model(replace(FIRST, body=BODY).folder().drawing).drawing
    assert read is not None
    return read


def test_s12_how_far_each_element_lies_from_another_over_flows_edges_and_parts() -> None:
    late = distances(drawing(), "Late")
    assert {one: late[one] for one in ("Late", "Overdue", "Part", "Which", "Work", "Begin")} == {
        "Late": 0, "Overdue": 1, "Part": 2, "Which": 3, "Work": 4, "Begin": 5,
    }  # fmt: skip
    assert "Never" not in late, "nothing leads from there to it"
    inside = distances(drawing(), "Inside")
    assert (inside["BeginPart"], inside["Part"], inside["Which"]) == (1, 2, 3)
    assert distances(drawing(), "Done")["Inside"] == 2, "out of a part by its end"


def test_s12_where_only_time_leads_to_an_element_a_case_waits() -> None:
    assert waiting_leads_on(drawing(), distances(drawing(), "Late")) == {"Part"}
    assert waiting_leads_on(drawing(), distances(drawing(), "Done")) == set(), "what is inside leads there as well"


def test_s12_the_answers_that_conditions_ask_for_stand_as_a_step_has_them() -> None:
    assert asked_by_conditions(drawing()) == [("dictum: verder\n", "Part"), ("kept: true\n", "Never")]
