"""Edits by the names that people think in: names, timers, conditions, mails, forms, a whole drawing, another case type."""

import json
from pathlib import Path

import pytest

from engine import lint, read_folder, read_model
from engine.canonical import canonical
from engine.edits import (
    EditRefused,
    RemoveFile,
    RenameCaseType,
    ReplaceDrawing,
    SetCalled,
    SetCondition,
    SetForm,
    SetMail,
    SetName,
    SetRehearsal,
    SetTimer,
    apply,
    files_of,
    folder_of,
)

HOME = Path(__file__).parents[3] / "bpmn"
REQUEST = files_of(read_folder(HOME / "stukkenverzoek"))
SUPPLEMENT = files_of(read_folder(HOME / "nazending"))
READ = read_model(REQUEST["stukkenverzoek.bpmn"])
TIMED = {
    event.timer: node.id for node in READ.drawing.nodes.values() for event in node.events if event.timer is not None
}
CONDITIONED = next(flow for flow in READ.drawing.flows.values() if flow.condition)
PLAIN = next(flow for flow in READ.drawing.flows.values() if not flow.condition)


def lines(before: bytes, after: bytes) -> list[str]:
    """The lines that are in the second and not in the first, without spaces around them."""
    old = before.decode().splitlines()
    return [line.strip() for line in after.decode().splitlines() if line not in old]


def drawn(files):
    return read_model(files["stukkenverzoek.bpmn"]).drawing


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (SetName(PLAIN.id, "Anders"), f'<bpmn:sequenceFlow id="{PLAIN.id}" name="Anders"'),
        (SetTimer(TIMED["timeDate"], "timeDate", "P3D"), "P3D</bpmn:timeDate>"),
        (SetTimer(TIMED["timeDate"], "timeDuration", "P3D"), "P3D</bpmn:timeDuration>"),
        (SetTimer(TIMED["timeCycle"], "timeDate", "request.due + days(1)"), "request.due + days(1)</bpmn:timeDate>"),
        (SetCondition(CONDITIONED.id, "1 < 2"), "1 &lt; 2</bpmn:conditionExpression>"),
    ],
)
def test_s4_one_changed_name_timer_or_condition_is_one_changed_line(edit, line):
    changed = apply(REQUEST, edit)
    (found,) = lines(REQUEST["stukkenverzoek.bpmn"], changed["stukkenverzoek.bpmn"])
    assert line in found
    assert not [one for one in read_model(changed["stukkenverzoek.bpmn"]).findings if one.severity == "error"]


def test_s4_a_condition_comes_and_goes():
    more = apply(REQUEST, SetCondition(PLAIN.id, "true"))
    assert drawn(more).flows[PLAIN.id].condition == "true"
    assert drawn(apply(more, SetCondition(PLAIN.id, ""))) == READ.drawing
    assert apply(REQUEST, SetCondition(PLAIN.id, "")) == REQUEST


def test_s4_a_timer_that_stays_the_same_changes_nothing():
    node = READ.drawing.nodes[TIMED["timeDate"]]
    assert apply(REQUEST, SetTimer(node.id, "timeDate", node.events[0].text)) == REQUEST


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (SetTimer(TIMED["timeDate"], "timeDate", "over een week"), "klopt niet"),
        (SetTimer(TIMED["timeDate"], "timeDate", " "), "leeg"),
        (SetTimer(TIMED["timeDate"], "elke dag", "P1D"), "timeDuration"),
        (SetTimer(PLAIN.id, "timeDate", "P1D"), "geen timer"),
        (SetCondition(TIMED["timeDate"], "true"), "pijl"),
        (SetCondition(PLAIN.id, "als het kan"), "klopt niet"),
        (SetCalled(PLAIN.id, "zienswijze"), "aanroep"),
        (SetForm("x", "{"), "JSON"),
        (SetForm("x", '{"components": 1}'), "components"),
        (SetMail("../x", "Onderwerp: x\n\ny"), "naam"),
        (SetMail("x/y", "z"), "naam"),
        (SetMail("Hoofdletter", "z"), "naam"),
        (SetMail("x", "z\x00"), "onzichtbare"),
        (RemoveFile("mails/nergens.txt"), "is er niet"),
        (RemoveFile("stukkenverzoek.bpmn"), "is er niet"),
        (ReplaceDrawing(b"<a"), "XML"),
        (RenameCaseType("Naam", "ABC", "Met Spaties"), "kleine letters"),
    ],
)
def test_s1_what_cannot_be_is_refused_with_a_sentence(edit, words):
    with pytest.raises(EditRefused, match=words):
        apply(REQUEST, edit)


