"""Each place of a drawing where an expression may stand, and each length that may count in working days, is found."""

import re
from pathlib import Path

import pytest
from kit.sketches import HEAD

import engine.kernel
from engine import compile_model, computes_with_closed_days, counting_places, deadlines_on_closed_days, read_model
from engine.drawn_expressions import in_working_days, setting_expressions
from engine.vocabulary import CALENDAR, SHAPES
from engine.vocabulary.kinds import condition, expression

COUNTS = "hearing + working_days(3)"
CASE = '<case:caseType identification="proef" title="Proef" prefix="PRF"/>'
ASKING = '<case:documentRequest department="%s" term="P3D" mail="vraag" calendar="%s"/>'

# setting -> the XML on the process or on the step `A`, with the expression (or the way of counting) filled in
ON_PROCESS = {
    "deadline.variant": '<case:deadline code="d" title="D" rule="awb-7-10" variant="%s"/>',
    "deadline.length": '<case:deadline code="d" title="D" rule="awb-7-10" length="%s"/>',
    "deadline.perDay": '<case:deadline code="d" title="D" rule="awb-7-10" perDay="%s"/>',
    "deadline.atMost": '<case:deadline code="d" title="D" rule="awb-7-10" atMost="%s"/>',
    "deadline.from": '<case:deadline code="d" title="D" duration="P3D" from="%s"/>',
    "retention.when": '<case:resultType code="r" description="R" retention="13.1"><case:retention rule="13.1.1" when="%s"/></case:resultType>',
    "map.value": '<case:resultType code="r" description="R" retention="13.1"><case:map value="%s" to="x"/></case:resultType>',
    "documentRequest.department": '<case:onDemand code="o" label="O" process="vraag">'
    + ASKING % ("%s", "calendar")
    + "</case:onDemand>",
}
ON_STEP = {
    "documentRequest.department": ("callActivity", 'calledElement="vraag"', ASKING % ("%s", "calendar")),
    "deadlineAction.until": ("userTask", "", '<case:deadlineAction deadline="d" action="extend" until="%s"/>'),
    "assignment.changeBefore": ("userTask", "", '<case:assignment role="citizen" changeBefore="%s"/>'),
    "session.when": ("userTask", "", '<case:session on="hearing" when="%s"/>'),
    "parameter.value": (
        "serviceTask",
        "",
        '<case:service operation="note"><case:parameter name="text" value="%s"/></case:service>',
    ),
}
LENGTHS_ON_PROCESS = {
    "deadline.calendar": '<case:deadline code="d" title="D" duration="P3D" calendar="%s"/>',
    "documentRequest.calendar": '<case:onDemand code="o" label="O" process="vraag">'
    + ASKING % ("'x'", "%s")
    + "</case:onDemand>",
}
LENGTHS_ON_STEP = {
    "documentRequest.calendar": ("callActivity", 'calledElement="vraag"', ASKING % ("'x'", "%s")),
    "assignment.calendar": ("userTask", "", '<case:assignment role="worker" leadTime="P3D" calendar="%s"/>'),
}


def step(kind: str = "userTask", attributes: str = "", settings: str = "", inside: str = "") -> str:
    extension = f"<bpmn:extensionElements>{settings}</bpmn:extensionElements>" if settings else ""
    return f'<bpmn:{kind} id="A" {attributes}>{extension}{inside}</bpmn:{kind}>'


def drawn(settings: str = "", middle: str = "", more: str = "") -> bytes:
    """A start, the step `A` and an end; `more` is anything beside them."""
    return (
        f'{HEAD}<bpmn:process id="proef" isExecutable="true">'
        f"<bpmn:extensionElements>{CASE}{settings}</bpmn:extensionElements>"
        f'<bpmn:startEvent id="S"/>{middle or step()}<bpmn:endEvent id="E"/>'
        '<bpmn:sequenceFlow id="S_A" sourceRef="S" targetRef="A"/><bpmn:sequenceFlow id="A_E" sourceRef="A" targetRef="E"/>'
        f"{more}</bpmn:process></bpmn:definitions>"
    ).encode()


