"""The changes of a text: line by line what stayed, what went and what came. Two texts in, a list out; it knows nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class LineChange(StrEnum):
    """The change of one line of a text."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class ComparedLine:
    change: LineChange
    text: str


def compared(before: str, after: str) -> tuple[ComparedLine, ...]:
    """Every line of both texts in reading order; what went stands before what came in its place."""
    return tuple(_lines(before.splitlines(), after.splitlines()))


def carried_over(before: str, after: str, edited: str) -> str:
    """The edited text with what changed between `before` and `after` in it, wherever the lines that changed still stand in it."""
    old, new = before.splitlines(), after.splitlines()
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace":
            edited = _replaced(edited, old[a:b], new[c:d])
    return edited


def stale(before: str, after: str, edited: str) -> tuple[tuple[str, str], ...]:
    """Pairs of what stood in `before`, still stands in the edited text, and is said otherwise in `after` (or not at all: "")."""
    old, new, found = before.splitlines(), after.splitlines(), []
    there = edited.splitlines()
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag not in {"replace", "delete"}:
            continue
        said = "\n".join(new[c:d]).strip()
        found += [(line, said) for line in old[a:b] if line.strip() and line in there]
    return tuple(found)


def _replaced(text: str, old: list[str], new: list[str]) -> str:
    lines, size = text.splitlines(), len(old)
    for at in range(len(lines) - size + 1):
        if lines[at : at + size] == old:
            return "\n".join([*lines[:at], *new, *lines[at + size :]]) + "\n"
    return text


def _lines(old: list[str], new: list[str]) -> Iterator[ComparedLine]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (ComparedLine(LineChange.KEPT, line) for line in old[a:b])
            continue
        yield from (ComparedLine(LineChange.GONE, line) for line in old[a:b])
        yield from (ComparedLine(LineChange.NEW, line) for line in new[c:d])
