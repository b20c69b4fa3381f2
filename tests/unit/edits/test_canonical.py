"""The canonical form: whatever an editor does to the order and spaces of a drawing, the same drawing is the same bytes."""

import random
import re
from pathlib import Path

import pytest
from lxml import etree

from engine import compile_model, read_model
from engine.canonical import canonical

HOME = Path(__file__).parents[3] / "bpmn"
NAMES = ["klacht", "zienswijze", "zoekvraag"]
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ORDERED = {
    "BPMNEdge",
    "extensionElements",
    "value",
    "status",
    "resultType",
    "documentRequest",
    "service",
    "onDemand",
    "withdrawal",
}


def drawing(name: str) -> bytes:
    return canonical((HOME / name / f"{name}.bpmn").read_bytes())


def shuffled(data: bytes, seed: int) -> bytes:
    """The drawing as a careless tool could write it: other prefixes, another order, no spaces, defaults told."""
    chance = random.Random(seed)
    old = etree.fromstring(data, etree.XMLParser(remove_blank_text=True))
    for element in old.iter("*"):
        attributes = list(element.attrib.items())
        chance.shuffle(attributes)
        element.attrib.clear()
        element.attrib.update(attributes)
        if etree.QName(element).localname not in ORDERED:
            children = list(element)
            chance.shuffle(children)
            element[:] = children
    for event in old.iter(f"{{{BPMN}}}boundaryEvent"):
        event.set("cancelActivity", event.get("cancelActivity", "true"))
    text = etree.tostring(old, encoding="unicode")
    return re.sub(r'(?<=[</"])bpmn:|(?<=xmlns:)bpmn(?==)', lambda found: found[0].replace("bpmn", "b2"), text).encode()


@pytest.mark.parametrize("name", NAMES)
def test_s2_what_an_editor_wrote_anew_is_the_same_bytes(name):
    before = drawing(name)
    for seed in range(2):
        written = shuffled(before, seed)
        assert written != before
        assert canonical(written, before) == before
    assert canonical(before) == before


@pytest.mark.parametrize("name", NAMES)
def test_s2_the_canonical_form_says_the_same(name):
    raw = (HOME / name / f"{name}.bpmn").read_bytes()
    old, new = read_model(raw), read_model(drawing(name))
    assert (new.model, new.drawing, new.findings) == (old.model, old.drawing, old.findings)
    compile_model(drawing(name), new.model)


def test_s2_a_changed_status_text_after_a_careless_save_is_one_changed_line():
    before = drawing("klacht")
    first = read_model(before).model.statuses()[0].next
    written = shuffled(before, 3).replace(first.encode(), b"Iets anders.")
    now, was = canonical(written, before).splitlines(), before.splitlines()
    assert len(now) == len(was)
    assert [line.strip() for line, old in zip(now, was, strict=True) if line != old] == [
        b"<case:next>Iets anders.</case:next>"
    ]


def test_s2_a_new_step_stands_after_what_it_came_after():
    before = drawing("zienswijze")
    ids = [element.get("id") for element in etree.fromstring(before).find(f"{{{BPMN}}}process")]
    step = b'<bpmn:userTask name="Nieuw" id="Nieuw"/>'
    written = before.replace(b'<bpmn:userTask id="GiveView"', step + b'<bpmn:userTask id="GiveView"')
    now = [element.get("id") for element in etree.fromstring(canonical(written, before)).find(f"{{{BPMN}}}process")]
    at = ids.index("GiveView")
    assert now == [*ids[:at], "Nieuw", *ids[at:]]


def test_s2_comments_stay_and_empty_carriers_go():
    written = (
        f'<definitions xmlns="{BPMN}"><!-- waarom --><process id="p"><extensionElements> </extensionElements>'
        '<task id="A"><documentation>  twee  woorden </documentation></task></process></definitions>'
    )
    lines = canonical(written.encode()).decode().splitlines()
    assert [line.strip() for line in lines[2:]] == [
        "<!-- waarom -->", '<bpmn:process id="p">', '<bpmn:task id="A">', "<bpmn:documentation>  twee  woorden </bpmn:documentation>",
        "</bpmn:task>", "</bpmn:process>", "</bpmn:definitions>",
    ]  # fmt: skip


def test_s2_a_base_that_cannot_be_read_counts_as_none():
    assert canonical(drawing("zienswijze"), b"<a") == drawing("zienswijze")
