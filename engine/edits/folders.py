"""A case type folder in its two shapes: as `Folder` with its parts, and as names with bytes, as edits and drafts have it."""

from engine.edits.asked import Files
from engine.edits.finding import drawing_of
from engine.model import Folder

PARTS = ("forms", "mails", "rehearsals")


def files_of(folder: Folder) -> Files:
    """The files of a folder by their name in it: `bezwaar.bpmn`, `forms/start.json`."""
    parts = (folder.forms, folder.mails, folder.rehearsals)
    beside = {
        f"{part}/{name}": content for part, named in zip(PARTS, parts, strict=True) for name, content in named.items()
    }
    return {f"{folder.name}.bpmn": folder.drawing, **beside}


def folder_of(files: Files) -> Folder:
    """The folder that these files make; raises EditRefused without exactly one drawing."""
    drawing = drawing_of(files)
    parts = {part: _in(files, f"{part}/") for part in PARTS}
    return Folder(drawing.removesuffix(".bpmn"), files[drawing], **parts)


def _in(files: Files, start: str) -> dict[str, bytes]:
    return {name.removeprefix(start): content for name, content in files.items() if name.startswith(start)}
