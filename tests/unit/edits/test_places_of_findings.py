"""A finding stands beside the setting that causes it: broken on purpose, each is found at the field that was broken."""

import ast
import re
from pathlib import Path

import pytest

from engine import lint, read_folder
from engine.edits import files_of, folder_of, place_of, settings_of
from engine.lint.about import ABOUT, IN_THE_DRAWING, OF_TIMERS
from engine.model import Finding
from engine.vocabulary import SHAPES, PageGroup
from engine.words import Severity

HOME = Path(__file__).parents[3]
FILES = files_of(read_folder(HOME / "bpmn" / "ingebrekestelling"))
DRAWING = FILES["ingebrekestelling.bpmn"].decode()
CODE = re.compile(r"[a-z]+(-[a-z]+)+")
NO_CODES = {"utf-8", "utf-8-sig"}


def codes() -> set[str]:
    """Every code of a finding that the reader or the linter writes."""
    sources = [*(HOME / "engine" / "lint").rglob("*.py"), *(HOME / "engine" / "kernel" / "reading").rglob("*.py")]
    calls = [
        node
        for path in sources if path.name != "about.py"
        for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
    ]  # fmt: skip
    texts = [text.value for call in calls for text in call.args if isinstance(text, ast.Constant)]
    return {text for text in texts if isinstance(text, str) and CODE.fullmatch(text)} - NO_CODES


def test_s5_every_code_of_a_finding_has_its_settings_or_belongs_to_the_drawing():
    assert codes() - set(ABOUT) - IN_THE_DRAWING - OF_TIMERS == set()
    assert not set(ABOUT) & (IN_THE_DRAWING | OF_TIMERS)
    named = [one.partition(".") for settings in ABOUT.values() for one in settings]
    assert [name for name, _, _ in named if name not in SHAPES] == []
    assert [(name, key) for name, _, key in named if key and key not in SHAPES[name].attributes] == []


@pytest.mark.parametrize(
    ("old", "new", "code", "setting", "attribute", "group"),
    [
        (r'(<case:deadline [^>]*)rule="[^"]*"', r'\1rule="awb-9-99"', "unknown-law-rule", "deadline", "rule", PageGroup.TERMS),
        (r'retention="[^"]*"', 'retention="99.9"', "unknown-retention-rule", "resultType", "retention", PageGroup.RESULTS),
        (r'order="20"', 'order="tien"', "bad-value", "status", "order", PageGroup.STATUSES),
        (r'(<case:mail [^>]*)template="[^"]*"', r'\1template="nergens"', "unknown-mail", "mail", "template", PageGroup.POST),
        (r'(<case:mail [^>]*)to="[^"]*"', r'\1to="niemand"', "unknown-recipient", "mail", "to", PageGroup.POST),
        (r'(<case:withdrawal [^>]*)until="[^"]*"', r'\1until="Nergens"', "unknown-element", "withdrawal", "until", PageGroup.BUTTONS),
        (r'schema="[^"]*"', 'schema="nergens.json"', "unknown-form", "form", "schema", PageGroup.FORMS),
        (r'formats="[^"]*"', 'formats="wp51"', "unknown-format", "documentType", "formats", PageGroup.DOCUMENTS),
        (r' title="([^"]*)" type="text"', r' type="text" kleur="\1"', "missing-attribute", "value", "title", PageGroup.FORMS),
    ],
)  # fmt: skip
def test_s5_a_finding_stands_at_the_field_that_was_broken(old, new, code, setting, attribute, group):
    broken, count = re.subn(old, new, DRAWING, count=1)
    assert count == 1
    files = {**FILES, "ingebrekestelling.bpmn": broken.encode()}
    found = lint(folder_of(files), law_rules={}, retention_rules=["1.1"], formats=["pdf"])
    elements = settings_of(files)
    places = [place_of(one, elements) for one in found if one.code == code]
    assert (setting, attribute, group) in {(one.setting, one.attribute, one.group) for one in places}
    drawn = {
        (element.id, one.path)
        for element, was in zip(elements, settings_of(FILES), strict=True)
        for one, old_one in zip(element.settings, was.settings, strict=True)
        if one.name == setting and one.values != old_one.values
    }
    assert len(drawn) == 1
    assert drawn <= {(one.element, one.path) for one in places}


def finding(element: str, code: str, message: str = "") -> Finding:
    return Finding(element, Severity.ERROR, code, message)


@pytest.mark.parametrize(
    ("found", "group"),
    [
        (finding("mails/x.txt", "mail-broken"), PageGroup.POST),
        (finding("forms/x.json", "form-broken"), PageGroup.FORMS),
        (finding("Nergens", "unknown-deadline"), None),
        (finding("", "xml-broken"), None),
        (finding("A", "timer-empty"), PageGroup.REQUESTS),
    ],
)
def test_s5_a_finding_of_a_file_or_a_timer_has_its_page_too(found, group):
    assert place_of(found, []).group == group


def test_s5_a_setting_that_is_missing_is_found_at_the_page_where_it_may_be_added():
    elements = settings_of(FILES)
    end = next(one for one in elements if one.kind == "sendTask")
    place = place_of(finding(end.id, "end-without-result", "Dit einde heeft geen resultaat."), elements)
    assert (place.group, place.setting, place.path) == (PageGroup.RESULTS, "result", None)
