"""Finds what the eye does not see in a file (W22): a file in, the things that it hides out; and a copy without some of them.

Read in a process of its own, within limits. A file that makes its reader hang, grow or fall over is one that could not be looked into,
which is said, and takes nothing else down.
"""

import json
from typing import Final

from processes.base.file_types import format_of
from processes.base.hidden_kinds import HiddenKind, HiddenThing, thing_from
from processes.base.own_process import ask

MOST_BYTES: Final = 100 * 1024 * 1024  # the file is in memory at once, here and in the child
SECONDS: Final = 40  # of processor time
WAIT_SECONDS: Final = 80  # by the clock
CHILD: Final = "processes.base.hidden_content_child"
LOOKED_INTO: Final = frozenset({"pdf", "docx", "xlsx", "pptx", "odt", "jpg", "heic", "png", "eml", "msg", "zip"})
HIDES_NOTHING: Final = frozenset({"txt", "csv"})  # every sign of it is shown
CLEANED: Final = frozenset({"pdf", "jpg", "docx", "xlsx", "pptx"})
# what a copy of each leaves out without a change of what is seen; nothing of it is redaction
LEFT_OUT: Final = {
    "pdf": frozenset({
        HiddenKind.NAMES, HiddenKind.COMMENTS, HiddenKind.BOOKMARK, HiddenKind.ATTACHMENT, HiddenKind.FORM, HiddenKind.EARLIER_VERSION,
        HiddenKind.POSITION,
    }),
    "jpg": frozenset({HiddenKind.NAMES, HiddenKind.POSITION}),
    "docx": frozenset({HiddenKind.NAMES}),
    "xlsx": frozenset({HiddenKind.NAMES}),
    "pptx": frozenset({HiddenKind.NAMES}),
}  # fmt: skip
LOCKED: Final = "het opent alleen met een wachtwoord"
TOO_LARGE: Final = "het is te groot"
BROKEN: Final = "het is beschadigd, of te groot of ingewikkeld"
OTHER_KIND: Final = "bestanden van deze soort kunnen wij niet bekijken"


def hides_nothing(name: str) -> bool:
    """Whether a file of this name has no place where something could hide."""
    return format_of(name) in HIDES_NOTHING


def could_not(why: str) -> tuple[HiddenThing, ...]:
    return (HiddenThing(HiddenKind.UNREADABLE, "", why),)


def hidden_in(name: str, content: bytes) -> tuple[HiddenThing, ...]:
    """The things that a file hides, in the order of its pages; that it could not be looked into is such a thing as well."""
    kind = format_of(name)
    if kind in HIDES_NOTHING:
        return ()
    if kind not in LOOKED_INTO:
        return could_not(OTHER_KIND)
    answer = ask(CHILD, _head(kind, "look") + content, WAIT_SECONDS, str(SECONDS))
    return could_not(BROKEN) if answer is None else tuple(thing_from(one) for one in json.loads(answer))


def can_clean(name: str, things: tuple[HiddenThing, ...]) -> bool:
    """Whether a copy can be made that lacks at least one of these things."""
    return any(one.kind in LEFT_OUT.get(format_of(name) or "", frozenset()) for one in things)


def cleaned(name: str, content: bytes) -> bytes | None:
    """The file without what LEFT_OUT says, and the same to look at; None when no such copy can be made."""
    kind = format_of(name)
    if kind not in CLEANED:
        return None
    return ask(CHILD, _head(kind, "clean") + content, WAIT_SECONDS, str(SECONDS)) or None


def _head(kind: str | None, what: str) -> bytes:
    return json.dumps({"kind": kind, "ask": what}).encode() + b"\n"
