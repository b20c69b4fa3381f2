"""A letter and its enclosures as one PDF, joined in a process of its own, with a limit on time and memory.

Whole files go in and one whole file comes out, without anything on disk. A file that makes the reader hang or grow takes only
that child down: then it is not joined, and the letter says that it comes separately.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from processes.base.own_process import ask

MOST_BYTES: Final = 40 * 1024 * 1024  # of all enclosures of one letter together: they are in memory at once
SECONDS: Final = 60  # of processor time
WAIT_SECONDS: Final = 120  # by the clock
PDF: Final = "application/pdf"
IMAGES: Final = frozenset({"image/jpeg", "image/png"})
JOINABLE: Final = frozenset({PDF, *IMAGES})


@dataclass(frozen=True, slots=True)
class Joined:
    """The PDF, and for each enclosure its number of pages, or None when it could not be joined."""

    content: bytes
    pages: tuple[int | None, ...]


def join(letter: bytes, enclosures: Sequence[tuple[str, bytes]]) -> Joined:
    """The letter with these files (media type and content) after it, in this order.

    When the child comes to no end, only the letter comes back, and nothing was joined.
    """
    sizes = [{"type": media_type, "size": len(content)} for media_type, content in enclosures]
    head = json.dumps({"letter": len(letter), "enclosures": sizes}).encode() + b"\n"
    asked = b"".join((head, letter, *(content for _, content in enclosures)))
    answer = ask("processes.base.pdf_joining_child", asked, WAIT_SECONDS, str(SECONDS))
    if answer is None:
        return Joined(letter, (None,) * len(enclosures))
    told, _, content = answer.partition(b"\n")
    return Joined(content, tuple(json.loads(told)["pages"]))
