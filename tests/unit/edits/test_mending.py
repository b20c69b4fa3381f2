"""A finding that has one right mending mends itself; one that needs a person does not.

The accepted sketch is broken in one place at a time, and mended: it has to be the same drawing again.
"""

import shutil
from pathlib import Path

import pytest
from kit.sketches import ACCEPTED

from engine import lint, read_model
from engine.edits import (
    DropFromLane,
    EditRefused,
    Files,
    RemoveFile,
    SetDefault,
    SetExecutable,
    SetGatewayKind,
    apply,
    files_of,
    folder_of,
    mend,
    mending_of,
)
from engine.edits.mending import MENDERS
from portal.commands import main

HOME = Path(__file__).parents[3] / "bpmn"
FILES = files_of(ACCEPTED.folder())
ARCHIVE = '<case:documentType code="ruling" name="Uitspraak" archive="true" formats="%s"/>'


# code, part of the sketch, text, broken text
BROKEN = [
    ("gateway-without-default", "body", "Choose >> Merge", "Choose > Merge"),
    ("default-with-condition", "body", "Choose >> Merge", "Choose >> Merge ? true"),
    ("exclusive-joined-by-parallel", "body", "exclusiveGateway Merge", "parallelGateway Merge"),
    ("parallel-joined-by-exclusive", "body", "parallelGateway Join", "exclusiveGateway Join"),
    ("process-not-executable", "process", ' isExecutable="true"', ""),
    ("mail-without-subject", "mails", "\n\nBeste", "\nBeste"),
    ("promise-without-mark", "mails", "| promise", "| date"),
]


def meaning(files: Files) -> tuple[object, ...]:
    reading = read_model(files["proef.bpmn"])
    return reading.model, reading.drawing, {name: files[name] for name in files if not name.endswith(".bpmn")}


@pytest.mark.parametrize(("code", "part", "text", "other"), BROKEN)
def test_s5_what_has_one_right_mending_means_again_what_it_meant(code, part, text, other):
    files = files_of(ACCEPTED.changed(part, text, other).folder())
    finding = next(one for one in lint(folder_of(files)) if one.code == code)
    assert mending_of(finding, files).sentence.endswith(".")
    mended, done = mend(files, lambda now: lint(folder_of(now)))
    assert code in {one.finding.code for one in done}
    assert meaning(mended) == meaning(FILES)


def test_s5_a_lane_forgets_what_is_not_there_and_an_archived_type_takes_pdf_alone():
    text = FILES["proef.bpmn"].decode().replace("</bpmn:lane>", "<bpmn:flowNodeRef>Weg</bpmn:flowNodeRef></bpmn:lane>")
    first = text.index("<case:documentType")
    both = {**FILES, "proef.bpmn": (text[:first] + ARCHIVE % "pdf docx" + text[first:]).encode()}
    mended, done = mend(both, lambda now: lint(folder_of(now)))
    assert {one.finding.code for one in done} == {"dangling-lane", "archive-format"}
    drawing = FILES["proef.bpmn"].decode()
    first = drawing.index("<case:documentType")
    assert mended == {**FILES, "proef.bpmn": (drawing[:first] + ARCHIVE % "pdf" + drawing[first:]).encode()}


@pytest.mark.parametrize(
    ("code", "part", "text", "other"),
    [
        ("gateway-without-default", "body", "Choose >> Merge", "Choose > Merge ? true"),
        ("mail-without-subject", "mails", "Onderwerp: Zaak", "Zaak"),
        ("unknown-mail", "body", 'template="brief"', 'template="niets"'),
    ],
)
def test_s5_what_a_person_has_to_choose_has_no_mending(code, part, text, other):
    files = files_of(ACCEPTED.changed(part, text, other).folder())
    found = [one for one in lint(folder_of(files)) if one.code == code]
    assert [mending_of(one, files) for one in found] == [None] * len(found) != []


def test_s5_what_is_right_and_what_cannot_be_read_stay_as_they_are():
    assert mend(FILES, lambda now: lint(folder_of(now))) == (FILES, [])
    unreadable = {**FILES, "proef.bpmn": b"<a"}
    assert mend(unreadable, lambda now: lint(folder_of(now))) == (unreadable, [])
    without_mail = apply(FILES, RemoveFile("mails/brief.txt"))
    assert mend(without_mail, lambda now: lint(folder_of(now))) == (without_mail, [])


def test_s5_each_mender_is_tried_here():
    assert set(MENDERS) == {code for code, *_ in BROKEN} | {"dangling-lane", "archive-format"}


def test_s5_lint_with_fix_writes_what_it_mended_and_nothing_else(tmp_path, capsys):
    home = tmp_path / "nazending"
    shutil.copytree(HOME / "nazending", home)
    drawing = home / "nazending.bpmn"
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    drawing.write_bytes(before[drawing].replace(b' isExecutable="true"', b""))
    stamps = {path: path.stat().st_mtime_ns for path in before}
    with pytest.raises(SystemExit) as ended:
        main(["lint", str(home), "--fix"])
    told = capsys.readouterr()
    assert (ended.value.code, "uitvoerbaar" in told.err, "Geen bevindingen" in told.out) == (0, True, True)
    assert {path: path.read_bytes() for path in before} == before
    assert [path for path in before if path.stat().st_mtime_ns != stamps[path]] == [drawing]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (SetDefault("Choose", "Merge_Publish"), "komt niet uit"),
        (SetDefault("Nowhere", "Choose_Merge"), "Ververs"),
        (SetGatewayKind("Choose", "userTask"), "Kies uit"),
        (SetGatewayKind("Hear", "exclusiveGateway"), "gateway"),
        (SetExecutable("Choose"), "proces"),
        (DropFromLane("Lane", "Nowhere"), "noemt"),
    ],
)
def test_s5_an_edit_of_the_flow_says_what_does_not_fit(edit, words):
    with pytest.raises(EditRefused, match=words):
        apply(FILES, edit)
