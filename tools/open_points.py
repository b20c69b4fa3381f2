"""Lists the points of docs/asvs.md and docs/digid.md that are open, and the tests of their promise that are there by now.

A point becomes `met` when one of those tests shows it. It also names the tests of a point that are not there (any more).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HOME: Final = Path(__file__).parent.parent
DOCUMENTS: Final = ("docs/asvs.md", "docs/digid.md")
STATES: Final = ("met", "operator", "not applicable", "open", "not met")
ROW: Final = re.compile(r"^\| ([A-Z]\S*\d) \|(.*)\|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Point:
    """One row of a table: its number in the standard, its state, and the words that say why."""

    document: str
    number: str
    state: str
    why: str

    @property
    def tests(self) -> list[str]:
        return re.findall(r"\btest_\w+", self.why)

    @property
    def promise(self) -> str:
        """`T7` of an open point; else nothing."""
        found = re.match(r"T\d+\b", self.why)
        return found.group() if found and self.state == "open" else ""


def points() -> Iterator[Point]:
    for document in DOCUMENTS:
        for number, cells in ROW.findall((HOME / document).read_text()):
            *_, state, why = (cell.strip() for cell in cells.split("|"))
            yield Point(document, number, state, why)


def names_of_tests() -> set[str]:
    """The name of every test."""
    files = (HOME / "tests").rglob("test_*.py")
    return {
        name for path in files for name in re.findall(r"^\s*(?:async )?def (test_\w+)", path.read_text(), re.MULTILINE)
    }


def main() -> None:
    there = names_of_tests()
    for point in points():
        missing = sorted(set(point.tests) - there)
        if missing:
            print(f"{point.document} {point.number}: no such test: {', '.join(missing)}")
        if point.promise:
            shown = sorted(name for name in there if name.startswith(f"test_{point.promise.lower()}_"))
            print(f"{point.document} {point.number} is open ({point.promise}): {', '.join(shown) or 'no test yet'}")


if __name__ == "__main__":
    main()
