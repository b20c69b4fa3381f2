"""One edit changes one thing: over every drawing of bpmn/, what an edit does not name stays to the byte."""

import re
from collections.abc import Callable, Iterator
from difflib import ndiff
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import read_folder, read_model
from engine.canonical import canonical
from engine.edits import (
    AddSetting,
    DrawnSetting,
    EditRefused,
    ElementSettings,
    Files,
    MoveSetting,
    NewSetting,
    RemoveSetting,
    SetName,
    SetSetting,
    SetSettings,
    SetText,
    apply,
    apply_all,
    drawing_of,
    files_of,
    folder_of,
    path_of,
    path_text,
    settings_of,
)
from engine.vocabulary import SHAPES, KindName

HOME = Path(__file__).parents[3] / "bpmn"
NAMES = sorted(path.name for path in HOME.iterdir() if path.is_dir())
OTHER = {
    KindName.CODE: "iets_anders", KindName.PLACE: "iets_anders", KindName.PROCESS: "iets-anders", KindName.FLAG: "false",
    KindName.NUMBER: "73", KindName.DURATION: "P3D", KindName.DAYS: "P3D", KindName.EXPRESSION: "today() + days(73)", KindName.CONDITION: "today() > case.received_on",
    KindName.COMMAS: "iets, anders",
}  # fmt: skip


@cache
def folder(name: str) -> Files:
    return files_of(read_folder(HOME / name))


@cache
def canonical_folder(name: str) -> Files:
    """The folder with its drawing in the canonical form, in which edits keep it."""
    return {**folder(name), f"{name}.bpmn": canonical(folder(name)[f"{name}.bpmn"])}


@cache
def listed(name: str) -> list[ElementSettings]:
    return settings_of(folder(name))


def drawing(files: Files) -> bytes:
    return files[drawing_of(files)]


def everywhere(found: tuple[DrawnSetting, ...]) -> Iterator[DrawnSetting]:
    for one in found:
        yield one
        yield from everywhere(one.inside)


# quick to read, and every kind of setting is in them
SMALL = [name for name in NAMES if (HOME / name / f"{name}.bpmn").stat().st_size < 50_000]


def places(
    names: list[str], fits: Callable[[DrawnSetting], object]
) -> st.SearchStrategy[tuple[str, str, DrawnSetting]]:
    """A setting somewhere in these folders, each folder as likely as another."""

    def fitting(name: str) -> list[tuple[str, str, DrawnSetting]]:
        found = [(name, element.id, one) for element in listed(name) for one in everywhere(element.settings)]
        return [place for place in found if fits(place[2])]

    return st.sampled_from(names).map(fitting).filter(bool).flatmap(st.sampled_from)


MARKS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
SENTENCES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40)
slow = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def changed_lines(before: bytes, after: bytes) -> list[tuple[str, str]]:
    """Pairs of a line before and after, when lines only changed."""
    old, new = before.decode().split("\n"), after.decode().split("\n")
    assert len(old) == len(new)
    return [(was, now) for was, now in zip(old, new, strict=True) if was != now]


def lines_more(before: bytes, after: bytes) -> list[str]:
    told = list(ndiff(before.decode().split("\n"), after.decode().split("\n")))
    assert not [line for line in told if line.startswith("- ")]
    return [line[2:].strip() for line in told if line.startswith("+ ")]


@slow
@given(places(NAMES, lambda one: one.values), st.data())
def test_s1_one_changed_value_is_one_changed_line_and_back_is_the_same_bytes(place, data):
    name, element, setting = place
    files = folder(name)
    key = data.draw(st.sampled_from(sorted(setting.values)))
    kind = setting.shape.attributes[key].kind
    value = (
        data.draw(SENTENCES) if kind.name is KindName.TEXT and not kind.many else OTHER.get(kind.name, "iets_anders")
    )
    if kind.options:
        value = data.draw(st.sampled_from([str(option) for option in kind.options]))
    changed = apply(files, SetSetting(element, setting.path, key, value))
    assert {other: changed[other] for other in changed if not other.endswith(".bpmn")} == {
        other: files[other] for other in files if not other.endswith(".bpmn")
    }
    lines = changed_lines(drawing(files), drawing(changed))
    assert len(lines) == (setting.values[key] != value)
    said = re.sub(r'[&<>"]', lambda found: MARKS[found[0]], value)
    assert all(f"<case:{setting.name} " in now and f' {key}="{said}"' in now for _, now in lines)
    assert apply(changed, SetSetting(element, setting.path, key, setting.values[key])) == files


