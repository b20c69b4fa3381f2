"""One text of a draft that a reader without a role can comment on."""

from dataclasses import dataclass
from typing import Final

BRIEF: Final = 120  # characters
Line = tuple[str, str]
"""A label, empty for plain text, and the text beside it."""


@dataclass(frozen=True, slots=True)
class SharedText:
    """`place`: where it is changed, behind the address of the draft. `where`: at which step of the drawing it stands, in words.
    `summary`: what a page shows in the place of the lines, where each of these is a text of its own as well. `group`: the title of
    what it is a part of, such as its form; empty for a text by itself.
    """

    place: str
    title: str
    where: str
    lines: tuple[Line, ...]
    summary: str = ""
    group: str = ""

    @property
    def quote(self) -> str:
        """The whole text, as a comment quotes it."""
        return "\n".join(f"{label}: {text}" if label else text for label, text in self.lines)

    @property
    def brief(self) -> str:
        """Its first words, for a list."""
        words = " ".join(next((text for _label, text in self.lines), "").split())
        return words if len(words) <= BRIEF else f"{words[:BRIEF].rstrip()}..."
