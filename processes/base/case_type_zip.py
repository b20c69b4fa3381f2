"""A case type folder that comes as a ZIP: the bytes in, a Folder out, or a sentence that says why not.

Nothing is written to disk and no size that the archive states about itself is believed: each file is read up to its limit.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from engine import Folder
from processes.base.errors import Invalid

MOST_ENTRIES: Final = 300  # a case type of ours has about forty files
MOST_BYTES: Final = 2 * 1024 * 1024  # of one file: the limit that the engine sets to a drawing
MOST_IN_ALL: Final = 20 * 1024 * 1024
MOST_PACKED: Final = 10 * 1024 * 1024
DEEPEST: Final = 3  # bezwaar/forms/intake.json
KINDS: Final = {"forms": ".json", "mails": ".txt", "rehearsals": ".yaml"}
LEFT_BEHIND: Final = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")  # what desktops put in unasked
ZIP_START: Final = (b"PK\x03\x04", b"PK\x05\x06")
ODD: Final = re.compile(r"[\x00-\x1f\\:]")
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
PROGRAM: Final = "zaakspoor"
RELEASE: Final = re.compile(r"\d{1,4}(?:\.\d{1,4}){1,3}")


class UnsafeZip(Invalid):
    """Dit zipbestand kunnen wij niet veilig uitpakken."""

    def __init__(self, sentence: str) -> None:
        super().__init__({"file": sentence})


def read_zip(packed: bytes) -> Folder:
    """The folder: one drawing, with forms/, mails/ and rehearsals/ beside it, at the top or in one folder."""
    if len(packed) > MOST_PACKED:
        raise UnsafeZip(
            f"Het zipbestand is groter dan {MOST_PACKED // 1024 // 1024} MB. Laat weg wat er niet in hoort."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            files = dict(_files(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        if isinstance(error, UnsafeZip):
            raise
        raise UnsafeZip("Het zipbestand is beschadigd. Maak het opnieuw en probeer het nog een keer.") from error
    return _folder(files)


def release_of(packed: bytes) -> str:
    """The release that made the package, as its comment says; empty when it says none, or is no zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            program, _, said = archive.comment.decode("ascii", "replace").partition(" ")
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    return known_release(said) if program == PROGRAM else ""


def known_release(said: str) -> str:
    """The same when it is written as a release is, such as 0.1.0; else nothing."""
    return said if RELEASE.fullmatch(said) else ""


def is_newer(release: str, than: str) -> bool:
    """Whether a release came after another one; an empty or odd one did not."""
    first, second = known_release(release), known_release(than)
    return bool(first and second) and [*map(int, first.split("."))] > [*map(int, second.split("."))]


def _files(archive: zipfile.ZipFile) -> Iterator[tuple[PurePosixPath, bytes]]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise UnsafeZip(f"Het zipbestand heeft {len(entries)} bestanden; het mogen er {MOST_ENTRIES} zijn.")
    left = MOST_IN_ALL
    seen: set[PurePosixPath] = set()
    for entry in entries:
        path = _safe_path(entry)
        if path is None:
            continue
        if path in seen:
            raise UnsafeZip(f"Het bestand '{path}' staat er twee keer in. Laat er één over.")
        seen.add(path)
        content = _read(archive, entry, path, left)
        left -= len(content)
        yield path, content


def _safe_path(entry: zipfile.ZipInfo) -> PurePosixPath | None:
    """Where a file stands; None for a folder and for what a desktop left behind."""
    name = entry.orig_filename
    path = PurePosixPath(name)
    shown = ODD.sub("?", name)[:80]
    if ODD.search(name) or path.is_absolute() or ".." in path.parts:
        raise UnsafeZip(f"De naam '{shown}' wijst buiten het zipbestand of heeft vreemde tekens. Maak de zip opnieuw.")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise UnsafeZip(f"'{shown}' is een verwijzing en geen bestand. Zet het bestand zelf in de zip.")
    if entry.flag_bits & 0x1:
        raise UnsafeZip(f"'{shown}' is beveiligd met een wachtwoord. Maak de zip zonder wachtwoord.")
    if entry.compress_type not in METHODS:
        raise UnsafeZip(f"'{shown}' is ingepakt op een manier die wij niet kennen. Maak een gewone zip.")
    if entry.is_dir() or not path.parts or set(path.parts) & set(LEFT_BEHIND):
        return None
    return path


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: PurePosixPath, left: int) -> bytes:
    with archive.open(entry) as file:
        content = file.read(min(MOST_BYTES, left) + 1)
    if len(content) > MOST_BYTES:
        raise UnsafeZip(f"'{path}' is uitgepakt groter dan {MOST_BYTES // 1024 // 1024} MB. Maak het bestand kleiner.")
    if len(content) > left:
        raise UnsafeZip(f"De bestanden zijn samen uitgepakt groter dan {MOST_IN_ALL // 1024 // 1024} MB.")
    if content.startswith(ZIP_START):
        raise UnsafeZip(f"'{path}' is zelf weer een zipbestand. Zet de losse bestanden in de zip.")
    return content


def _folder(files: dict[PurePosixPath, bytes]) -> Folder:
    home = _home(files)
    drawing = next(path for path in files if path.suffix == ".bpmn")
    parts: dict[str, dict[str, bytes]] = {kind: {} for kind in KINDS}
    for path, content in files.items():
        if path == drawing:
            continue
        inside = path.relative_to(home) if path.is_relative_to(home) else path
        kind = inside.parts[0]
        if len(inside.parts) != DEEPEST - 1 or KINDS.get(kind) != path.suffix:
            raise UnsafeZip(
                f"'{path}' hoort niet in een zaaktype. In de zip mogen de tekening (.bpmn) en de mappen forms (.json), "
                "mails (.txt) en rehearsals (.yaml) staan."
            )
        parts[kind][inside.name] = content
    return Folder(drawing.stem, files[drawing], parts["forms"], parts["mails"], parts["rehearsals"])


def _home(files: dict[PurePosixPath, bytes]) -> PurePosixPath:
    """The folder in which the drawing stands: the top, or one folder below it."""
    drawings = [path for path in files if path.suffix == ".bpmn"]
    if not drawings:
        raise UnsafeZip("In het zipbestand staat geen tekening. Zet het .bpmn-bestand erin.")
    if len(drawings) > 1:
        raise UnsafeZip("In het zipbestand staan meer tekeningen. Maak van elk zaaktype een eigen zip.")
    home = drawings[0].parent
    if len(home.parts) > 1:
        raise UnsafeZip("De tekening staat te diep in het zipbestand. Zet haar bovenaan, of in één map.")
    return home
