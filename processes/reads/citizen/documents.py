"""Documents as the citizen sees them: lines on the page, the file to send, and the receipt of what was handed in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from processes.access.visibility import documents_of
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.reads.citizen.entry import Entered, enter, enter_by_id, refused
from processes.reads.file_to_send import FileToSend
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.tables import DocumentRow
from processes.storage.words import DocumentOrigin


@dataclass(frozen=True, slots=True)
class CitizenDocumentLine:
    """`own`: handed in by the reader, or by whom the reader represents. `open_since`: it lies open
    to every party before the hearing. `locked`: opens only with a password.
    """

    id: str
    reference: str
    title: str
    kind: str
    file_name: str
    size: int
    sha256: str
    added_at: datetime
    own: bool
    open_since: date | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of what was handed in (B6)."""

    number: str
    title: str
    at: datetime
    documents: tuple[CitizenDocumentLine, ...]


def lines_of(session: Session, entered: Entered) -> tuple[CitizenDocumentLine, ...]:
    """The documents of the case that this reader may see, oldest first."""
    rows = session.scalars(documents_of(entered.case, entered.viewpoints))
    return tuple(_line(row, entered) for row in rows)


def _line(row: DocumentRow, entered: Entered) -> CitizenDocumentLine:
    kind = entered.deployed.model.document_types.get(row.type)
    return CitizenDocumentLine(
        row.id, row.reference, row.title, kind.name if kind else "Document", row.file_name, row.size, row.sha256,
        row.added_at, row.origin == DocumentOrigin.CITIZEN and row.party_id in entered.viewpoints, row.inspected_from, row.locked,
    )  # fmt: skip


def document_to_send(services: Services, actor: Actor, document_id: str) -> FileToSend:
    """The file behind a document. Raises NotFound, which is recorded, for whatever this person may not see (D39)."""
    with reading(services) as (session, _):
        row = session.get(DocumentRow, document_id)
        if row is None:
            raise refused(services, actor, "document")
        entered = enter_by_id(session, services, actor, row.case_id)
        seen = session.scalar(documents_of(entered.case, entered.viewpoints).where(DocumentRow.id == document_id))
        if seen is None:
            raise refused(services, actor, "document")
        return FileToSend(seen.blob, seen.file_name, seen.media_type, seen.size, entered.case.number, seen.file_key)


def read_receipt(services: Services, actor: Actor, number: str, references: Collection[str]) -> Receipt:
    """The proof of what this person handed in under these references. Raises NotFound when there is nothing."""
    with reading(services) as (session, _):
        entered = enter(session, services, actor, number)
        lines = tuple(line for line in lines_of(session, entered) if line.own and line.reference in references)
        if not lines:
            raise NotFound
        return Receipt(entered.case.number, entered.case.title, lines[0].added_at, lines)