def read(drawing: bytes):
    found = read_model(drawing)
    assert [one.message for one in found.findings if one.severity == "error"] == []
    return found.model


def places(drawing: bytes) -> list[tuple[str, str, bool]]:
    return [(one.element, one.setting, one.computed) for one in counting_places(compile_model(drawing, read(drawing)))]


def attributes_of(kind) -> set[str]:
    return {
        f"{shape}.{name}" for shape, one in SHAPES.items() for name, it in one.attributes.items() if it.kind is kind
    }


def test_these_tables_have_every_attribute_that_takes_an_expression_or_a_way_of_counting():
    assert attributes_of(expression) | attributes_of(condition) == {*ON_PROCESS, *ON_STEP}
    assert attributes_of(CALENDAR) == {*LENGTHS_ON_PROCESS, *LENGTHS_ON_STEP}


@pytest.mark.parametrize(("text", "found"), [(COUNTS, True), ("hearing + days(3)", False)])
@pytest.mark.parametrize("setting", ON_PROCESS)
def test_an_expression_in_a_setting_of_the_process_is_seen(setting, text, found):
    drawing = drawn(ON_PROCESS[setting] % text)
    assert ("proef", setting, text) in list(setting_expressions(read(drawing)))
    assert places(drawing) == ([("proef", setting, True)] if found else [])


@pytest.mark.parametrize(("text", "found"), [(COUNTS, True), ("hearing + days(3)", False)])
@pytest.mark.parametrize("setting", ON_STEP)
def test_an_expression_in_a_setting_of_a_step_is_seen(setting, text, found):
    kind, attributes, settings = ON_STEP[setting]
    drawing = drawn("", step(kind, attributes, settings % text))
    assert ("A", setting, text) in list(setting_expressions(read(drawing)))
    assert places(drawing) == ([("A", setting, True)] if found else [])


@pytest.mark.parametrize("counting", ["working", "calendar"])
@pytest.mark.parametrize("setting", [*LENGTHS_ON_PROCESS, *(f"{one} of a step" for one in LENGTHS_ON_STEP)])
def test_a_length_in_working_days_is_seen_and_is_no_expression(setting, counting):
    if setting in LENGTHS_ON_PROCESS:
        drawing = drawn(LENGTHS_ON_PROCESS[setting] % counting)
    else:
        kind, attributes, settings = LENGTHS_ON_STEP[setting.removesuffix(" of a step")]
        drawing = drawn("", step(kind, attributes, settings % counting))
    found = places(drawing)
    assert [computed for _, _, computed in found] == ([False] if counting == "working" else [])
    assert len(list(in_working_days(read(drawing)))) == len(found)
    assert not computes_with_closed_days(compile_model(drawing, read(drawing)))


TIMER = "<bpmn:timerEventDefinition><bpmn:%s>%s</bpmn:%s></bpmn:timerEventDefinition>"
LOOP = "<bpmn:multiInstanceLoopCharacteristics>%s</bpmn:multiInstanceLoopCharacteristics>"
BOUNDARY = '<bpmn:boundaryEvent id="B" attachedToRef="A" cancelActivity="false">%s</bpmn:boundaryEvent>'
TO_END = '<bpmn:sequenceFlow id="B_E" sourceRef="B" targetRef="E"/>'


def timer(kind: str, text: str) -> str:
    return TIMER % (kind, text, kind)


def split(kind: str) -> str:
    other = '<bpmn:task id="T"/><bpmn:sequenceFlow id="T_E" sourceRef="T" targetRef="E"/>'
    condition = f"<bpmn:conditionExpression>hearing &lt; today() + {'working_days(3)'}</bpmn:conditionExpression>"
    return f'<bpmn:sequenceFlow id="A_T" sourceRef="A" targetRef="T">{condition}</bpmn:sequenceFlow>{other}'


