"""J14: the table of docs/electronic-post.md: each row says where an article is met, and names tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ROWS = [
    line.strip("| \n").split(" | ")
    for line in (ROOT / "docs" / "electronic-post.md").read_text().partition("\n| article |")[2].splitlines()[2:]
    if line.startswith("|")
]
TABLE = [row for row in ROWS if len(row) == 5]


def test_j14_the_table_tells_of_each_article():
    told = {row[0].partition(" ")[0].partition("(")[0].strip(",") for row in TABLE}
    assert told >= {"2:1", "2:7", "2:8", "2:10", "3:41", "ontvangstbevestiging"}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_j14_each_row_names_tests_that_exist(row):
    tests = re.findall(r"`(test_\w+)`", row[3])
    assert tests
    there = {
        name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    assert set(tests) <= there
