"""One vocabulary: the reader of drawings, the pages, the editor and the document know what the table knows, no more and no less."""

import re
from dataclasses import MISSING, fields

import pytest
from kit.sketches import ACCEPTED
from lxml import etree

from engine import model, read_model
from engine.kernel.reading.settings import MAKERS
from engine.vocabulary import (
    CASE,
    ELEMENTS,
    NODES,
    OPTIONS,
    SHAPES,
    Attribute,
    KindName,
    PageGroup,
    moddle_descriptor,
    option_word,
    shapes_on,
)
from tools.write_profile import TARGET, whole

ATTRIBUTES = {
    f"{name}.{key}": attribute for name, shape in SHAPES.items() for key, attribute in shape.attributes.items()
}
# the dataclass that holds each setting, and the fields that its children fill or the lane gives
HELD = {
    "caseType": (model.CaseType, {"translations"}),
    "party": (model.PartyRole, {"translations"}),
    "value": (model.Value, {"choices", "optional", "translations"}),
    "input": (model.Value, {"choices", "confidential", "translations"}),
    "output": (model.Value, {"choices", "confidential", "optional", "translations"}),
    "choice": (model.Choice, {"translations"}),
    "deadline": (model.DrawnDeadline, {"translations"}),
    "documentType": (model.DocumentType, {"translations"}),
    "resultType": (model.ResultType, {"retentions", "maps", "translations"}),
    "retention": (model.Retention, set()),
    "map": (model.Mapped, set()),
    "onDemand": (model.OnDemand, {"request"}),
    "withdrawal": (model.Withdrawal, {"status"}),
    "checklistPoint": (model.StandardPoint, set()),
    "role": (model.Role, {"lane", "name"}),
    "status": (model.Status, {"explanation", "next", "translations"}),
    "deadlineAction": (model.DeadlineAction, set()),
    "documentRequest": (model.DocumentRequest, {"documents"}),
    "document": (model.WantedDocument, {"translations"}),
    "mail": (model.Mail, set()),
    "keep": (model.KeptMessage, set()),
    "service": (model.Service, {"parameters"}),
    "form": (model.DrawnForm, {"translations"}),
    "assignment": (model.Assignment, set()),
    "session": (model.SessionPlan, set()),
    "result": (model.Result, set()),
    "translation": (model.Translation, set()),
}


def test_s1_each_setting_and_attribute_has_a_name_and_a_help_of_one_to_three_sentences():
    told = {**SHAPES, **ATTRIBUTES}
    assert [name for name, one in told.items() if not re.fullmatch(r"[A-ZÉ][^.]{2,60}", one.label)] == []
    assert [name for name, one in told.items() if not 1 <= len(re.findall(r"[.?](?: |$)", one.help)) <= 3] == []
    assert [name for name, one in told.items() if one.help.strip() != one.help or one.help[-1] not in ".?"] == []
    assert max(len(one.help) for one in told.values()) <= 160


def test_s1_no_two_attributes_of_one_setting_have_the_same_name_on_the_page():
    for name, shape in SHAPES.items():
        labels = [one.label for one in shape.attributes.values()]
        assert len(set(labels)) == len(labels), name


def test_s1_each_page_has_settings_and_each_setting_stands_somewhere():
    assert {shape.group for shape in SHAPES.values()} == set(PageGroup)
    inside = {child for shape in SHAPES.values() for child in shape.children}
    assert inside <= set(SHAPES)
    assert [name for name, shape in SHAPES.items() if not shape.hosts and name not in inside] == []
    assert {host for shape in SHAPES.values() for host in shape.hosts} <= set(ELEMENTS)
    assert set(ELEMENTS) == NODES | {"process", "lane"}


def test_s1_every_word_to_choose_from_has_dutch_words_and_no_other_has():
    used = {type(option) for attribute in ATTRIBUTES.values() for option in attribute.options}
    assert used == set(OPTIONS)
    assert {kind: set(words) for kind, words in OPTIONS.items()} == {kind: set(kind) for kind in used}
    for kind in used:
        assert len({option_word(word) for word in kind}) == len(kind)


@pytest.mark.parametrize("name", HELD)
def test_the_table_has_the_fields_that_the_reader_fills_and_their_defaults(name):
    made, others = HELD[name]
    known = {one.name: one for one in fields(made)}
    listed = {attribute.field: attribute for attribute in SHAPES[name].attributes.values()}
    assert {*listed, *others} == set(known)
    for field, attribute in listed.items():
        needed = known[field].default is MISSING
        assert needed is attribute.required, field
        assert _default(attribute) in ({MISSING} if needed else {known[field].default}), field