@slow
@given(places(SMALL, lambda one: one.values), st.data())
def test_s1_a_value_that_goes_and_comes_back_leaves_a_canonical_drawing_as_it_was(place, data):
    name, element, setting = place
    files = canonical_folder(name)
    may_go = [
        key for key in setting.values
        if not setting.shape.attributes[key].required and key not in setting.shape.exactly_one
    ]  # fmt: skip
    if not may_go:
        return
    key = data.draw(st.sampled_from(may_go))
    changed = apply(files, SetSetting(element, setting.path, key, ""))
    assert len(changed_lines(drawing(files), drawing(changed))) == 1
    assert canonical(drawing(changed)) == drawing(changed)
    assert apply(changed, SetSetting(element, setting.path, key, setting.values[key])) == files


def as_new(setting: DrawnSetting) -> NewSetting:
    inside = tuple(as_new(one) for one in setting.inside)
    return NewSetting(setting.name, tuple(setting.values.items()), setting.text, inside)


def test_s1_a_translation_that_is_added_again_stands_where_it_stood():
    files = canonical_folder("ingebrekestelling")
    title = ((("caseType", 0), ("translation", 0)), (("lang", "en"), ("of", "title"), ("text", "Notice of default")))
    without = apply(files, RemoveSetting("ingebrekestelling", title[0]))
    again = apply(without, AddSetting("ingebrekestelling", title[0][:-1], NewSetting("translation", title[1])))
    assert (without != files, again) == (True, files)


@slow
@given(places(SMALL, lambda one: not one.shape.text))
def test_s1_a_setting_that_is_taken_away_and_added_again_is_the_same_drawing_but_for_its_place(place):
    name, element, setting = place
    files = canonical_folder(name)
    without = apply(files, RemoveSetting(element, setting.path))
    assert canonical(drawing(without)) == drawing(without)
    again = apply(without, AddSetting(element, setting.path[:-1], as_new(setting)))
    assert canonical(drawing(again)) == drawing(again)
    assert sorted(drawing(again).split(b"\n")) == sorted(drawing(files).split(b"\n"))
    if setting.name == "translation":  # these stand in an order of their own, wherever they were added
        assert drawing(again) == drawing(files)
        return
    found = next(one for one in settings_of(again) if one.id == element)
    same = [
        one for one in everywhere(found.settings) if one.name == setting.name and one.path[:-1] == setting.path[:-1]
    ]
    last = len(same) - 1
    moved = apply(again, MoveSetting(element, (*setting.path[:-1], (setting.name, last)), setting.path[-1][1]))
    assert read_model(drawing(moved)).model == read_model(drawing(files)).model


@slow
@given(places(NAMES, lambda one: one.shape.text), SENTENCES)
def test_s1_another_text_of_a_status_is_one_changed_line(place, words):
    name, element, setting = place
    files = folder(name)
    changed = apply(files, SetText(element, setting.path, words))
    assert len(changed_lines(drawing(files), drawing(changed))) == 1
    assert apply(changed, SetText(element, setting.path, setting.text)) == files


@pytest.mark.parametrize("name", NAMES)
def test_s1_the_list_has_every_setting_of_the_drawing_with_all_that_it_says(name):
    raw = drawing(folder(name)).decode()
    found = [one for element in listed(name) for one in everywhere(element.settings)]
    assert len(found) == sum(raw.count(f"<case:{shape}{end}") for shape in SHAPES for end in " >")
    assert len({element.id for element in listed(name)}) == len(listed(name))
    model = read_model(drawing(folder(name))).model
    assert {element.id for element in listed(name)} == {model.process, *model.roles, *model.elements}


def test_s1_the_list_tells_where_a_setting_stands_in_reading_order():
    found = listed("stukkenverzoek")
    assert [one.kind for one in found[:3]] == ["process", "lane", "lane"]
    assert (found[0].kind_name, found[0].name) == ("proces", "Stukken opvragen")
    nodes = [one for one in found if one.kind not in {"process", "lane"}]
    assert nodes[0].kind == "startEvent"
    at, asked = next((number, one) for number, one in enumerate(nodes) if one.kind == "userTask")
    assert asked.lane in {one.name for one in found if one.kind == "lane"}
    assert nodes[at + 1].kind == "boundaryEvent"
    assert "status" in asked.addable
    assert "form" not in asked.addable
    assert {one.timer[0] for one in nodes if one.timer} == {"timeDate", "timeCycle"}


