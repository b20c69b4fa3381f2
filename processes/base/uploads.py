"""A file that has arrived whole in the store but belongs to no case yet, and whether it may become a document."""

from dataclasses import dataclass

from engine import DocumentType
from processes.base.file_types import format_of

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Upload:
    """`blob` is the key in the file store, `sha256` in hexadecimal, `size` in bytes; the name is already made safe."""

    name: str
    media_type: str
    size: int
    sha256: str
    blob: str


def why_refused(kind: DocumentType | None, upload: Upload) -> str | None:
    """Why a file does not fit the document type that was chosen for it, in a sentence; None when it does.

    Pages ask it while somebody chooses; the action asks it again when the file is sent. `kind` is None for no type.
    """
    if kind is None:
        return "Kies een soort document uit de lijst."
    if format_of(upload.name) not in kind.formats:
        return f"'{upload.name}' kan hier niet. Kies een bestand van de soort {', '.join(kind.formats)}."
    if upload.size > kind.max_megabytes * MEGABYTE:
        return f"'{upload.name}' is te groot. Een bestand mag hoogstens {kind.max_megabytes} MB zijn."
    return None
