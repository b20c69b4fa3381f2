"""The words inside a file that somebody sent, for searching: a file in, its words out, each once and folded.

Read in a process of its own, within limits: a file that makes its reader hang or grow has no words here, and takes nothing else down.
"""

import json
from typing import Final

from processes.base.file_types import format_of
from processes.base.own_process import ask

MOST_BYTES: Final = 40 * 1024 * 1024  # the file is in memory at once, here and in the child
SECONDS: Final = 20  # of processor time
WAIT_SECONDS: Final = 40  # by the clock
CHILD: Final = "processes.base.document_words_child"
READ: Final = frozenset({"pdf", "docx", "odt", "xlsx", "pptx", "txt", "eml", "msg"})


def has_words(name: str, size: int) -> bool:
    """Whether a file of this name and size (in bytes) is text that we read."""
    return format_of(name) in READ and size <= MOST_BYTES


def words_in(name: str, content: bytes) -> str:
    """The words with a space between them; empty when the file holds none, or cannot be read."""
    head = json.dumps({"kind": format_of(name)}).encode() + b"\n"
    return (ask(CHILD, head + content, WAIT_SECONDS, str(SECONDS)) or b"").decode()
