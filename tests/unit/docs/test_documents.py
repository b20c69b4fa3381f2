"""Documents are tested: what they point at exists, and the commands that they name are there."""

import re
from pathlib import Path

import pytest

from portal.commands import COMMANDS
from processes.base.settings import Settings

ROOT = Path(__file__).parents[3]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_points_at_exists(document):
    for target in re.findall(r"\]\(([^)#]+)\)", document.read_text()):
        assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_commands_that_a_document_names_are_there(document):
    text = document.read_text()
    assert set(re.findall(r"\bzaakspoor ([a-z]+)\b(?! \|)", text)) <= set(COMMANDS)
    assert (
        set(re.findall(r"\bmake ([a-z]+)\b`?", "\n".join(re.findall(r"^make .*|`make [a-z]+`", text, re.MULTILINE))))
        <= TARGETS
    )


def test_every_setting_of_the_operators_page_exists_and_none_is_missing():
    named = {name.lower() for name in re.findall(r"ZAAKSPOOR_([A-Z_]+)", (ROOT / "docs" / "operating.md").read_text())}
    named = {name for name in named if not name.startswith("oidc_")}
    known = set(Settings.__dataclass_fields__) - {"oidc"}
    assert named <= known
    assert known - named <= {"demo", "theme", "data", "organisation", "mail_from"} | named
