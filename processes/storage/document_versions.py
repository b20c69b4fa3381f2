"""The versions of a document: the original with its assessment, and the redacted one that stands beside it."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import func

from processes.storage.tables import DocumentRow
from processes.storage.words import DocumentState

VERSION = "-a"  # behind the reference of a document: its version for others (processes.actions.filed)
ORIGINAL: Final = "-o"  # behind the reference of a PDF: the file that it was made of (processes.actions.filing)
ORIGINAL_TYPE: Final = "original_file"  # the type of that file, which no drawing names
# oldest first; of one moment by their number, which is written without zeros in front, and a version behind its original
_NUMBER = func.replace(func.replace(DocumentRow.reference, VERSION, ""), ORIGINAL, "")
IN_ORDER = (DocumentRow.added_at, func.length(_NUMBER), DocumentRow.reference)


def is_public_in(document: DocumentRow, *publics: str) -> bool:
    """Whether a document was assessed as one of these."""
    said: dict[str, Any] = document.assessment or {}
    return said.get("public") in publics


def redactions_of(rows: Iterable[DocumentRow]) -> dict[str, DocumentRow]:
    """The redacted versions that count now, by the id of their original."""
    return {row.redacts: row for row in rows if row.redacts and row.state == DocumentState.ACCEPTED}
