"""What the page about the fast path lists as private is used where it says, and by no other part of the program."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "fast-path.md").read_text()
PACKAGE = ROOT / "processes" / "storage" / "fast"
LISTED = PAGE.split("## What it uses of others")[1].split("## How to leave it")[0]
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")] for line in LISTED.splitlines() if line.startswith("| `")
]
# public as well, so others may use them, or words with other meanings
OF_EVERYONE = {"commit", "rollback", "before_flush", "before_cursor_execute", "state.dict", "__dict__", "formats", "loaded_dbapi", "binds", "required"}  # fmt: skip


def names(cell: str) -> list[str]:
    return [name.split("=")[0] for name in re.findall(r"`\.?([\w.=/]+)`", cell)]


def files_of(cell: str) -> list[Path]:
    """Those that a row names: of the package, or of another room by their whole path."""
    return [ROOT / place if "/" in place else PACKAGE / place for place in names(cell)]


def outside() -> str:
    files = [file for folder in ("processes", "portal") for file in (ROOT / folder).rglob("*.py")]
    named = {file for row in ROWS for file in files_of(row[2])}
    rest = [file for file in files if PACKAGE not in file.parents and file not in named and file.name != "session.py"]
    return "\n".join(file.read_text() for file in rest)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_what_is_listed_stands_in_the_files_that_are_named(row: list[str]) -> None:
    used, _, places = row
    text = "\n".join(file.read_text() for file in files_of(places))
    for name in names(used):
        assert name.removeprefix("psycopg.") in text, name


def test_no_other_part_of_the_program_uses_it() -> None:
    listed = {name for row in ROWS for name in names(row[0])} - OF_EVERYONE
    assert len(listed) > 20
    code = outside()
    somewhere = [
        name for name in sorted(listed) if name in code
    ]  # few: to look for a whole word in all code takes long
    assert [name for name in somewhere if re.search(rf"(?<![\w]){re.escape(name)}\b", code)] == []


def test_what_it_uses_with_an_underscore_is_listed() -> None:
    text = "\n".join(file.read_text() for file in PACKAGE.glob("*.py"))
    private = set(re.findall(r"\w\.(_[a-z]\w*)", re.sub(r"self\._\w+", "", text)))
    own = set(re.findall(r"def (_\w+)", text))
    assert private - own == {"_commit_all", "_encoding"}
    assert all(f"`{name}`" in LISTED for name in private - own)
