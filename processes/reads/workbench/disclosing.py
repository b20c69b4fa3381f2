"""The documents that a task asks about: which become public and why not, and which need a redacted version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.base.uploads import LOCKED
from processes.execution.assessing import to_assess
from processes.execution.forms import component_of, document_types_of
from processes.law.disclosure_grounds import GROUNDS, PUBLIC
from processes.storage.document_versions import IN_ORDER, is_public_in, redactions_of
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, DocumentRow
from processes.storage.words import DocumentState


@dataclass(frozen=True, slots=True)
class Said:
    """The assessment of a document so far, by code; empty while there is none."""

    public: str = ""
    grounds: tuple[str, ...] = ()
    dated: date | None = None
    note: str = ""

    @property
    def public_name(self) -> str:
        return PUBLIC.get(self.public, "")

    @property
    def ground_names(self) -> tuple[str, ...]:
        return tuple(GROUNDS[code].title for code in self.grounds if code in GROUNDS)


@dataclass(frozen=True, slots=True)
class AskedDocument:
    """`redacted` is the id and title of the redacted version that counts now."""

    id: str
    title: str
    detail: str
    said: Said
    redacted: tuple[str, str] | None = None


def said_of(row: DocumentRow) -> Said:
    known: Mapping[str, Any] = row.assessment or {}
    day = known.get("date")
    return Said(
        known.get("public", ""), tuple(known.get("grounds", ())), date.fromisoformat(day) if day else None,
        known.get("note") or "",
    )  # fmt: skip


def inventory_of(
    session: Session, case: Case, deployed: Deployed, root: Model, element: str
) -> tuple[AskedDocument, ...]:
    """The documents that the form of this element asks to assess; none when it does not ask."""
    component = component_of(deployed, element, "inventory")
    if component is None:
        return ()
    rows = session.scalars(to_assess(case.id, document_types_of(component)))
    return tuple(AskedDocument(row.id, row.title, _detail(row, root), said_of(row)) for row in rows)


def redactions_for(
    session: Session, case: Case, deployed: Deployed, root: Model, element: str
) -> tuple[AskedDocument, ...]:
    """The originals of which the form of this element asks a redacted version."""
    if component_of(deployed, element, "redactions") is None:
        return ()
    found = select(DocumentRow).where(DocumentRow.case_id == case.id, DocumentRow.state == DocumentState.ACCEPTED)
    rows = session.scalars(found.order_by(*IN_ORDER)).all()
    versions = redactions_of(rows)
    return tuple(
        AskedDocument(row.id, row.title, _detail(row, root), said_of(row), _version(versions.get(row.id)))
        for row in rows
        if is_public_in(row, "deels")
    )


def _version(row: DocumentRow | None) -> tuple[str, str] | None:
    return (row.id, row.title) if row else None


def _detail(row: DocumentRow, model: Model) -> str:
    kind = model.document_types.get(row.type)
    return f"{kind.name if kind else row.type}, {row.reference}{LOCKED if row.locked else ''}"
