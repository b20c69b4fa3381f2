"""A file that is no PDF or picture, as text that a page can show: a mail, plain text, the cells of a workbook, the words of slides.

Read in a process of its own, within limits: a file that makes its reader hang or grow has no copy, and takes nothing else down.
"""

import json
from dataclasses import dataclass
from typing import Final

from processes.base.file_types import format_of
from processes.base.own_process import ask

MOST_BYTES: Final = 40 * 1024 * 1024  # the file is in memory at once, here and in the child
SECONDS: Final = 10  # of processor time
WAIT_SECONDS: Final = 20  # by the clock: a page waits for it
CHILD: Final = "processes.base.readable_text_child"
READ: Final = frozenset({"txt", "csv", "eml", "msg", "xlsx", "pptx"})


@dataclass(frozen=True, slots=True)
class ReadablePart:
    """A part of a file, such as a sheet, a slide or the text of a mail: its title, and its text or the rows of its cells."""

    title: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadableText:
    """`facts`: what stands above a mail, by its name in Dutch. `cut`: there is more in the file than is shown."""

    facts: tuple[tuple[str, str], ...]
    parts: tuple[ReadablePart, ...]
    cut: bool


def has_readable_text(name: str, size: int) -> bool:
    """Whether a file of this name and size (in bytes) is one of which text is shown."""
    return format_of(name) in READ and size <= MOST_BYTES


def readable_text(name: str, content: bytes) -> ReadableText | None:
    """The text of a file; None when it cannot be read."""
    head = json.dumps({"kind": format_of(name)}).encode() + b"\n"
    answer = ask(CHILD, head + content, WAIT_SECONDS, str(SECONDS))
    if answer is None:
        return None
    told = json.loads(answer)
    parts = tuple(
        ReadablePart(one["title"], one["text"], tuple(tuple(row) for row in one["rows"])) for one in told["parts"]
    )
    return ReadableText(tuple((name, value) for name, value in told["facts"]), parts, told["cut"])