@pytest.mark.parametrize("path", [(), (("status", 0),), (("withdrawal", 0), ("status", 0), ("next", 2))])
def test_s1_a_path_can_stand_in_an_address(path):
    assert path_of(path_text(path)) == path


@pytest.mark.parametrize("text", ["status", "status.x", ".0", "status.-1"])
def test_s1_another_text_is_no_path(text):
    with pytest.raises(ValueError, match="path"):
        path_of(text)


# -- a drawing that others wrote ---------------------------------------------------------------------------------------

ODD = """<?xml version="1.0" encoding="UTF-8"?>\r
<!-- gemaakt met de hand -->
<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'
     targetNamespace="urn:x"  id='D'>
  <process   isExecutable="true" id="proef" name='Een &#34;proef&#34; &amp; meer'>
    <!-- hier -->
    <startEvent id="S"   name="Begin"/><userTask id="A" name="Doen > laten"><documentation><![CDATA[<b>]]></documentation></userTask>
    <sequenceFlow id="S_A" sourceRef="S" targetRef="A"></sequenceFlow>
  </process>
</definitions>
"""


def test_s6_an_edit_of_a_drawing_of_another_tool_keeps_comments_line_ends_and_quotes():
    files = {"proef.bpmn": ODD.encode()}
    named = apply(files, SetName("S", 'Nieuw "begin" & <zo>'))
    assert drawing(named).decode() == ODD.replace('name="Begin"', 'name="Nieuw &quot;begin&quot; &amp; &lt;zo&gt;"')
    new = NewSetting("status", (("name", "Ontvangen"), ("code", "received"), ("order", "10")))
    added = apply(files, AddSetting("A", (), new))
    expected = (
        "<documentation><![CDATA[<b>]]></documentation>\n      <extensionElements>\n"
        '        <case:status code="received" name="Ontvangen" order="10"/>\n      </extensionElements></userTask>'
    )
    text = drawing(added).decode().replace(' xmlns:case="urn:zaakspoor:bpmn:1.0"', "")
    assert " ".join(text.split()) == " ".join(
        ODD.replace("<documentation><![CDATA[<b>]]></documentation></userTask>", expected).split()
    )
    assert text.splitlines()[:6] == ODD.splitlines()[:6]
    model = read_model(drawing(added)).model
    assert model.elements["A"].status.name == "Ontvangen"


def test_s6_a_drawing_in_another_encoding_is_kept_as_utf_8():
    old = ODD.replace("UTF-8", "ISO-8859-1").replace("Begin", "Één").encode("latin-1")
    changed = drawing(apply({"proef.bpmn": old}, SetName("A", "Doen")))
    assert (
        changed
        == ODD.replace("Begin", "Één").replace("Doen &gt; laten", "Doen").replace("Doen > laten", "Doen").encode()
    )


# -- what is refused ---------------------------------------------------------------------------------------------------

STATUS = (("status", 0),)
REFUSED = [
    (SetSetting("Nergens", STATUS, "name", "x"), "Nergens", "", "", "Ververs"),
    (SetSetting("BezwaarReceived", (("status", 3),), "name", "x"), "BezwaarReceived", "status", "", "Ververs"),
    (SetSetting("Intake", (), "name", "x"), "Intake", "", "", "Kies eerst"),
    (SetSetting("BezwaarReceived", STATUS, "kleur", "x"), "BezwaarReceived", "status", "kleur", "Gebruik: code"),
    (SetSetting("BezwaarReceived", STATUS, "order", "tien"), "BezwaarReceived", "status", "order", "heel getal"),
    (SetSetting("BezwaarReceived", STATUS, "name", "  "), "BezwaarReceived", "status", "name", "Vul dit in"),
    (SetSetting("BezwaarReceived", STATUS, "name", "x\x00"), "BezwaarReceived", "status", "name", "onzichtbare"),
    (SetSetting("bezwaar", (("deadline", 0),), "duration", "P3D"), "bezwaar", "deadline", "rule", "precies één"),
    (SetSetting("bezwaar", (("deadline", 0),), "rule", ""), "bezwaar", "deadline", "rule", "precies één"),
    (SetSetting("bezwaar", (("value", 0),), "code", "grounds"), "bezwaar", "value", "code", "al"),
    (SetText("BezwaarReceived", STATUS, "x"), "BezwaarReceived", "status", "", "velden"),
    (SetText("BezwaarReceived", (*STATUS, ("next", 0)), "x" * 3000), "BezwaarReceived", "next", "", "te lang"),
    (AddSetting("Intake", (), NewSetting("mail", (("template", "x"), ("to", "parties")))), "Intake", "mail", "", "past niet"),
    (AddSetting("Intake", (), NewSetting("kleur")), "Intake", "kleur", "", "bestaat niet"),
    (AddSetting("BezwaarReceived", (), NewSetting("status", (("code", "x"),))), "BezwaarReceived", "status", "", "staat er al"),
    (AddSetting("bezwaar", (), NewSetting("value", (("code", "nieuw"),))), "bezwaar", "value", "title", "verplicht"),
    (AddSetting("BezwaarReceived", STATUS, NewSetting("choice")), "BezwaarReceived", "choice", "", "past niet"),
    (RemoveSetting("Intake", (("mail", 0),)), "Intake", "mail", "", "Ververs"),
    (RemoveSetting("Intake", ()), "Intake", "", "", "Kies eerst"),
    (SetName("Intake", "x" * 3000), "Intake", "", "name", "te lang"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "element", "setting", "attribute", "words"), REFUSED)