INSIDE = (
    '<bpmn:startEvent id="S2"/><bpmn:intermediateCatchEvent id="W">'
    + timer("timeDate", COUNTS)
    + '</bpmn:intermediateCatchEvent><bpmn:endEvent id="E2"/>'
    '<bpmn:sequenceFlow id="a" sourceRef="S2" targetRef="W"/><bpmn:sequenceFlow id="b" sourceRef="W" targetRef="E2"/>'
)
DRAWN = {  # where it stands in BPMN -> the drawing, and the place that is found
    "a date to wait for": (drawn("", step("intermediateCatchEvent", "", "", timer("timeDate", COUNTS))), "A", "timer"),
    "a length to wait": (
        drawn("", step("intermediateCatchEvent", "", "", timer("timeDuration", "working_days(3)"))),
        "A",
        "timer",
    ),
    "a repetition on a step": (
        drawn("", "", BOUNDARY % timer("timeCycle", "repeat(hearing, working_days(3))") + TO_END),
        "B",
        "timer",
    ),
    "a timer in a subprocess": (drawn("", step("subProcess", "", "", INSIDE)), "W", "timer"),
    "a flow out of an exclusive gateway": (
        drawn("", step("exclusiveGateway", 'default="A_E"'), split("exclusive")),
        "A",
        "condition",
    ),
    "a flow out of an inclusive gateway": (
        drawn("", step("inclusiveGateway", 'default="A_E"'), split("inclusive")),
        "A",
        "condition",
    ),
    "how many times a step is done": (
        drawn("", step(inside=LOOP % "<bpmn:loopCardinality>1 if hearing &lt; today() + working_days(3) else 2</bpmn:loopCardinality>")),
        "A",
        "loop",
    ),
    "when enough of several are done": (
        drawn("", step(inside=LOOP % "<bpmn:loopCardinality>2</bpmn:loopCardinality><bpmn:completionCondition>hearing &lt; today() + working_days(3)</bpmn:completionCondition>")),
        "A",
        "loop",
    ),
    "how long a loop goes on": (
        drawn("", step(inside="<bpmn:standardLoopCharacteristics><bpmn:loopCondition>hearing &lt; today() + working_days(3)</bpmn:loopCondition></bpmn:standardLoopCharacteristics>")),
        "A",
        "loop",
    ),
}  # fmt: skip


@pytest.mark.parametrize("where", DRAWN)
def test_an_expression_of_bpmn_itself_is_seen(where):
    drawing, element, kind = DRAWN[where]
    assert (element, kind, True) in places(drawing)
    assert computes_with_closed_days(compile_model(drawing, read_model(drawing).model))
    without = drawing.replace(b"working_days(3)", b"days(3)")
    assert places(without) == []


def test_the_kernel_asks_for_an_expression_nowhere_else():
    """A new place where the kernel reads an expression needs a line above, and in `engine.kernel.counting`."""
    folder = Path(engine.kernel.__file__).parent
    asked = {
        f"{file.name}:{found}"
        for file in folder.glob("*.py")
        for found in re.findall(
            r"(?:value_of|parse_timer|compile_expression)\(([^()]*(?:\([^()]*\))?)", file.read_text()
        )
    }
    assert asked == {
        "journal.py:task.task_spec, text",  # what the library asks: conditions of flows
        "journal.py:self, spec: Any, text: str",
        "journal.py:text",
        "foreseeing.py:text",  # conditions of flows once more: where no way leads any longer
        "loops.py:self, text",
        "loops.py:self, self.condition",
        "compiling.py:text",
        "compiling.py:text, kind",
        "counting.py:text",
    }


def test_a_word_in_a_note_or_a_name_counts_nothing():
    drawing = drawn("", step(inside="<bpmn:documentation>working_days(3)</bpmn:documentation>"))
    assert places(drawing) == []


@pytest.mark.parametrize("setting", ["deadline.from", "deadline.variant"])
def test_a_deadline_whose_start_or_variant_is_computed_with_them_is_named(setting):
    drawing = drawn(ON_PROCESS[setting] % COUNTS)
    assert deadlines_on_closed_days(compile_model(drawing, read(drawing))) == {"d"}
    other = drawing.replace(b"working_days(3)", b"days(3)")
    assert deadlines_on_closed_days(compile_model(other, read(other))) == set()
