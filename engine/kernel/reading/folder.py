"""A case type folder from disk, as bytes. What is missing is left out; the linter says so."""

from pathlib import Path

from engine.kernel.safe_xml import LARGEST
from engine.model import Folder

MOST_FILES = 200


def read_folder(path: Path) -> Folder:
    """`path` is the folder, or the drawing in it. Never raises: a drawing that is not there is empty."""
    drawing = path if path.suffix == ".bpmn" else path / f"{path.resolve().name}.bpmn"
    home = drawing.parent
    return Folder(
        name=drawing.stem,
        drawing=_read(drawing),
        forms=_files(home / "forms", ".json"),
        mails=_files(home / "mails", ".txt"),
        rehearsals=_files(home / "rehearsals", ".yaml"),
    )


def _files(folder: Path, suffix: str) -> dict[str, bytes]:
    try:
        found = sorted(item for item in folder.iterdir() if item.suffix == suffix and item.is_file())
    except OSError:
        return {}
    return {item.name: _read(item) for item in found[:MOST_FILES]}


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)  # one byte more shows that it is too large
    except OSError:
        return b""