def _default(attribute: Attribute) -> object:
    """The value that counts without the attribute; an empty text of the table stands for nothing at all."""
    if attribute.required:
        return MISSING
    if not attribute.default:
        return () if attribute.kind.many or attribute.kind.name is KindName.COMMAS else _nothing(attribute)
    return attribute.kind(attribute.default)


def _nothing(attribute: Attribute) -> str | None:
    return "" if attribute.field in {"filed_as", "document_type"} else None


def test_s1_a_text_that_people_read_may_be_there_in_another_language():
    told = {name: shape.translated for name, shape in SHAPES.items() if shape.translated}
    assert {name for name, shape in SHAPES.items() if "translation" in shape.children} == set(told)
    for name, texts in told.items():
        known = {*SHAPES[name].attributes, *(child for child in SHAPES[name].children if SHAPES[child].text)}
        assert set(texts) <= known


def test_every_setting_but_a_text_and_a_parameter_is_held_by_a_class_of_the_model():
    assert set(HELD) | {"parameter"} == set(MAKERS) == {name for name, shape in SHAPES.items() if not shape.text}


@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if shape.exactly_one])
def test_the_reader_refuses_both_and_neither_of_what_excludes_each_other(name):
    shape = SHAPES[name]
    needed = {key: "x" for key, one in shape.attributes.items() if one.required}
    one, other = shape.exactly_one
    host = next(iter(shape.hosts))
    samples = {"rule": "awb-7-10", "duration": "P1D"}
    for extra in ({}, dict.fromkeys((one, other), "x")):
        said = needed | {key: samples.get(key, value) for key, value in extra.items()}
        assert [found.code for found in _read(host, name, said) if name in found.message or found.code != "no-process"]
    assert not [
        found for found in _read(host, name, needed | {one: samples.get(one, "x")}) if found.severity == "error"
    ]


def _read(host, name, attributes):
    setting = f"<case:{name} " + " ".join(f'{key}="{value}"' for key, value in attributes.items()) + "/>"
    settings = f"<bpmn:extensionElements>{setting}</bpmn:extensionElements>"
    node = "" if host == "process" else f'<bpmn:{host} id="A">{settings}</bpmn:{host}>'
    drawing = (
        f'<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:case="{CASE}">'
        f'<bpmn:process id="p" isExecutable="true">{settings if host == "process" else ""}{node}</bpmn:process></bpmn:definitions>'
    )
    return read_model(drawing.encode()).findings


def test_s2_the_descriptor_of_the_editor_knows_each_setting_attribute_and_child_and_no_other():
    types = {one["name"]: one["properties"] for one in moddle_descriptor()["types"]}
    assert list(types) == [name[0].upper() + name[1:] for name in SHAPES]
    for (_, properties), shape in zip(types.items(), SHAPES.values(), strict=True):
        assert [one["name"] for one in properties if one.get("isAttr")] == list(shape.attributes)
        assert [one["type"] for one in properties if not one.get("isAttr") and not one.get("isBody")] == [
            child[0].upper() + child[1:] for child in shape.children
        ]
        assert any(one.get("isBody") for one in properties) is shape.text


def test_s2_no_type_of_the_editor_has_two_properties_of_one_name_and_every_attribute_is_a_text():
    for one in moddle_descriptor()["types"]:
        names = [found["name"] for found in one["properties"]]
        assert len(names) == len(set(names)), one["name"]
        assert {found["type"] for found in one["properties"] if found.get("isAttr")} <= {"String"}
    assert "retention" in SHAPES["resultType"].attributes
    assert "retention" in SHAPES["resultType"].children


def test_the_document_of_the_profile_has_the_tables_of_the_vocabulary():
    document = TARGET.read_text(encoding="utf-8")
    assert document == whole(document), "python -m tools.write_profile"


def test_the_settings_that_fit_an_element_are_in_the_order_of_the_table():
    assert (
        shapes_on("manualTask")
        == shapes_on("userTask")
        == ("form", "assignment", "session", "status", "deadlineAction", "translation")
    )
    assert shapes_on("lane") == ("role",)
    assert shapes_on("scriptTask") == ()
    assert shapes_on("process")[0] == "caseType"


def test_every_setting_of_an_accepted_drawing_is_read_from_the_table():
    drawing = ACCEPTED.drawing().encode()
    used = {etree.QName(one).localname for one in etree.fromstring(drawing).iter(f"{{{CASE}}}*")}
    assert used <= set(SHAPES)
    assert len(used) > 10
