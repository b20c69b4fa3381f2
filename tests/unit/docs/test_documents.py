"""Documents are tested: what they point at exists, and the commands that they name are there."""

import re
import subprocess
from pathlib import Path

import pytest

from portal.commands import COMMANDS
from processes.base.settings import Settings

ROOT = Path(__file__).parents[3]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


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


def test_every_target_is_phony_and_has_its_line_of_help():
    phony = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    explained = set(re.findall(r"^([a-z]+):.*?## \S", MAKEFILE, re.MULTILINE))
    assert set(" ".join(phony).split()) == TARGETS == explained


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_make_knows_how_to_make_each_target(target):
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_setting_of_the_operators_page_exists_and_none_is_missing():
    named = {name.lower() for name in re.findall(r"ZAAKSPOOR_([A-Z_]+)", (ROOT / "docs" / "operating.md").read_text())}
    named = {name for name in named if not name.startswith("oidc_")}
    known = set(Settings.__dataclass_fields__) - {"oidc"}
    assert named <= known
    assert known - named <= {"demo", "theme", "data", "organisation", "mail_from"} | named