def test_s9_a_mail_keeps_its_bytes_until_its_words_change():
    name = next(one for one in REQUEST if one.startswith("mails/"))
    text = REQUEST[name].decode()
    short = name.removeprefix("mails/").removesuffix(".txt")
    assert apply(REQUEST, SetMail(short, text.replace("\n", "\r\n") + "\r\n")) == REQUEST
    changed = apply(REQUEST, SetMail(short, text + "En dit.\r\n"))
    assert changed == {**REQUEST, name: (text.rstrip("\n") + "\nEn dit.\n").encode()}
    new = apply(REQUEST, SetMail("nieuw", "Onderwerp: Nieuw\n\nDag"))
    assert new == {**REQUEST, "mails/nieuw.txt": b"Onderwerp: Nieuw\n\nDag\n"}
    assert apply(new, RemoveFile("mails/nieuw.txt")) == REQUEST


def test_s8_a_form_and_a_rehearsal_are_one_file():
    form = json.dumps({"type": "default", "components": []})
    changed = apply(apply(REQUEST, SetForm("leeg.json", form)), SetRehearsal("leeg", "title: x"))
    assert {name: changed[name] for name in changed if name not in REQUEST} == {
        "forms/leeg.json": form.encode() + b"\n", "rehearsals/leeg.yaml": b"title: x\n",
    }  # fmt: skip


def test_s2_another_drawing_of_the_editor_is_kept_in_the_order_of_before():
    before = canonical(SUPPLEMENT["nazending.bpmn"])
    written = (
        before.replace(b" isMarkerVisible", b"  isMarkerVisible")
        .replace(b"?>\n", b"?>\n\n")
        .replace(b"Nazending", b"Late post")
    )
    after = apply({"nazending.bpmn": before}, ReplaceDrawing(written))["nazending.bpmn"]
    assert lines(before, after) == [line.strip() for line in after.decode().splitlines() if "Late post" in line]


def test_s16_a_case_type_under_another_name_is_the_same_but_for_its_names():
    files = files_of(read_folder(HOME / "ingebrekestelling"))
    copy = apply(files, RenameCaseType("Ingebrekestelling afval", "AFV", "ingebrekestelling-afval"))
    assert set(copy) == {*(set(files) - {"ingebrekestelling.bpmn"}), "ingebrekestelling-afval.bpmn"}
    model = read_model(copy["ingebrekestelling-afval.bpmn"]).model
    assert (model.process, model.name) == ("ingebrekestelling-afval", "Ingebrekestelling afval")
    assert (model.case_type.identification, model.case_type.title, model.case_type.prefix) == (
        "ingebrekestelling-afval", "Ingebrekestelling afval", "AFV",
    )  # fmt: skip
    assert len(lines(files["ingebrekestelling.bpmn"], copy["ingebrekestelling-afval.bpmn"])) == 3
    assert [one.code for one in lint(folder_of(copy))] == [one.code for one in lint(folder_of(files))]


def test_s16_a_process_that_others_call_gets_another_name_too():
    copy = apply(SUPPLEMENT, RenameCaseType("Late stukken", "", "late-stukken"))
    model = read_model(copy["late-stukken.bpmn"]).model
    assert (model.process, model.name, model.case_type) == ("late-stukken", "Late stukken", None)
