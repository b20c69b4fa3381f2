"""The files of a case type by their names, as they lie in `bpmn/<name>/`: `bezwaar.bpmn`, `forms/start.json`, ..."""

import html
import re
from typing import Final

from engine.edits import Files, drawing_of

DRAWING: Final = ".bpmn"
LONGEST_TITLE: Final = 200  # what the column of a draft holds
TITLE: Final = re.compile(r'<(?:[\w.-]+:)?caseType\b[^<>]*?\btitle="([^"]+)"')
PROCESS_NAME: Final = re.compile(r'<(?:[\w.-]+:)?process\b[^<>]*?\bname="([^"]+)"')


def title_in(files: Files) -> str:
    """The title that the drawing gives its case type, or the name of its process, by a look at the text alone: for lists."""
    text = files[drawing_of(files)].decode("utf-8", "replace")
    found = TITLE.search(text) or PROCESS_NAME.search(text)
    return html.unescape(found[1])[:LONGEST_TITLE] if found else drawing_of(files).removesuffix(DRAWING)[:LONGEST_TITLE]


def typed_into(old: bytes | None, typed: str) -> bytes:
    """A text file as somebody typed it in a page, with the line ends and the last line end that the file had.

    The very bytes of before when only white space at the end differs, which a page does not send back.
    """
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").rstrip()
    if old is not None and old.decode("utf-8", "replace").replace("\r\n", "\n").rstrip() == lines:
        return old
    text = f"{lines}\n"
    return (text.replace("\n", "\r\n") if old is not None and b"\r\n" in old else text).encode()
