"""Documents are tested: what they point at exists, and the commands that they name are there."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from portal.command_line import app
from processes.base.settings import Settings
from tools.draw_tables import TARGET, drawing

ROOT = Path(__file__).parents[3]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = {command.name or command.callback.__name__ for command in app.registered_commands}
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_points_at_exists(document):
    for target in re.findall(r"\]\(([^)#]+)\)", document.read_text()):
        assert (document.parent / target).exists(), target


BUILT = "portal/static/built"  # is made by `make assets`
PLACE = re.compile(r"(?<![\w./-])(?:processes|portal|engine|bpmn|tests|tools|bench|docs)/[\w./*<>-]*[\w/*>]")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_place_that_a_document_names_exists(document):
    """`<case type>` and the like stand for any name, as `*` does."""
    named = [re.sub(r"<[^>]*>", "*", place).rstrip("/") for place in PLACE.findall(_text(document))]
    assert [place for place in named if place != BUILT and not any(ROOT.glob(place))] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_module_that_a_document_names_exists(document):
    """A dotted name in code type leads to a module, or to something inside the module that its longest part names."""
    named = re.findall(r"`((?:processes|portal|engine|tools|bench)(?:\.\w+)+)`", _text(document))
    assert [name for name in named if not _leads_somewhere(name)] == []


def _text(document: Path) -> str:
    """A place may hold a name of two words: `bpmn/<case type>/`."""
    return re.sub(r"<([a-z]+) ([a-z]+)>", r"<\1_\2>", document.read_text())


def _leads_somewhere(name: str) -> bool:
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:end])
        if place.is_dir() or place.with_suffix(".py").is_file():
            module = import_module(".".join(parts[:end]))
            return end == len(parts) or hasattr(module, parts[end])
    return False


def test_the_drawing_of_the_tables_is_up_to_date():
    assert TARGET.read_text(encoding="utf-8") == drawing(), "python -m tools.draw_tables"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_commands_that_a_document_names_are_there(document):
    text = document.read_text()
    assert set(re.findall(r"\bzaakspoor ([a-z]+)\b(?! \|)", text)) <= COMMANDS
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
