"""The published table of what moves: each row is held by tests, and they are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ROWS = [
    line.strip("| \n").split(" | ")
    for line in (ROOT / "docs" / "moving.md").read_text().splitlines()
    if line.startswith("| ") and "| held by |" not in line
]
MOVING = (*(ROOT / "tests" / "integration" / "moving").glob("test_*.py"),)
THERE = {
    name
    for path in (*MOVING, *(ROOT / "tests" / "unit" / "engine_run").glob("test_*.py"))
    for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
}


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_s15_each_row_of_the_table_of_what_moves_is_held_by_tests_that_are_there(row: list[str]) -> None:
    _what, becomes, held_by = row
    named = re.findall(r"`(test_\w+)`", held_by)
    assert becomes
    assert named
    assert [name for name in named if name not in THERE] == []
