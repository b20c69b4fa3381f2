"""A letter and its enclosures as one PDF, joined in a process of its own, with a limit on time and memory.

Whole files go in and one whole file comes out, without anything on disk. A file that makes the reader hang or grow takes only
that child down: then it is not joined, and the letter says that it comes separately.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 40 * 1024 * 1024  # of all enclosures of one letter together: they are in memory at once
SECONDS: Final = 60  # of processor time
WAIT_SECONDS: Final = 120  # by the clock
HOME: Final = Path(__file__).parents[2]
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
    answer = _ask(b"".join((head, letter, *(content for _, content in enclosures))))
    if answer is None:
        return Joined(letter, (None,) * len(enclosures))
    told, _, content = answer.partition(b"\n")
    return Joined(content, tuple(json.loads(told)["pages"]))


def _ask(asked: bytes) -> bytes | None:
    """The answer of the child, None when it fell over or took too long."""
    # only what Python needs: no secret of this installation is known to the child
    known = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    command = [sys.executable, "-m", "processes.base.pdf_joining_child", str(SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; what was uploaded goes in as data
            command, input=asked, capture_output=True, check=False, timeout=WAIT_SECONDS, cwd=HOME, env=known
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None
