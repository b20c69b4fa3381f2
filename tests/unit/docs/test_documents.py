"""Documents are tested: what they point at exists, and the commands that they name are there."""

import ast
import re
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

from portal.commands import COMMANDS
from processes.base.settings import Settings
from tools.draw_tables import TARGET, drawing

ROOT = Path(__file__).parents[3]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_points_at_exists(document):
    for target, heading in re.findall(r"\]\(([^):#]*)(?:#([^)]*))?\)", document.read_text()):
        place = document.parent / target if target else document
        assert place.exists(), target
        assert not heading or heading in _headings(place), f"{target}#{heading}"


SOURCES = [path.read_text() for room in ("engine", "processes", "portal") for path in (ROOT / room).rglob("*.py")]
DEFINED = {
    name
    for text in SOURCES
    for name in re.findall(r"^\s*(?:class |def )?([A-Za-z]\w*)\b(?=[:(\s=])", text, re.MULTILINE)
}
DRAWN = {name for path in ROOT.glob("bpmn/*/*.bpmn") for name in re.findall(r' id="(\w+)"', path.read_text())}
OF_OTHERS = {
    "BZAF",  # typed in the guide for administrators
    "UploadFile",
    "Depends",
    "DBAPIError",
    "IntegrityError",
    "OperationalError",
    "Transformer",
}  # classes of the libraries that a document warns of
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


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_says_to_stand_in_a_file_stands_there(document):
    """`name` in `path/file.py`, `name` of `path/file.py` and `name` (`path/file.py`)."""
    told = re.findall(rf"`([\w.]+)`,? ?(?:in |of |\()`({PLACE.pattern})`", document.read_text())
    assert [(name, place) for name, place in told if not _stands_in(name, ROOT / place)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_class_and_constant_that_a_document_names_exists(document):
    """A word in code type that begins with a capital, and its attribute: `LEASE`, `CaseExecution`, `Case.state`."""
    found = re.findall(r"`([A-Z][A-Za-z]\w*)(?:\.(\w+))?`", document.read_text())
    names = {name for one in found for name in one if name and not name.startswith("ZAAKSPOOR_")}
    named = {name for name in names if not (ROOT / name).exists()}  # such as `Makefile`
    assert named - DEFINED - DRAWN - OF_OTHERS == set()


def _headings(document: Path) -> set[str]:
    """The names under which headings are linked: small letters, hyphens, and no other signs."""
    found = re.findall(r"^#+ (.*)", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


def _stands_in(name: str, place: Path) -> bool:
    files = place.rglob("*.py") if place.is_dir() else [place]
    word = re.compile(rf"\b{re.escape(name.rpartition('.')[2])}\b")
    return any(word.search(file.read_text()) for file in files)


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


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_the_examples_of_a_document_import_is_there(document):
    for example in re.findall(r"^```python\n(.*?)^```", document.read_text(), re.MULTILINE | re.DOTALL):
        for statement in ast.walk(ast.parse(example)):
            if isinstance(statement, ast.ImportFrom):
                module = import_module(statement.module)
                assert [one.name for one in statement.names if not hasattr(module, one.name)] == [], statement.module


def test_the_drawing_of_the_tables_is_up_to_date():
    assert TARGET.read_text(encoding="utf-8") == drawing(), "python -m tools.draw_tables"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_commands_that_a_document_names_are_there(document):
    text = document.read_text()
    assert set(re.findall(r"\bzaakspoor ([a-z]+(?:-[a-z]+)*)\b(?! \|)", text)) <= set(COMMANDS)
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
    named = {name for name in named if not name.startswith(("oidc_", "saml_"))}
    known = set(Settings.__dataclass_fields__) - {"oidc", "saml"}
    assert named <= known
    assert known - named <= {"demo", "theme", "data", "organisation", "mail_from"} | named
