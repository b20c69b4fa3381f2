"""The values and pointers of a template, with the conditions around each; what cannot be read gives nothing.

In: the text of a mail; out: `Shown` for each `{{ name }}` and `Pointed` for each `{% documents type %}`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.lint.templates import MARK

BEFORE = 60  # characters: enough for the words to which a value belongs


@dataclass(frozen=True, slots=True)
class Shown:
    """A value in the text. `guards`: the names that an `if` around it found filled; `before`: the words in front of it."""

    name: str
    filters: frozenset[str]
    guards: frozenset[str]
    before: str


@dataclass(frozen=True, slots=True)
class Pointed:
    """A place where the text says that it points to documents of these types; `guards` as of `Shown`."""

    types: tuple[str, ...]
    guards: frozenset[str]


def read_template(text: str) -> Iterator[Shown | Pointed]:
    """Everything that a text shows or points to, in its order."""
    guards: list[str | None] = []  # for each open `if` the name that it found filled; None in its `else`
    for mark in MARK.finditer(text):
        shown, block = mark.groups()
        held = frozenset(name for name in guards if name)
        if shown is not None:
            name, *filters = (part.strip() for part in shown.split("|"))
            yield Shown(name, frozenset(filters), held, text[max(0, mark.start() - BEFORE) : mark.start()])
            continue
        word, *rest = block.split() or [""]
        if word == "if":
            guards.append(" ".join(rest))
        elif word == "else" and guards:
            guards[-1] = None
        elif word == "endif" and guards:
            guards.pop()
        elif word == "documents":
            yield Pointed(tuple(rest), held)
