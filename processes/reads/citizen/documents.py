"""Documents as the citizen sees them: lines on the page, the file to send, and the receipt of what was handed in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import DocumentType
from processes.access.visibility import documents_of
from processes.base.actor import ON_BEHALF, Actor
from processes.base.errors import NotFound
from processes.base.written import TypedText
from processes.reads.citizen.entry import Entered, enter, enter_by_id, refused
from processes.reads.citizen.opened import Opened
from processes.reads.citizen.questions import documents
from processes.reads.file_to_send import FileToSend, file_of, scan_in_words
from processes.reads.filed import FiledPage, filed_in, page_of, type_in_words
from processes.reads.opening import reading
from processes.storage.asked_ahead import answer
from processes.storage.fast import PreparedQuery
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, FiledRow
from processes.storage.words import DocumentOrigin

OTHERS_PAPER: Final = "Reactie of bijlage"


@dataclass(frozen=True, slots=True)
class CitizenDocumentLine:
    """`own`: handed in by the reader, or by whom the reader represents. `open_since`: it lies open
    to every party before the hearing. `locked`: opens only with a password. `filed`: id of the words that it is made of, where it
    is something that the reader filed; `made`: there is a file that may be read; `scan`: why one that
    is there may not; `new`: the reader did not open it yet; `by_reader`: nobody else handed it in.
    """

    id: str
    reference: str
    title: TypedText
    kind: str
    file_name: TypedText
    size: int
    sha256: str
    added_at: datetime
    own: bool
    open_since: date | None = None
    locked: bool = False
    filed: str = ""
    made: bool = True
    scan: str = ""
    new: bool = False
    by_reader: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of what was handed in (B6). `sender`: who takes part in the case, with for whom where that is somebody else."""

    number: str
    title: str
    sender: TypedText
    at: datetime
    documents: tuple[CitizenDocumentLine, ...]


def lines_of(session: Session, entered: Entered, opened: Opened | None = None) -> tuple[CitizenDocumentLine, ...]:
    """The documents of the case that this reader may see, oldest first; without `opened` none is marked as new."""
    rows = answer(session, documents_seen(entered), **entered.named)
    filed = filed_in(session, entered.case)
    return tuple(_line(row, entered, filed, opened) for row in rows)


def documents_seen(entered: Entered) -> PreparedQuery:
    """The question for the documents that this reader may see."""
    return documents(several=len(entered.seen) > 1, published=entered.case.published_at is not None)


def addable(entered: Entered) -> tuple[DocumentType, ...]:
    """The kinds of document that this reader may add, as they are called for this reader. Somebody who did not file the case adds
    no `Verzoek of bijlage`: to them the one kind that there is has a plain name.
    """
    kinds = tuple(kind for kind in entered.deployed.model.document_types.values() if kind.citizen_may_add)
    return (replace(kinds[0], name=OTHERS_PAPER),) if len(kinds) == 1 and not entered.own else kinds


def sent_along(lines: Iterable[CitizenDocumentLine]) -> tuple[CitizenDocumentLine, ...]:
    """The files that the reader handed in, without what was made of the words on a form."""
    return tuple(line for line in lines if line.own and not line.filed)


def _line(row: DocumentRow, entered: Entered, filed: Mapping[str, str], opened: Opened | None) -> CitizenDocumentLine:
    kinds = {**entered.deployed.model.document_types, **{kind.code: kind for kind in addable(entered)}}
    kind = kinds.get(row.type)
    mine = row.party_id in entered.viewpoints
    own, words = row.origin == DocumentOrigin.CITIZEN and mine, filed.get(row.id, "") if mine else ""
    new = opened is not None and not (own or words) and opened.is_new_document(row.id, row.added_at)
    return CitizenDocumentLine(
        row.id, row.reference, row.title, type_in_words(row, kind) if kind or row.id in filed else "Document", row.file_name,
        row.size, row.sha256, row.added_at, own, row.inspected_from, row.locked, words, row.is_readable, scan_in_words(row), new,
        own and row.party_id in entered.own_rows,
    )  # fmt: skip


def read_filed_words(services: Services, actor: Actor, number: str, filed_id: str) -> FiledPage:
    """A filing or answer of this person (C1). Raises NotFound, which is recorded, for what somebody else did."""
    with reading(services) as (session, _):
        entered = enter(session, services, actor, number)
        row = session.get(FiledRow, filed_id)
        shown = {line.filed for line in lines_of(session, entered)}
        readable = row is not None and (row.id in shown or _said_before(session, entered, row, shown))
        page = page_of(session, entered.case, row) if row is not None and readable else None
        if page is None:
            raise refused(services, actor, "filed")
        return page


def _said_before(session: Session, entered: Entered, row: FiledRow, shown: Collection[str]) -> bool:
    """Whether these are the words of an answer that this reader changed later: they stay readable to who wrote them."""
    if row.task_id is None or row.party_id not in entered.viewpoints:
        return False
    others = select(FiledRow.id).where(FiledRow.task_id == row.task_id, FiledRow.id != row.id)
    return any(one in shown for one in session.scalars(others))


def filed_pages(
    session: Session, entered: Entered, lines: Iterable[CitizenDocumentLine], task: str | None
) -> tuple[FiledPage, ...]:
    """The words that the reader sent with the start of the case (`task` is None) or with a task."""
    mine = [line.filed for line in lines if line.filed]
    found = select(FiledRow).where(FiledRow.id.in_(mine), FiledRow.task_id == task).order_by(FiledRow.filed_at)
    return tuple(page for row in session.scalars(found) if (page := page_of(session, entered.case, row)))


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
        return file_of(seen, entered.case.number)


def read_receipt(services: Services, actor: Actor, number: str, references: Collection[str]) -> Receipt:
    """The proof of what this person handed in at once under these references: whoever wrote the address, it says the moment and
    the sender of each of them. Raises NotFound when there is nothing, or when they came in at different moments.
    """
    with reading(services) as (session, _):
        entered = enter(session, services, actor, number)
        sent = (line for line in sent_along(lines_of(session, entered)) if line.by_reader)
        lines = tuple(line for line in sent if line.reference in references)
        if len({line.added_at for line in lines}) != 1:
            raise NotFound
        row = session.get_one(DocumentRow, lines[0].id)
        return Receipt(entered.case.number, entered.case.title, _sender(entered, row), row.added_at, lines)


def _sender(entered: Entered, row: DocumentRow) -> str:
    """The sender, whoever looks now, and for whom: as it was stored under a mandate, else as the parties of the case say."""
    if ON_BEHALF in row.added_by:
        return row.added_by
    party = next(one for one in entered.seen if one.id == row.party_id)
    whom = ", ".join(one.name for one in entered.seen if one.represented_by == party.id)
    return f"{party.name}{ON_BEHALF}{whom}" if whom else party.name
