"""What a drawing must be to be compiled, and what never happens however it is drawn."""

import time

import pytest
from drawn import Drawing, Play

from engine.errors import ExpressionError, UnreadableModel
from engine.kernel.running import compile_model

PLAIN = "start s\nuser a\nend e\ns > a > e"


def changed(text, old, new):
    drawing = Drawing(text)
    assert old in drawing.xml
    return compile_model(drawing.xml.replace(old, new), drawing.model)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("start s\nxor x\nuser a\nend e\ns > x\nx > a if route ==\nx > e else\na > e", r"\(x\)"),
        (PLAIN + "\nboundary b a timeDuration twee dagen\nb > e", r"\(b\)"),
        (PLAIN + "\nboundary b a timeCycle 2026-01-01\nb > e", r"\(b\)"),
    ],
)
def test_a_bad_expression_names_its_element(text, where):
    drawing = Drawing(text)
    with pytest.raises(ExpressionError, match=where):
        drawing.compiled()


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (PLAIN + "\na > s", "a"),
        ("start s\nrace g\nuser a\nend e\ns > g > a > e", "g"),
        (PLAIN.replace("start s\n", "").replace("s > ", ""), "startgebeurtenis"),
    ],
)
def test_a_drawing_that_cannot_run_names_its_element(text, where):
    drawing = Drawing(text)
    with pytest.raises(UnreadableModel, match=where):
        drawing.compiled()


def test_an_event_of_an_unknown_kind_is_refused():
    text = PLAIN + "\nboundary! b a message m\nb > e"
    with pytest.raises(UnreadableModel, match="b"):
        changed(text, b'<bpmn:messageEventDefinition messageRef="message_m"/>', b"<bpmn:escalationEventDefinition/>")


@pytest.mark.parametrize("tag", [b"scriptTask", b"transaction", b"adHocSubProcess", b"businessRuleTask"])
def test_what_the_profile_does_not_have_is_refused(tag):
    with pytest.raises(UnreadableModel, match="a"):
        changed(PLAIN, b"userTask", tag)


@pytest.mark.parametrize("xml", [b"", b"<a", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a/>"])
def test_nonsense_is_refused(xml):
    with pytest.raises(UnreadableModel):
        compile_model(xml, Drawing(PLAIN).model)


def test_a_reference_that_leads_nowhere_does_not_keep_the_parser_busy():
    text = "start s\nsub q {\nstart t\nsub r {\nstart u\nuser a\nend f\nu > a > f\n}\nend g\nt > r > g\n}\nend e\ns > q > e"
    association = b"<bpmn:dataInputAssociation><bpmn:sourceRef>nowhere</bpmn:sourceRef></bpmn:dataInputAssociation>"
    begin = time.monotonic()
    changed(text, b"</bpmn:userTask>", association + b"</bpmn:userTask>")
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize("condition", ["__import__('os').system('true')", "(lambda: true)()", "route.__class__ == 1"])
def test_a_condition_never_runs_as_python(condition):
    with pytest.raises(ExpressionError):
        Play(f"start s\nxor x\nend e\nend f\ns > x\nx > e if {condition}\nx > f else", {"route": "a"})


def test_a_message_without_a_name_goes_by_its_id():
    drawing = Drawing("start s\ncatch w message hello\nend e\ns > w > e")
    drawing.xml = drawing.xml.replace(b' name="hello"', b"")
    assert Play(drawing).send("message_hello").step.finished
