"""The words that changed in a text, for who must judge the change: two texts in, a piece of a Dutch sentence out."""

from collections.abc import Iterable
from typing import Any, Final

READ_BY_CITIZENS: Final = frozenset({"explanation", "next"})  # texts of a status
LONGEST: Final = 300  # characters of a text that is shown whole; of a longer one its beginning
MOST_LINES: Final = 5  # lines that came, and that went; a letter that is written anew is read at the letter itself


def part_changed(field: str, said: str, old: Any, new: Any) -> str:
    """`de uitleg ('A' wordt 'B')` when citizens read this field, else only what it is called."""
    return f"{said} ({_quoted(old)} wordt {_quoted(new)})" if field in READ_BY_CITIZENS else said


def lines_changed(old: bytes, new: bytes) -> str:
    """` Weg: 'A'. Erbij: 'B'.`, of texts of lines; empty when only the order or lines without words differ."""
    before, after = _lines(old), _lines(new)
    return _told("Weg", before.keys() - after.keys(), before) + _told("Erbij", after.keys() - before.keys(), after)


def _lines(text: bytes) -> dict[str, None]:
    """Each line once, in their order."""
    folded = (" ".join(line.split()) for line in text.decode("utf-8", "replace").splitlines())
    return dict.fromkeys(line for line in folded if line)


def _told(word: str, chosen: set[str], order: Iterable[str]) -> str:
    said = [line for line in order if line in chosen]
    more = f" en nog {len(said) - MOST_LINES}" if len(said) > MOST_LINES else ""
    return f" {word}: {', '.join(map(_quoted, said[:MOST_LINES]))}{more}." if said else ""


def _quoted(text: str) -> str:
    folded = " ".join(text.split())
    if not folded:
        return "niets"
    return f"'{folded}'" if len(folded) <= LONGEST else f"'{folded[:LONGEST].rstrip()}...'"
