"""The zip file of a package, written from front to back: first the files, then one page for people and one file for programs."""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from processes.base.clock import AMSTERDAM
from processes.base.errors import FileBroken, HoldsVirus, NotFound, NotScannedYet
from processes.jobs.person_package.as_json import json_pieces
from processes.jobs.person_package.page import page_pieces
from processes.jobs.person_package.reading import PackageReader, StoredDocument
from processes.jobs.person_package.wanted import WantedPackage
from processes.storage.services import Services
from processes.storage.session import at_one_moment, transaction

PAGE: Final = "gegevens.html"
DATA: Final = "gegevens.json"
PIECE: Final = 64 * 1024  # characters of text that are compressed at once

Write = Callable[[bytes], None]
Alive = Callable[[], None]
"""Called between two pieces of work: the lease of long work is kept by it."""


@dataclass(slots=True)
class Contents:
    """The files that lie in the package: the path of each document by its id, and the documents whose file could not be read."""

    cases: int = 0
    paths: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)


class _Sink:
    """A file that can only be written to, from front to back."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def write(self, chunk: bytes) -> int:
        self._write(bytes(chunk))
        return len(chunk)

    def flush(self) -> None:
        """Nothing: what was written has gone on already."""


def write_archive(services: Services, wanted: WantedPackage, write: Write, alive: Alive) -> Contents:
    """Write the whole zip file. Raises Busy when database or file store do not answer, NoRoom on a full disk."""
    contents = Contents()
    with zipfile.ZipFile(_Sink(write), "w") as archive:  # type: ignore[call-overload]  # it asks for no more than this
        for case_id in wanted.chosen.cases:
            alive()
            _write_files(services, wanted, archive, case_id, contents, alive)
        with transaction(services.sessions) as session:
            reader = PackageReader(at_one_moment(session), services, wanted)
            numbers = reader.numbers()
            contents.cases = len(numbers)
            texts = {PAGE: page_pieces(services, wanted, reader, numbers, contents.paths, contents.missing)}
            _write_texts(archive, texts, wanted.now, alive)
            texts = {DATA: json_pieces(wanted, reader, numbers, contents.paths, contents.missing)}
            _write_texts(archive, texts, wanted.now, alive)
    return contents


def _write_files(
    services: Services, wanted: WantedPackage, archive: zipfile.ZipFile, case_id: int, contents: Contents, alive: Alive
) -> None:
    with transaction(services.sessions) as session:
        files = PackageReader(at_one_moment(session), services, wanted).files_of(case_id)
    taken = set[str]()  # each case has a folder of its own
    for file in files:
        path = _free(file.path, taken)
        if _write_file(services, archive, file, path, wanted.now, alive):
            contents.paths[file.id] = path
            taken.add(path)
        else:
            contents.missing.add(file.id)


def _write_file(
    services: Services, archive: zipfile.ZipFile, file: StoredDocument, path: str, now: datetime, alive: Alive
) -> bool:
    """False when the store does not have it, or not whole, or when it waits for the virus scanner: then the page says so at the document."""
    try:
        chunks = services.files.read(file.blob, file.file_key)
    except (NotFound, FileBroken, NotScannedYet, HoldsVirus):
        return False
    entry = _entry(path, now)
    entry.file_size = file.size  # so that a file of more than 2 GB gets room for its size
    try:
        with archive.open(entry, "w") as target:
            for chunk in chunks:
                target.write(chunk)
                alive()
    except (NotFound, FileBroken):
        return False
    return True


def _write_texts(archive: zipfile.ZipFile, texts: dict[str, Iterator[str]], now: datetime, alive: Alive) -> None:
    for name, pieces in texts.items():
        entry = _entry(name, now)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(entry, "w") as target:
            for text in _joined(pieces):
                target.write(text.encode("utf-8", "replace"))
                alive()


def _joined(pieces: Iterable[str]) -> Iterator[str]:
    """The same text in larger pieces."""
    waiting, length = list[str](), 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length > PIECE:
            yield "".join(waiting)
            waiting, length = [], 0
    yield "".join(waiting)


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    local = now.astimezone(AMSTERDAM)
    return zipfile.ZipInfo(name, (local.year, local.month, local.day, local.hour, local.minute, local.second))


def _free(path: str, taken: set[str]) -> str:
    """The path, with a number when the package has it already: a document may keep its reference in a newer version."""
    stem, dot, ending = path.rpartition(".")
    tries = (f"{stem} ({number}){dot}{ending}" for number in range(2, len(taken) + 3))
    return path if path not in taken else next(one for one in tries if one not in taken)
