"""One document to read in the browser, between the others of its case: how it is shown, or why it is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from processes.access.staff_scope import case_for
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.base.file_types import FORMATS, format_of
from processes.base.readable_text import has_readable_text
from processes.base.uploads import Upload
from processes.post.converting import MOST_BYTES as MOST_TO_CONVERT
from processes.post.converting import PHOTOS, convertible
from processes.reads.file_to_send import FileToSend
from processes.reads.opening import reading
from processes.reads.workbench.documents import WorkerDocumentLine, document_for, document_lines
from processes.reads.workbench.head import Head, head_of
from processes.storage.services import Services
from processes.storage.words import DocumentState

LOCKED: Final = "Dit bestand opent alleen met een wachtwoord. Haal het op, en vraag de afzender om het wachtwoord."
TOO_LARGE: Final = "Dit bestand is te groot om hier te tonen. Haal het op."
NOT_HERE: Final = "Een bestand van deze soort ({kind}) kan hier niet worden getoond. Haal het op."
PDF: Final = "pdf"
PICTURES: Final = frozenset({"jpg", "png"})


class ShownAs(StrEnum):
    """How a file is shown on the page that reads it."""

    PDF = "pdf"
    IMAGE = "image"
    COPY = "copy"  # a PDF that is made of it for this reader
    TEXT = "text"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """`at` is the place of this document among `lines`, the documents that can be read, from 1; `why` says why it is not shown here."""

    head: Head
    document: WorkerDocumentLine
    file: FileToSend
    shown: ShownAs
    why: str
    lines: tuple[WorkerDocumentLine, ...]
    at: int
    versions: tuple[WorkerDocumentLine, ...] = ()  # all of them, the newest first, when there are several

    @property
    def previous(self) -> WorkerDocumentLine | None:
        return self.lines[self.at - 2] if self.at > 1 else None

    @property
    def next(self) -> WorkerDocumentLine | None:
        return self.lines[self.at] if self.at < len(self.lines) else None

    @property
    def upload(self) -> Upload:
        """The file as the functions take it that make a copy."""
        file = self.file
        return Upload(file.name, file.media_type, file.size, "", file.blob, self.document.locked, file.file_key)


def read_reading(services: Services, actor: Actor, document_id: str) -> ReadingPage:
    """Raises NotFound, also for a document that this reader may not see, and what `document_for` raises while there is no file."""
    file = document_for(services, actor, document_id)
    with reading(services) as (session, now):
        case = case_for(session, actor, file.case)
        model = services.models.version(session, case.model_version_id).model
        every = document_lines(session, actor, case, model)
        lines = _readable(every, document_id)
        at = next((place for place, line in enumerate(lines, 1) if line.id == document_id), 0)
        if not at:
            raise NotFound
        line = lines[at - 1]
        shown, why = how_shown(services, line.file_name, line.size, locked=line.locked)
        head = head_of(session, services, actor, case, now)
        return ReadingPage(head, lines[at - 1], file, shown, why, lines, at, _versions(every, lines[at - 1]))


def _readable(lines: Sequence[WorkerDocumentLine], wanted: str) -> tuple[WorkerDocumentLine, ...]:
    """Those that can be read: one that was taken away, and an earlier version, by its own address alone, as no part of the row."""
    gone = (DocumentState.REMOVED, DocumentState.REFUSED, DocumentState.REPLACED)
    there = (line for line in lines if line.made and line.state != DocumentState.ERASED)
    return tuple(line for line in there if line.id == wanted or line.state not in gone)


def _versions(lines: Sequence[WorkerDocumentLine], document: WorkerDocumentLine) -> tuple[WorkerDocumentLine, ...]:
    found = sorted((one for one in lines if one.first == document.first), key=lambda one: one.version, reverse=True)
    return tuple(found) if len(found) > 1 else ()


def how_shown(services: Services, name: str, size: int, *, locked: bool) -> tuple[ShownAs, str]:
    """How a file of this name and size (in bytes) is shown; with the sentence why not, when it is not. `locked`: by a password."""
    kind = format_of(name) or ""
    if locked:
        return ShownAs.NOT, LOCKED
    if kind == PDF:
        return ShownAs.PDF, ""
    if kind in PICTURES:
        return ShownAs.IMAGE, ""
    if has_readable_text(name, size):
        return ShownAs.TEXT, ""
    if kind in {*convertible(services), *PHOTOS}:
        return (ShownAs.COPY, "") if size <= MOST_TO_CONVERT else (ShownAs.NOT, TOO_LARGE)
    return ShownAs.NOT, NOT_HERE.format(kind=FORMATS[kind].title if kind else "onbekend")
