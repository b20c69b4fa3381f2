"""J1: a change of a term that follows the day which a form says (`day`): the day is there, or something else says it."""

import json

import pytest
from kit.sketches import ACCEPTED

from engine.lint import lint
from engine.model import LegalTerm

LAW = {"awb-7-10": LegalTerm(("bezwaar",), ("standard", "committee"), extends=True, consents=True)}
VALUE = '<case:value code="people"'
SAID = ACCEPTED.changed("settings", VALUE, f'<case:value code="decided_on" title="Dag" type="date"/>{VALUE}')
BY_LETTER = 'action="meet" on="sent"'


def asked(*, required: bool) -> dict:
    """A form that asks the day."""
    validate = {"validate": {"required": True}} if required else {}
    return {"type": "datetime", "subtype": "date", "key": "decided_on", "label": "Dag", **validate}


def with_field(name: str, field: dict) -> dict:
    form = json.loads(ACCEPTED.forms[name])
    return {**ACCEPTED.forms, name: json.dumps({**form, "components": [*form["components"], field]})}


CASES = {
    "required on every way": ("work.json", True, 'action="meet" day="decided_on"', []),
    "it may stay empty": ("work.json", False, 'action="meet" day="decided_on"', ["day-may-be-empty"]),
    "it may stay empty, and then the letter says it": ("work.json", False, f'{BY_LETTER} day="decided_on"', []),
}


@pytest.mark.parametrize(("name", "required", "action", "codes"), CASES.values(), ids=CASES.keys())
def test_j1_the_day_of_a_form_is_there_or_something_else_says_it(name, required, action, codes):
    sketch = SAID.changed("body", BY_LETTER, action)
    folder = sketch.folder()
    forms = {key: text.encode() for key, text in with_field(name, asked(required=required)).items()}
    library: dict = {}
    found = lint(type(folder)("proef", folder.drawing, forms, folder.mails), library, law_rules=LAW)
    assert [one.code for one in found if one.code.startswith("day-")] == codes


def test_j1_a_task_cannot_follow_the_day_that_its_own_form_asks_as_it_opens():
    at_task = '<case:deadlineAction deadline="decide" action="meet" day="decided_on"{}/>'
    codes = {}
    for at in ("enter", "leave"):
        action = at_task.format(f' at="{at}"')
        sketch = SAID.changed("body", "userTask Extend ::", f"userTask Extend :: {action}")
        sketch = sketch.changed("body", 'userTask Work :: <case:form schema="work.json"/>', "userTask Work :: ")
        folder = sketch.folder()
        forms = {key: text.encode() for key, text in with_field("work.json", asked(required=True)).items()}
        found = lint(type(folder)("proef", folder.drawing, forms, folder.mails), {}, law_rules=LAW)
        codes[at] = [one.code for one in found if one.code == "day-may-be-empty"]
    assert codes == {"enter": ["day-may-be-empty"], "leave": []}
