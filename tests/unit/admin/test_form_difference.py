"""S14: who must agree reads of a changed form which questions came, went, and are asked otherwise."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from kit.small_types import FIRST, folder

from engine import Folder, Value, read_model
from engine.model import Choice
from engine.words import ValueType
from processes.law import default_book
from processes.reads.admin.differences import differences
from processes.reads.admin.form_difference import form_changes

WHY = {"type": "textarea", "key": "why", "label": "Waarom?"}
TEXT = {"type": "text", "text": "Lees dit eerst."}
COLOUR = Value("colour", "Kleur", ValueType.CHOICE, choices=(Choice("r", "Rood"), Choice("b", "Blauw")))


def form(*parts: Mapping[str, Any]) -> bytes:
    return json.dumps({"type": "default", "components": parts}).encode()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ((), (WHY,), ["erbij: vraag 'Waarom?' (tekstvak, niet verplicht)"]),
        (
            (), ({"type": "radio", "key": "colour", "label": "Kleur?", "validate": {"required": True}},),
            ["erbij: vraag 'Kleur?' (keuze uit 'Rood', 'Blauw', verplicht)"],
        ),
        ((WHY, TEXT), (TEXT,), ["weg: vraag 'Waarom?'"]),
        ((WHY,), ({**WHY, "label": "Hoezo?"},), ["anders: vraag 'Hoezo?': de vraag was 'Waarom?'"]),
        ((WHY,), ({**WHY, "validate": {"required": True}},), ["anders: vraag 'Waarom?': is nu verplicht"]),
        (
            (WHY,), ({**WHY, "type": "textfield"},),
            ["anders: vraag 'Waarom?': de soort was tekstvak en wordt korte tekst"],
        ),
        (
            (WHY,), ({**WHY, "conditional": {"hide": "=not kept"}},),
            ["anders: vraag 'Waarom?': is niet te zien als not kept"],
        ),
        ((WHY,), ({**WHY, "multiple": True},), ["anders: vraag 'Waarom?': of meer dan één antwoord mag"]),
        ((WHY, TEXT), (TEXT, WHY), ["de volgorde van de vragen is anders"]),
        ((TEXT,), ({**TEXT, "text": "Lees."},), ["erbij: tekst 'Lees.'", "weg: tekst 'Lees dit eerst.'"]),
        ((WHY,), ({**WHY, "id": "elders"},), []),
    ],
)  # fmt: skip
def test_s14_each_question_that_is_otherwise_has_a_sentence(old: Any, new: Any, said: list[str]) -> None:
    assert list(form_changes(form(*old), form(*new), {"colour": COLOUR}, {})) == said


def lines(before: Folder, after: Folder) -> list[str]:
    found = differences(before, read_model(before.drawing), after, read_model(after.drawing), default_book().rules)
    return [line for group in found for line in group.lines]


def test_s13_a_changed_form_names_its_questions_and_one_that_looks_the_same_says_so() -> None:
    before = folder(FIRST, "eerste")
    after = replace(before, forms={**before.forms, "start.json": form(WHY)})
    assert lines(before, after) == [
        "Formulier 'start', erbij: vraag 'Waarom?' (tekstvak, niet verplicht).", "Formulier 'start', weg: vraag 'Redenen'.",
    ]  # fmt: skip
    spaced = replace(before, forms={**before.forms, "start.json": before.forms["start.json"] + b" "})
    assert lines(before, spaced) == ["Formulier 'start', anders, maar niet wat mensen zien."]


def test_s13_the_choices_of_a_value_are_told_one_by_one() -> None:
    before = folder(FIRST, "eerste")
    drawing = before.drawing.replace(
        b'<case:choice value="verder" title="Verder"/>', b'<case:choice value="later" title="Later"/>'
    )
    drawing = drawing.replace(b'value="klaar" title="Klaar"', b'value="klaar" title="Af"')
    said = lines(before, replace(before, drawing=drawing))
    assert (
        "Anders: gegeven 'Uitkomst'. Veranderd: keuze erbij: 'Later', keuze weg: 'Verder', keuze anders: 'Klaar' wordt 'Af'."
        in said
    )
