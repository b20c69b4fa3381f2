"""The text of a letter in the blocks that a screen needs: headings, paragraphs and lists. Nothing is added or left out.

Letters are plain text, as their templates are: blocks between empty lines, where a heading is the first line of its block.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from processes.base.written import TypedText, TypedTexts

POINT: Final = "- "
CLOSES: Final = ".,:;!?"
LONGEST_HEADING: Final = 70  # signs
SENTENCE: Final = (
    60  # signs: a shorter line after it is one of an address or a signature, and what stands above is no heading
)
GREETINGS: Final = re.compile("Met vriendelijke groet|Yours sincerely")


@dataclass(frozen=True, slots=True)
class LetterBlock:
    """`text` of a heading or paragraph, which may have several lines; `points` of a list, then `text` is empty."""

    text: TypedText = ""
    heading: bool = False
    points: TypedTexts = ()


def letter_blocks(body: str) -> tuple[LetterBlock, ...]:
    """The blocks in the order of the letter; after the greeting nothing is a heading."""
    greeting = GREETINGS.search(body)
    at = greeting.start() if greeting else len(body)
    parts = [*_parts(body[:at], headings=True), *_parts(body[at:], headings=False)]
    return tuple(parts)


def _parts(text: str, *, headings: bool) -> Iterator[LetterBlock]:
    for part in re.split(r"\n\s*\n", text):
        lines = part.strip().splitlines()
        if headings and _is_heading(lines):
            yield LetterBlock(lines.pop(0), heading=True)
        yield from _lines(lines)


def _is_heading(lines: list[str]) -> bool:
    if len(lines) < 2 or len(lines[0]) > LONGEST_HEADING or lines[0].startswith(POINT):  # noqa: PLR2004 - a heading has text under it
        return False
    return lines[0].endswith("?") or (lines[0][-1:] not in CLOSES and len(lines[1]) > SENTENCE)


def _lines(lines: list[str]) -> Iterator[LetterBlock]:
    """Lines that begin with a dash are a list, others stay together."""
    text: list[str] = []
    points: list[str] = []
    for line in lines:
        if line.startswith(POINT):
            if text:
                yield LetterBlock("\n".join(text))
                text = []
            points.append(line.removeprefix(POINT))
            continue
        if points:
            yield LetterBlock(points=tuple(points))
            points = []
        text.append(line)
    if points:
        yield LetterBlock(points=tuple(points))
    if text:
        yield LetterBlock("\n".join(text))
