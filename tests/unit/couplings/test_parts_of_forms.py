"""The parts of a form: what the check takes, every page can show, read and offer choices for."""

import re
from pathlib import Path

import pytest
from kit.sketches import form

from engine import Value
from engine.lint import forms
from engine.words import ValueType
from portal.forms import fields
from portal.forms.fields import DEPARTMENTS, FILE_FIELDS, WITH_DEPARTMENTS, fields_for, lists_for
from portal.forms.schema import PLAIN, SPECIAL, WITH_FILES, FormSchema, UnknownForm
from processes.execution.forms import DELIVERED

HOME = Path(__file__).parents[3]
TEMPLATES = HOME / "portal" / "templates" / "forms"
KINDS = {*forms.FILLS, *forms.WITHOUT_KEY}
PARTS = (HOME / "docs" / "bpmn-profile.md").read_text().partition("## Forms\n")[2].partition("\n## ")[0]


def test_the_parts_that_the_check_takes_are_those_that_a_page_can_show():
    templates = {one.stem for one in TEMPLATES.glob("*.html")} - {"fields"}  # that one shows them all
    assert KINDS == PLAIN | SPECIAL | {"text"} == templates
    assert set() == PLAIN & SPECIAL


def test_the_profile_names_every_part():
    assert {kind for kind in KINDS if f"`{kind}`" not in PARTS} == set()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_part_is_read(kind):
    value = Value("given", "Gegeven", next(iter(forms.FILLS.get(kind, [ValueType.TEXT]))))
    read = FormSchema.parse(form({"type": kind, "key": "given", "label": "L"}).encode(), {"given": value})
    assert [one.type for one in read.components] == [kind]


def test_another_part_is_refused_on_both_sides():
    with pytest.raises(UnknownForm):
        FormSchema.parse(form({"type": "tabel", "key": "given"}).encode(), {})
    assert "tabel" not in KINDS


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("files", FILE_FIELDS), ("files of a page", WITH_FILES), ("departments", WITH_DEPARTMENTS), ("delivered", DELIVERED),
    ],
)  # fmt: skip
def test_a_list_of_parts_names_parts_that_there_are(name, kinds):
    assert kinds <= KINDS, name


def test_the_parts_that_are_looked_for_by_name_are_parts_that_there_are():
    """`component.type == "..."`, `field["type"] in {...}`, and what is asked of `component_of` and `_has`."""
    asked = (
        r'(?:\btype(?:"\])?(?:\))? (?:==|in|not in) (\{?[^\n:}]*)|(?:component_of\([^()]*,|_has\(schema,) ("[a-z-]+"))'
    )
    kinds = set()
    for file in [HOME / "portal" / "forms", HOME / "portal" / "workbench", HOME / "portal" / "citizen"]:
        for path in file.glob("*.py"):
            for found in re.findall(asked, path.read_text()):
                kinds |= {word for part in found for word in re.findall(r'"([a-z-]+)"', part)}
    assert {"filepicker", "delivery-judgement", "result-explanation", "decisions"} <= kinds
    assert kinds - KINDS == set()


@pytest.mark.parametrize("kind", sorted(WITH_DEPARTMENTS))
def test_every_page_offers_the_departments_where_a_part_asks_for_one(kind):
    offered = (("parkeren", "Parkeren"),)
    value = Value("given", "Gegeven", ValueType.TEXT, list=kind == "departments")
    read = FormSchema.parse(form({"type": kind, "key": "given", "label": "L"}).encode(), {"given": value})
    (shown,) = fields_for(read, extras=lists_for(offered, {}))
    assert shown.extra == offered
    assert kind not in DEPARTMENTS or shown.choices == list(offered)


def test_no_page_makes_these_lists_itself():
    """A page that wrote its own list once left out `departments`, and showed a question without choices."""
    own = [file.name for file in (HOME / "portal").rglob("*.py") if re.search(r'"document_types"', file.read_text())]
    assert own == [Path(fields.__file__).name]


def test_a_value_of_every_type_can_be_filled_by_some_part():
    assert {kind for kinds in forms.FILLS.values() for kind in kinds} == set(ValueType)
