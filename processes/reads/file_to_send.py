"""One stored file that a page sends to the reader's browser."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from processes.base.errors import NotNow
from processes.storage.file_scans import refuse
from processes.storage.tables import DocumentRow
from processes.storage.words import ScanState


class NotMadeYet(NotNow):
    """Dit document wordt nog gemaakt. Probeer het over een paar minuten nog een keer."""


SCANNING: Final[Mapping[str, str]] = {
    ScanState.WAITING: "Wordt gecontroleerd op virussen. Daarna kunt u dit bestand openen.",
    ScanState.UNCHECKED: "Kon nog niet op virussen worden gecontroleerd. Wij proberen het opnieuw; tot die tijd gaat dit bestand niet open.",
    ScanState.INFECTED: "In dit bestand is een virus gevonden. Wij hebben het weggegooid.",
}


def scan_in_words(row: DocumentRow) -> str:
    """Why the file of a document may not be read; empty when it may."""
    return SCANNING.get(row.scan or "", "")


@dataclass(frozen=True, slots=True)
class FileToSend:
    """`blob` is its address in the file store, `file_key` its key when it is encrypted; `size` in bytes; `case` the number of the
    case that it belongs to.
    """

    blob: str
    name: str
    media_type: str
    size: int
    case: str
    file_key: str | None = None


def file_of(row: DocumentRow, case: str) -> FileToSend:
    """The file of a document. Raises NotMadeYet while there is none, NotScannedYet or HoldsVirus for one that may not be read."""
    refuse(row.scan)
    if not row.is_made:
        raise NotMadeYet
    return FileToSend(row.blob, row.file_name, row.media_type, row.size, case, row.file_key)
