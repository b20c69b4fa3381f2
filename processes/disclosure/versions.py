"""The versions of a document: the original with its assessment, and the redacted one that stands beside it."""

from collections.abc import Iterable
from typing import Any

from processes.database.tables import DocumentRow


def is_public_in(document: DocumentRow, *publics: str) -> bool:
    """Whether a document was assessed as one of these."""
    said: dict[str, Any] = document.assessment or {}
    return said.get("public") in publics


def redactions_of(rows: Iterable[DocumentRow]) -> dict[str, DocumentRow]:
    """By the id of its original: the redacted version that counts now."""
    return {row.redacts: row for row in rows if row.redacts and row.state == "accepted"}
