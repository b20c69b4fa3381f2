"""A file that has arrived whole in the store but belongs to no case yet, and whether it may become a document."""

from dataclasses import dataclass
from typing import Final

from engine import DocumentType
from processes.base.file_types import codes_of, format_of, formats_in_words
from processes.base.written import TypedText

MEGABYTE = 1_000_000
AS_PDF: Final = "Dit document gaat naar het archief en moet een PDF zijn. Kies in uw tekstprogramma 'Opslaan als PDF', en voeg die toe."
MADE_PDF: Final = (
    "Dit document wordt bewaard als PDF. Kiest u iets anders, dan maken wij er een PDF van. Die controleert u eerst."
)
HOLDS_VIRUS: Final = "In '{name}' is een virus gevonden. Wij hebben het bestand weggegooid. Kies een ander bestand."
LOCKED = ", opent alleen met een wachtwoord"  # behind the details of a document, for who must read it


@dataclass(frozen=True, slots=True)
class Upload:
    """`blob` is the key in the file store, `sha256` in hexadecimal, `size` in bytes; the name is already made safe.

    `locked`: it opens only with a password. `file_key`: the sealed key of a file that is stored encrypted.
    """

    name: TypedText
    media_type: str
    size: int
    sha256: str
    blob: str
    locked: bool = False
    file_key: str | None = None


def why_refused(kind: DocumentType | None, upload: Upload) -> str | None:
    """Why a file does not fit the document type that was chosen for it, in a sentence; None when it does.

    Pages ask it while somebody chooses; the action asks it again when the file is sent. `kind` is None for no type.
    """
    if kind is None:
        return "Kies een soort document uit de lijst."
    if format_of(upload.name) not in codes_of(kind.taken):
        if kind.archive:
            return f"'{upload.name}' is geen PDF. {AS_PDF}"
        return f"'{upload.name}' kan hier niet. Dit mag wel: {formats_in_words(kind.taken)}."
    if kind.archive and upload.locked:
        return f"'{upload.name}' heeft een wachtwoord, en is later niet meer te openen. Voeg een PDF zonder wachtwoord toe."
    if upload.size > kind.max_megabytes * MEGABYTE:
        return f"'{upload.name}' is te groot. Een bestand mag hoogstens {kind.max_megabytes} MB zijn."
    return None
