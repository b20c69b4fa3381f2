"""What the linter knows of inventories, several departments, deadlines of a caller, and who must hear of a formal step."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine import read_folder, read_model
from engine.lint import lint
from engine.model import Finding, Folder

HOME = Path(__file__).parents[3] / "bpmn"
WOO = read_folder(HOME / "woo-verzoek")
CALLED = {
    name: read_model(read_folder(HOME / name).drawing).model
    for name in ("zoekvraag", "zienswijze", "feitencheck", "nazending", "deelbesluit")
}


def found(folder: Folder) -> set[tuple[str, str]]:
    findings: list[Finding] = lint(folder, CALLED)
    return {(finding.element, finding.code) for finding in findings}


def drawn(old: str, new: str) -> Folder:
    drawing = WOO.drawing.decode()
    assert old in drawing
    return replace(WOO, drawing=drawing.replace(old, new).encode())


def with_form(name: str, old: str, new: str) -> Folder:
    text = WOO.forms[name].decode()
    assert old in text
    return replace(WOO, forms={**WOO.forms, name: text.replace(old, new).encode()})


def test_the_woo_request_has_no_findings():
    assert found(WOO) == set()


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("inventory.json", '"key": "publicity"', '"key": "facts_question"', "form-type-mismatch"),
        ("inventory.json", '"key": "publicity"', '"key": "dictum"', "form-unknown-choice"),
        (
            "inventory.json",
            '"documentType": "original"',
            '"documentType": "original geheimen"',
            "unknown-document-type",
        ),
        ("inventory.json", '"documentType": "original"', '"hint": "x"', "form-without-document-type"),
        ("redact.json", '"documentType": "redacted"', '"hint": "x"', "form-without-document-type"),
        ("plan-search.json", '"key": "departments"', '"key": "search_for"', "form-type-mismatch"),
    ],
)
def test_a_form_that_cannot_work(name, old, new, code):
    assert (f"forms/{name}", code) in found(with_form(name, old, new))


def test_an_inventory_of_several_kinds_of_documents():
    form = '"documentType": "original"', '"documentType": "original public_version"'
    assert found(with_form("inventory.json", *form)) == set()


def test_a_called_process_reads_only_deadlines_that_its_caller_has():
    assert ("AskViews", "call-contract") in found(drawn('<case:deadline code="view"', '<case:deadline code="other"'))


# on the ways to the last one lie two letters: ways that part behind a subprocess count together
LETTERS = {
    "ViewsAnnounced": ("zienswijze-gevraagd",),
    "ExtensionSent": ("verlenging",),
    "EndForwarded": ("doorzending", "deels-doorgezonden"),
}


@pytest.mark.parametrize("element", LETTERS)
def test_on_a_woo_request_who_asked_must_hear_of_a_formal_step(element):
    folder = WOO
    for letter in LETTERS[element]:
        mail = f'<case:mail template="{letter}" to="initiator" formal="true"'.encode()
        assert mail in folder.drawing
        folder = replace(folder, drawing=folder.drawing.replace(mail, mail.replace(b"true", b"false")))
    assert (element, "formal-step-without-notice") in found(folder)


def test_elsewhere_all_parties_must_hear_of_it():
    drawing = drawn('procedure="woo"', 'procedure="bezwaar"')
    assert ("ViewsAnnounced", "formal-step-without-notice") in found(drawing)


def test_a_list_that_a_service_fills_is_filled():
    assert ("Flow_AnyChanged_JudgeChanges", "value-never-filled") in found(
        drawn("'parties_changed'\"", "'published_on'\"")
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('<case:service operation="release" />', '<case:service operation="vrijgeven" />', "unknown-operation"),
        ('name="documentType" value="\'inventory\'"', 'name="type" value="\'inventory\'"', "service-parameter"),
        ('seenBy="initiator"', 'seenBy="verzoeker"', "bad-value"),
    ],
)
def test_services_and_readers_that_do_not_exist(old, new, code):
    text = WOO.drawing.decode()
    assert old in text or old.replace('" />', '"/>') in text
    old = old if old in text else old.replace('" />', '"/>')
    assert code in {finding for _, finding in found(drawn(old, new))}
