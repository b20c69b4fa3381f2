"""Decisions in a drawing: who takes them, and letters that tell them (Awb 3:45, 6:23, 10:10)."""

import pytest
from kit.sketches import ACCEPTED, Sketch

from engine import read_model
from engine.lint import decisions
from engine.lint.subject import Findings, build_subject
from engine.model import LegalTerm

LAW = {"awb-7-10": LegalTerm(("bezwaar",), ("standard", "committee"), extends=True, consents=True)}
VALUES = """<case:value code="body" title="Orgaan" type="choice"><case:choice value="raad" title="Raad"/></case:value>
<case:value code="taken_by" title="Wie" type="choice"><case:choice value="mandaat" title="Ik"/><case:choice value="raad" title="Raad"/></case:value>
<case:value code="taken_on" title="Wanneer" type="date"/>"""
ASSIGNMENT = 'role="worker" notSameAs="Work"'
MANDATE = f'{ASSIGNMENT} mandate="true"'
TAKEN = f'{MANDATE} body="body" takenBy="taken_by" takenOn="taken_on"'
DECIDED = ACCEPTED.changed("settings", "<case:documentType", f"{VALUES}<case:documentType").changed(
    "mails", "{{ remedy.bezwaar }}", "{{ remedy.bezwaar }} {{ decided.signature }}"
)
TASK = "Decide"
LETTER = "Tell"


def found(sketch: Sketch) -> list[tuple[str, str]]:
    folder = sketch.folder()
    reading = read_model(folder.drawing)
    assert reading.model is not None
    assert reading.findings == ()
    subject = build_subject(folder, reading.model, reading.drawing, {}, LAW, None, None)
    findings: list[Findings] = [decisions.takers(subject), decisions.told(subject)]
    return [(one.element, one.code) for some in findings for one in some]


def test_j4_a_drawing_that_says_who_decides_and_tells_it_has_no_finding():
    assert found(DECIDED.changed("body", ASSIGNMENT, TAKEN)) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "finding"),
    [
        ("settings", 'value="raad" title="Raad"', 'value="gemeente" title="Raad"', (TASK, "unknown-body")),
        ("settings", 'title="Wie" type="choice"', 'title="Wie" type="choice" list="true"', (TASK, "unknown-value")),
        ("settings", 'title="Wanneer" type="date"', 'title="Wanneer" type="text"', (TASK, "unknown-value")),
        ("body", 'body="body"', 'body="grounds"', (TASK, "unknown-value")),
        ("body", 'takenBy="taken_by"', 'takenBy="nobody"', (TASK, "unknown-value")),
        ("mails", "{{ remedy.bezwaar }}", "Klaar.", (LETTER, "decision-without-remedy")),
        ("mails", "{{ decided.signature }}", "{{ signature }}", (LETTER, "decision-without-signature")),
        ("mails", "{{ decided.signature }}", "{% if decided.by %}x{% endif %}", (LETTER, "decision-without-signature")),
    ],
)
def test_j4_who_decides_and_what_can_be_done_must_be_told(part, old, new, finding):
    assert finding in found(DECIDED.changed("body", ASSIGNMENT, TAKEN).changed(part, old, new))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("body", ASSIGNMENT, f"{ASSIGNMENT} "),  # no mandate: nobody decides in the name of a body
        ("settings", 'procedure="bezwaar"', 'procedure="beroep"'),  # a court decides
    ],
)
def test_j4_where_no_body_decides_no_signature_is_asked(part, old, new):
    sketch = DECIDED.changed("mails", "{{ decided.signature }}", "{{ signature }}").changed(part, old, new)
    assert "decision-without-signature" not in {code for _, code in found(sketch)}
