"""Drawings as people's tools wrote them (tests/data/cases), each checked in the folder of the process that it changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine import Finding, Folder, as_utf8, compile_model, lint, read_folder, read_model
from processes.base.file_types import known_formats

HOME = Path(__file__).parents[3]
CASES = HOME / "tests" / "data" / "cases"


def folder_of(case: str, process: str) -> Folder:
    return replace(read_folder(HOME / "bpmn" / process), drawing=(CASES / case).read_bytes())


def check(folder: Folder) -> list[Finding]:
    others = [place for place in (HOME / "bpmn").iterdir() if place.is_dir() and place.name != folder.name]
    read = {place.name: read_model(read_folder(place).drawing).model for place in others}
    return lint(folder, {name: model for name, model in read.items() if model}, formats=known_formats())


ACCEPTED = ["model-timer-date-with-milliseconds.bpmn", "model-pure-ascii-but-declares-iso-8859-1.bpmn"]


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_a_tool_writes_is_accepted(case):
    folder = folder_of(case, "adviesreactie")
    # the drawing is older than the English of its folder
    assert {found.code for found in check(folder)} <= {"english-missing"}
    model = read_model(folder.drawing).model
    assert model is not None
    assert compile_model(folder.drawing, model).model is model


def test_each_document_type_with_an_unknown_format_has_a_finding_that_names_it():
    # the drawing is older than the forms and mails of its folder, which have findings of their own
    found = check(folder_of("model-unknown-file-formats-no-finding.bpmn", "klacht"))
    findings = [one for one in found if one.code == "unknown-format"]
    assert [(one.severity, one.element, one.code) for one in findings] == [("error", "klacht", "unknown-format")]
    assert all(f"`{code}`" in findings[0].message for code in ("doc", "rtf", "tif", "mp3", "xyz"))
    assert "`pptx`" not in findings[0].message
    assert "Klacht of bijlage" in findings[0].message


def test_j13_a_document_type_for_the_archive_names_no_other_file_than_a_pdf():
    drawing = (HOME / "bpmn/klacht/klacht.bpmn").read_bytes()
    marked = drawing.replace(b'formats="pdf" maxMegabytes="100" citizenMayAdd="false" archive="true"',
                             b'formats="pdf docx" maxMegabytes="100" citizenMayAdd="false" archive="true"')  # fmt: skip
    assert marked != drawing
    findings = check(replace(read_folder(HOME / "bpmn/klacht"), drawing=marked))
    assert [(one.severity, one.element, one.code) for one in findings] == [("error", "klacht", "archive-format")]
    assert "`docx`" in findings[0].message


@pytest.mark.parametrize(("megabytes", "found"), [(b"0", True), (b"1", False), (b"500", False), (b"501", True)])
def test_p2_a_document_type_takes_files_of_at_most_500_megabytes(megabytes: bytes, found: bool) -> None:
    drawing = (HOME / "bpmn/klacht/klacht.bpmn").read_bytes()
    marked = drawing.replace(b'maxMegabytes="100"', b'maxMegabytes="' + megabytes + b'"', 1)
    assert marked != drawing
    findings = check(replace(read_folder(HOME / "bpmn/klacht"), drawing=marked))
    assert [one.code for one in findings] == ["file-size"] * found
    assert all("Kies een getal van 1 tot en met 500." in one.message for one in findings)


@pytest.mark.parametrize("place", sorted((HOME / "bpmn").glob("*/*.bpmn")), ids=lambda place: place.stem)
def test_our_own_drawings_name_formats_that_the_program_takes(place):
    model = read_model(place.read_bytes()).model
    assert model is not None
    assert {code for kind in model.document_types.values() for code in kind.formats} <= known_formats()


XML = '<?xml version="1.0" encoding="{}"?><a name="café"/>'
STORED = [
    ("iso-8859-1", "latin-1"),
    ("ISO-8859-15", "iso8859-15"),
    ("windows-1252", "cp1252"),
]


@pytest.mark.parametrize(("name", "encoding"), STORED)
def test_another_encoding_is_read_as_it_says_and_stored_as_utf_8(name, encoding):
    assert as_utf8(XML.format(name).encode(encoding)) == XML.format("UTF-8").encode()


@pytest.mark.parametrize("drawing", [XML.format("UTF-8"), XML.format("utf-8"), "\ufeff" + XML.format("UTF-8"), "<a/>"])
def test_what_is_utf_8_stays_as_it_is(drawing):
    assert as_utf8(drawing.encode()) == drawing.encode()
