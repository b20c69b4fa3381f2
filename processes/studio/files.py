"""The files of a case type by their names, as they lie in `bpmn/<name>/`: `bezwaar.bpmn`, `forms/start.json`, ..."""

import html
import re
from collections.abc import Mapping
from typing import Final

from engine import Folder
from processes.base.case_type_zip import KINDS

Files = Mapping[str, bytes]
DRAWING: Final = ".bpmn"
LONGEST_TITLE: Final = 200  # what the column of a draft holds
TITLE: Final = re.compile(r'<(?:[\w.-]+:)?caseType\b[^<>]*?\btitle="([^"]+)"')
PROCESS_NAME: Final = re.compile(r'<(?:[\w.-]+:)?process\b[^<>]*?\bname="([^"]+)"')


def files_of(folder: Folder) -> dict[str, bytes]:
    """The folder as one mapping; the drawing has the name of the folder."""
    found = {f"{folder.name}{DRAWING}": folder.drawing}
    for kind in KINDS:
        inside: Mapping[str, bytes] = getattr(folder, kind)
        found |= {f"{kind}/{name}": inside[name] for name in sorted(inside)}
    return found


def folder_of(files: Files) -> Folder:
    """The folder of these files, as the engine reads it. A draft always has its drawing."""
    drawing = drawing_name(files)
    parts: dict[str, dict[str, bytes]] = {kind: {} for kind in KINDS}
    for name, content in files.items():
        kind, _, rest = name.partition("/")
        if rest:
            parts[kind][rest] = content
    return Folder(drawing.removesuffix(DRAWING), files[drawing], parts["forms"], parts["mails"], parts["rehearsals"])


def drawing_name(files: Mapping[str, object]) -> str:
    """The name of the drawing among the files."""
    return next(name for name in files if name.endswith(DRAWING))


def title_in(files: Files) -> str:
    """The title that the drawing gives its case type, or the name of its process, by a look at the text alone: for lists."""
    text = files[drawing_name(files)].decode("utf-8", "replace")
    found = TITLE.search(text) or PROCESS_NAME.search(text)
    return (
        html.unescape(found[1])[:LONGEST_TITLE] if found else drawing_name(files).removesuffix(DRAWING)[:LONGEST_TITLE]
    )
