"""A bundle as one PDF: the files of its papers on disk, bound by a child with limits, and streamed back."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from processes.base.errors import FileBroken, HoldsVirus, NoRoom, NotFound, NotScannedYet
from processes.base.own_process import lines_of
from processes.base.readable_text import has_readable_text, readable_text
from processes.base.uploads import Upload
from processes.jobs.bundling.wanted import WantedBundle, WantedPaper
from processes.post.bundling.front import TEXT_ONLY, text_page
from processes.post.bundling.order import Bound, BundleOrder, Paper, bound_from
from processes.post.converting import NotConverted, readable_copy
from processes.post.pdf import PDF, pdf
from processes.storage.services import Services

CHILD: Final = "processes.post.bundling.child"
SECONDS: Final = 2 * 60 * 60  # by the clock: ten thousand pages of the heaviest kind
PIECE: Final = 256 * 1024
TOO_MANY: Final = "Dit dossier heeft meer dan 10.000 bladzijden. Kies minder stukken, of maak een zip."
FELL: Final = "Het maken van deze PDF lukte niet. Probeer het nog een keer met minder stukken, of maak een zip."
LOCKED: Final = "Dit stuk heeft een wachtwoord en gaat niet open zonder. Daarom staat hier alleen dit blad."
GONE: Final = "Het bestand van dit stuk is er niet, of het is beschadigd. Daarom staat hier alleen dit blad."
SCANNING: Final = "Het bestand van dit stuk wordt nog op virussen gecontroleerd. Daarom staat hier alleen dit blad."
NO_PDF: Final = "Van dit soort bestand kunnen wij geen bladzijden maken. Daarom staat hier alleen dit blad."

Told = Callable[[int], None]


class CannotBind(Exception):
    """A bundle that cannot be made, with the sentence that its reader gets."""


def write_pdf(services: Services, wanted: WantedBundle, write: Callable[[bytes], None], told: Told) -> Bound:
    """Write the PDF; `told` hears how many papers are done. Raises CannotBind, Busy and NoRoom."""
    with TemporaryDirectory(prefix="zaakspoor-bundle-") as name:
        folder = Path(name)
        papers = tuple(
            _paper(services, folder / f"{at}.pdf", one, wanted.organisation, told)
            for at, one in enumerate(wanted.papers)
        )
        order = BundleOrder(wanted.id, wanted.title, wanted.organisation, wanted.cover, papers, wanted.pdf_moment)
        (folder / "order.json").write_bytes(order.as_json())
        bound = _bound(folder, told)
        for chunk in _chunks(folder / "bundle.pdf"):
            write(chunk)
    return bound


def _bound(folder: Path, told: Told) -> Bound:
    for line in lines_of(CHILD, SECONDS, str(folder / "order.json"), str(folder / "bundle.pdf")):
        said = json.loads(line)
        if "wrong" in said:
            raise CannotBind(TOO_MANY)
        if "bound" in said:
            return bound_from(said["bound"])
        told(said["done"])
    raise CannotBind(FELL)


def _paper(services: Services, place: Path, wanted: WantedPaper, organisation: str, told: Told) -> Paper:
    if not wanted.sheet:
        return _on_disk(services, place, wanted, organisation, told)
    place.write_bytes(pdf(wanted.sheet))
    return Paper(wanted.title, path=str(place))


def _on_disk(services: Services, place: Path, wanted: WantedPaper, organisation: str, told: Told) -> Paper:
    """The PDF of a paper at `place`, or why there is none."""
    told(0)
    paper = Paper(wanted.title, wanted.about, wanted.withheld)
    if wanted.withheld:
        return paper
    if wanted.file is None:
        return replace(paper, why=GONE)
    paper = replace(paper, file_name=wanted.file.name, size=wanted.file.size, sha256=wanted.file.sha256)
    try:
        with place.open("wb") as target:
            for chunk in _pdf_of(services, wanted.file):
                target.write(chunk)
    except NotConverted:
        return _as_text(
            services, place, replace(paper, why=LOCKED if wanted.file.locked else NO_PDF), wanted.file, organisation
        )
    except (NotFound, FileBroken, HoldsVirus):
        return replace(paper, why=GONE)
    except NotScannedYet:
        return replace(paper, why=SCANNING)
    except OSError as error:
        raise NoRoom from error
    return replace(paper, path=str(place))


def _as_text(services: Services, place: Path, paper: Paper, file: Upload, organisation: str) -> Paper:
    """The paper with pages of its text, for a file that has no pages but can be read; else as it was."""
    if file.locked or not has_readable_text(file.name, file.size):
        return paper
    try:
        told = readable_text(file.name, b"".join(services.files.read(file.blob, file.file_key)))
    except (NotFound, FileBroken):
        return replace(paper, why=GONE)
    if told is None:
        return paper
    try:
        place.write_bytes(pdf(text_page(organisation, paper, told)))
    except OSError as error:
        raise NoRoom from error
    return replace(paper, path=str(place), why="", remark=TEXT_ONLY)


def _pdf_of(services: Services, file: Upload) -> Iterator[bytes]:
    if not file.blob:
        raise NotFound
    if file.media_type == PDF and not file.locked:
        yield from services.files.read(file.blob, file.file_key)
    else:
        yield readable_copy(services, file)


def _chunks(place: Path) -> Iterator[bytes]:
    with place.open("rb") as file:
        while chunk := file.read(PIECE):
            yield chunk