def test_s1_an_edit_that_cannot_be_names_the_field_and_says_what_to_do(edit, element, setting, attribute, words):
    with pytest.raises(EditRefused, match=words) as refused:
        apply(folder("bezwaar"), edit)
    assert (refused.value.element, refused.value.setting, refused.value.attribute) == (element, setting, attribute)


@pytest.mark.parametrize("drawing_", [b"", b"<a", b"<!DOCTYPE a><a/>", b"<a/>"])
def test_s6_a_drawing_that_cannot_be_read_is_refused_and_never_changed(drawing_):
    with pytest.raises(EditRefused):
        apply({"x.bpmn": drawing_}, SetName("A", "x"))


def test_s1_a_folder_without_one_drawing_is_refused():
    for files in ({}, {"a.bpmn": b"", "b.bpmn": b""}, {"forms/a.bpmn": b""}):
        with pytest.raises(EditRefused, match="één tekening"):
            apply(files, SetName("A", "x"))


def test_s1_what_excludes_each_other_changes_in_one_edit():
    changed = apply(folder("bezwaar"), SetSettings("bezwaar", (("deadline", 0),), (("rule", ""), ("duration", "P42D"))))
    found = next(iter(read_model(drawing(changed)).model.deadlines.values()))
    assert (found.rule, found.duration) == (None, "P42D")


def test_s1_of_two_mistakes_in_one_setting_one_can_be_mended():
    broken = {"nazending.bpmn": drawing(folder("nazending")).replace(b'type="', b'type="raar ', 1)}
    value = next(one for one in settings_of(broken)[0].settings if one.name == "value")
    edits = tuple((value.values | {"title": "Nieuwe naam"}).items())
    changed = apply(broken, SetSettings("nazending", value.path, (*edits, ("list", ""))))
    assert len(changed_lines(drawing(broken), drawing(changed))) == 1
    assert apply(broken, SetSettings("nazending", value.path, tuple(value.values.items()))) == broken
    with pytest.raises(EditRefused, match="Kies uit"):
        apply(broken, SetSetting("nazending", value.path, "type", "ook raar"))


def test_s1_the_first_setting_of_a_step_and_the_last_one_that_goes():
    files = canonical_folder("stukkenverzoek")
    bare = next(one for one in listed("stukkenverzoek") if not one.settings and "status" in one.addable)
    new = NewSetting("status", (("code", "x"), ("name", "X"), ("order", "5")), inside=(NewSetting("next", text="Zo."),))
    added = apply(files, AddSetting(bare.id, (), new))
    assert canonical(drawing(added)) == drawing(added)
    assert [line for line in lines_more(drawing(files), drawing(added)) if "case:" in line] == [
        '<case:status code="x" name="X" order="5">', "<case:next>Zo.</case:next>", "</case:status>",
    ]  # fmt: skip
    told = apply(added, SetText(bare.id, (("status", 0), ("explanation", 0)), "Er is iets."))
    assert canonical(drawing(told)) == drawing(told)
    texts = [SetText(bare.id, (("status", 0), (name, 0)), "") for name in ("explanation", "next")]
    assert apply_all(told, [*texts, RemoveSetting(bare.id, (("status", 0),))]) == files


def test_s1_an_edit_leaves_the_folder_that_went_in_as_it_was():
    before = dict(folder("nazending"))
    apply(folder("nazending"), SetName("nazending", "Anders"))
    assert folder("nazending") == before


@pytest.mark.parametrize("name", NAMES)
def test_s17_a_folder_and_its_files_are_the_same_to_the_byte(name):
    assert folder_of(files_of(read_folder(HOME / name))) == read_folder(HOME / name)
