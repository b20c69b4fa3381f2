"""A bundle as a zip: the files as they are kept, with an inventory as PDF and as list, and their hashes. Written from front to back."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from processes.base.clock import AMSTERDAM
from processes.base.csv_cells import MARK, harmless
from processes.base.errors import FileBroken, HoldsVirus, NotFound, NotScannedYet
from processes.jobs.bundling.pdf_file import Told
from processes.jobs.bundling.wanted import WantedBundle, WantedPaper
from processes.post.bundling.list_page import ListedPaper, list_page
from processes.post.bundling.names import numbered_name
from processes.post.bundling.order import Bound
from processes.post.pdf import pdf
from processes.storage.services import Services

INVENTORY: Final = "000 Inventaris.pdf"
LIST: Final = "000 Inventaris.csv"
HASHES: Final = "000 SHA-256.txt"
HEAD: Final = ("Stuk", "Titel", "Over dit stuk", "Bestand", "Grootte in bytes", "SHA-256", "Niet erin, omdat")
NOT_THERE: Final = "Het bestand is er niet, of het is beschadigd."
SCANNING: Final = "Het bestand wordt nog op virussen gecontroleerd."


@dataclass(slots=True)
class Sink:
    """A file that can only be written to, from front to back."""

    put: Callable[[bytes], None]

    def write(self, chunk: bytes) -> int:
        self.put(bytes(chunk))
        return len(chunk)

    def flush(self) -> None:
        """Nothing: what was written has gone on already."""


@dataclass(slots=True)
class _Contents:
    lines: list[ListedPaper] = field(default_factory=list)
    lacking: dict[int, str] = field(default_factory=dict)


def write_zip(services: Services, wanted: WantedBundle, write: Callable[[bytes], None], told: Told) -> Bound:
    """Write the zip; `told` hears how many papers are done. Raises Busy when database or store do not answer, NoRoom on a full disk."""
    found = _Contents()
    with zipfile.ZipFile(Sink(write), "w") as archive:  # type: ignore[call-overload]  # it asks for no more than this
        for at in range(len(wanted.papers)):
            _write_paper(services, archive, wanted, at, found, told)
            told(at + 1)
        page = list_page(wanted.title, wanted.organisation, wanted.cover, found.lines)
        texts = {INVENTORY: pdf(page), LIST: _table(found.lines).encode(), HASHES: _hashes(found.lines).encode()}
        for name, content in texts.items():
            archive.writestr(entry_of(name, wanted.made_at), content, zipfile.ZIP_DEFLATED)
    return Bound(0, 0, (), found.lacking)


def _write_paper(
    services: Services, archive: zipfile.ZipFile, wanted: WantedBundle, at: int, found: _Contents, told: Told
) -> None:
    paper = wanted.papers[at]
    if paper.withheld:
        found.lines.append(ListedPaper(at + 1, paper.title, paper.about, why=paper.withheld))
        return
    name = numbered_name(at + 1, len(wanted.papers), paper.title, paper.file.name if paper.file else "")
    why = write_file(services, archive, name, paper, wanted.made_at, lambda: told(at))
    if why or paper.file is None:
        found.lacking[at] = why
        found.lines.append(ListedPaper(at + 1, paper.title, paper.about, why=why))
        return
    found.lines.append(ListedPaper(at + 1, paper.title, paper.about, name, paper.file.size, paper.file.sha256))


def write_file(
    services: Services,
    archive: zipfile.ZipFile,
    name: str,
    paper: WantedPaper,
    made_at: datetime,
    alive: Callable[[], None],
) -> str:
    """Write a paper under this name. Why it is not there; empty when it is. A file that breaks off half way is in it as far as it could be read."""
    if paper.sheet:
        archive.writestr(entry_of(name, made_at), pdf(paper.sheet), zipfile.ZIP_DEFLATED)
        return ""
    if paper.file is None or not paper.file.blob:
        return NOT_THERE
    try:
        chunks = services.files.read(paper.file.blob, paper.file.file_key)
    except (NotFound, FileBroken, HoldsVirus):
        return NOT_THERE
    except NotScannedYet:
        return SCANNING
    entry = entry_of(name, made_at)
    entry.file_size = paper.file.size  # so that a file of more than 2 GB gets room for its size
    try:
        with archive.open(entry, "w") as target:
            for chunk in chunks:
                target.write(chunk)
                alive()
    except (NotFound, FileBroken):
        return NOT_THERE
    return ""


def _table(lines: list[ListedPaper]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows([harmless(cell) for cell in row] for row in _rows(lines))
    return MARK + made.getvalue()


def _rows(lines: list[ListedPaper]) -> Iterator[tuple[str, ...]]:
    for one in lines:
        size = str(one.size) if one.file_name else ""
        yield str(one.number), one.title, one.about, one.file_name, size, one.sha256, one.why


def _hashes(lines: list[ListedPaper]) -> str:
    """A line for each file, for the program `sha256sum`."""
    return "".join(f"{one.sha256}  {one.file_name}\n" for one in lines if one.file_name)


def entry_of(name: str, now: datetime) -> zipfile.ZipInfo:
    """The head of a file that was put in at this moment."""
    local = now.astimezone(AMSTERDAM)
    return zipfile.ZipInfo(name, (local.year, local.month, local.day, local.hour, local.minute, local.second))
