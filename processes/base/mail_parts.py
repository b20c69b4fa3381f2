"""A mail as a file, taken apart: who sent it, about what, its words, and the files that came with it.

In a process of its own, within limits: nothing of what is read is trusted.
"""

import json
from dataclasses import dataclass
from typing import Final

from processes.base.file_types import format_of
from processes.base.own_process import ask

MOST_BYTES: Final = 50_000_000  # the mail is in memory at once, here and in the child
SECONDS: Final = 15  # of processor time
WAIT_SECONDS: Final = 30  # by the clock
CHILD: Final = "processes.base.mail_parts_child"
TAKEN_APART: Final = frozenset({"eml", "msg"})


@dataclass(frozen=True, slots=True)
class MailParts:
    """`sender` as `Name <address>`; `files`: name and content of each attachment, in their order."""

    sender: str
    subject: str
    words: str
    files: tuple[tuple[str, bytes], ...]


def is_taken_apart(name: str, size: int) -> bool:
    """Whether a file of this name and size (in bytes) is a mail whose parts can be told."""
    return is_mail(name) and size <= MOST_BYTES


def is_mail(name: str) -> bool:
    """Whether a file of this name is a mail, of the net or of Outlook."""
    return format_of(name) in TAKEN_APART


def mail_parts(content: bytes) -> MailParts | None:
    """The parts of a mail, of the net (RFC 5322) or of Outlook (MS-OXMSG); None when it cannot be taken apart within the limits."""
    answer = ask(CHILD, content, WAIT_SECONDS, str(SECONDS))
    if answer is None:
        return None
    head, _, rest = answer.partition(b"\n")
    told, files, at = json.loads(head), list[tuple[str, bytes]](), 0
    for one in told["files"]:
        files.append((one["name"], rest[at : at + one["size"]]))
        at += one["size"]
    return MailParts(told["sender"], told["subject"], told["words"], tuple(files))
