"""The versions of a document: the original with its assessment, and the redacted one that stands beside it."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlalchemy.orm import aliased

from processes.storage.tables import DocumentRow
from processes.storage.words import DocumentState, HiddenState

VERSION = "-a"  # behind the reference of a document: its version for others (processes.actions.filed)
ORIGINAL: Final = "-o"  # behind the reference of a PDF: the file that it was made of (processes.actions.filing)
ORIGINAL_TYPE: Final = "original_file"  # the type of that file, which no drawing names
STANDS: Final = (
    DocumentState.ACCEPTED,
    DocumentState.REPLACED,
)  # in the file; the second was followed by a newer version
# oldest first; of one moment by their number, which is written without zeros in front, and a version behind its original
_NUMBER = func.replace(func.replace(DocumentRow.reference, VERSION, ""), ORIGINAL, "")
IN_ORDER = (DocumentRow.added_at, func.length(_NUMBER), DocumentRow.reference)


def looked_into(table: Any = DocumentRow) -> ColumnElement[bool]:
    """A condition: what the eye does not see in it keeps no document inside (`DocumentRow.is_looked_into`)."""
    return or_(table.hidden.is_(None), table.hidden.in_((HiddenState.NOTHING, HiddenState.KEPT)))


def newest_shown() -> ColumnElement[bool]:
    """A condition: of the versions of a document the newest that was published to its readers, also when a newer one is not (yet)."""
    newer = aliased(DocumentRow)
    first = func.coalesce(DocumentRow.version_of, DocumentRow.id)
    shown = (newer.on_portal, newer.shows_at.is_(None), newer.state.in_(STANDS), looked_into(newer))
    followed = exists().where(newer.version_of == first, newer.version > func.coalesce(DocumentRow.version, 1), *shown)
    return and_(DocumentRow.state.in_(STANDS), DocumentRow.on_portal, DocumentRow.shows_at.is_(None), ~followed)


def first_of(document: DocumentRow) -> str:
    """The id of the first version."""
    return document.version_of or document.id


def newest_of(rows: Iterable[DocumentRow]) -> set[str]:
    """The ids of the newest version of each document among these."""
    found: dict[str, DocumentRow] = {}
    for row in rows:
        before = found.get(first_of(row))
        if before is None or (before.version or 1) < (row.version or 1):
            found[first_of(row)] = row
    return {row.id for row in found.values()}


def is_public_in(document: DocumentRow, *publics: str) -> bool:
    """Whether a document was assessed as one of these."""
    said: dict[str, Any] = document.assessment or {}
    return said.get("public") in publics


def redactions_of(rows: Iterable[DocumentRow]) -> dict[str, DocumentRow]:
    """The redacted versions that count now, by the id of their original."""
    return {row.redacts: row for row in rows if row.redacts and row.state == DocumentState.ACCEPTED}
