"""The recorded rehearsals of a draft: the list with what each shows, and the draft with what it needs to play one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine import Folder
from engine.edits import folder_of
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.reads.opening import reading
from processes.reads.studio.draft import read_draft_files
from processes.reads.studio.draft_check import DraftCheck, draft_check
from processes.storage.services import Services

FOLDER = "rehearsals/"
TITLE = re.compile(rb"^title:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RecordedLine:
    """One recorded rehearsal. `title` says what it shows."""

    file: str
    title: str


def read_recorded(services: Services, actor: Actor, name: str) -> tuple[DraftCheck, tuple[RecordedLine, ...]]:
    """Every rehearsal of a draft, by file name. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    recorded = [one for one in sorted(files) if one.startswith(FOLDER)]
    lines = tuple(RecordedLine(one.removeprefix(FOLDER), _title(one, files[one])) for one in recorded)
    return draft_check(services, actor, head, files), lines


def read_to_play(services: Services, actor: Actor, name: str, file: str) -> tuple[Folder, Mapping[str, Folder]]:
    """The draft as a folder, and the processes in use that it names, with those that they name. Raises NotFound."""
    _, files = read_draft_files(services, actor, name)
    if f"{FOLDER}{file}" not in files:
        raise NotFound("Dit proefspel is er niet (meer).")
    with reading(services) as (session, _now):
        in_use = {
            process: one.folder for process, one in services.models.all_current(session).items() if process != name
        }
    folder = folder_of(files)
    return folder, _named(folder, in_use)


def _named(folder: Folder, in_use: Mapping[str, Folder]) -> dict[str, Folder]:
    found: dict[str, Folder] = {}
    waiting = [folder]
    while waiting:
        drawing = waiting.pop().drawing
        named = {name: one for name, one in in_use.items() if f'"{name}"'.encode() in drawing and name not in found}
        found |= named
        waiting += named.values()
    return found


def _title(file: str, content: bytes) -> str:
    title = TITLE.search(content)
    return title[1].decode("utf-8", "replace") if title else file
