"""The list of public pages, one page, and one file of it. Nothing here names a person, and who reads is not written down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePath
from typing import Final

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from engine.words import Confidentiality
from processes.access.visibility import SHOWN
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.base.written import TypedText
from processes.reads.file_to_send import FileToSend, file_of
from processes.reads.opening import reading
from processes.storage.document_versions import STANDS, looked_into
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, PartDecision, PublicationRow
from processes.storage.words import PublicKind

PER_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """One public page in a list. `result` is what was decided, in words; empty while the case still runs."""

    id: str
    number: str
    title: TypedText
    result: str
    published_on: date
    decided_on: date


@dataclass(frozen=True, slots=True)
class PublicList:
    """One page of the list; `count` is how many there are in all."""

    lines: tuple[PublishedLine, ...]
    count: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """One document that everybody may read; `size` in bytes, `name` what the reader's computer calls it."""

    id: str
    title: TypedText
    reference: str
    name: TypedText
    media_type: str
    size: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class PublicPage:
    """`body` is a word of AdministrativeBody. `withdrawn_on`: the page was taken back, and nothing else of it is told."""

    line: PublishedLine
    body: str
    received_on: date
    decision: tuple[PublicDocument, ...]
    inventory: tuple[PublicDocument, ...]
    documents: tuple[PublicDocument, ...]
    withdrawn_on: date | None = None


def read_public_list(services: Services, search: str = "", page: int = 1) -> PublicList:
    """The newest first; `search` is looked for in titles and case numbers."""
    with reading(services) as (session, _):
        found = pages_shown()
        if words := search.strip():
            found = found.where(_says(words))
        count = session.scalar(select(func.count()).select_from(found.subquery())) or 0
        pages = max(1, -(-count // PER_PAGE))
        page = min(max(page, 1), pages)
        rows = session.execute(newest_first(found).limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
        return PublicList(tuple(line_of(session, services, row, case) for row, case in rows), count, page, pages)


def read_public_page(services: Services, publication: str) -> PublicPage:
    """Raises NotFound for what was never published, or belongs to a case that may not be shown any more."""
    with reading(services) as (session, _):
        found = session.execute(_with_case().where(PublicationRow.id == publication)).first()
        if found is None:
            raise NotFound
        row, case = found
        line = line_of(session, services, row, case)
        if row.withdrawn_at is not None:
            return PublicPage(line, row.body, row.received_on, (), (), (), local_date(row.withdrawn_at))
        shown = documents_of(session, [row])[row.id]
        decision, inventory, documents = (tuple(one for kind, one in shown if kind == wanted) for wanted in PublicKind)
        return PublicPage(line, row.body, row.received_on, decision, inventory, documents)


def public_file(services: Services, publication: str, document: str) -> FileToSend:
    """The file behind a document of a public page. Raises NotFound for what is not, or no longer, on it."""
    with reading(services) as (session, _):
        found = session.execute(pages_shown().where(PublicationRow.id == publication)).first()
        if found is None or document not in {one.id for _, one in documents_of(session, [found[0]])[found[0].id]}:
            raise NotFound
        row = session.get_one(DocumentRow, document)
        return replace(file_of(row, found[1].number), name=_name(row))


def pages_shown() -> Select[PublicationRow, Case]:
    """The pages that can be read now, with their cases."""
    return _with_case().where(PublicationRow.withdrawn_at.is_(None))


def newest_first(found: Select[PublicationRow, Case]) -> Select[PublicationRow, Case]:
    return found.order_by(PublicationRow.published_at.desc(), PublicationRow.id)


def line_of(session: Session, services: Services, row: PublicationRow, case: Case) -> PublishedLine:
    """A page as one line. Of a case whose drawing cannot be read, what was decided is left out."""
    deployed = services.models.find(session, case.model_version_id)
    part = session.get(PartDecision, row.part_id) if row.part_id else None
    kind = deployed.model.result_types.get((part.outcome if part else case.result) or "") if deployed else None
    result = kind.description if kind else ""
    number = f"{case.number}, deelbesluit {part.number}" if part else case.number
    return PublishedLine(row.id, number, row.title, result, row.published_on, row.decided_on)


def documents_of(
    session: Session, rows: Sequence[PublicationRow]
) -> dict[str, tuple[tuple[PublicKind, PublicDocument], ...]]:
    """The documents that may be read on each page, in its order. A document that was taken off the case, moved, or made confidential is gone
    from the page at once; one that waits for the virus scanner comes when it is clean, and one in which something is hidden once that was mended
    or explained.
    """
    wanted = {one["id"] for row in rows for one in row.documents}
    may = (DocumentRow.state.in_(STANDS), looked_into(), DocumentRow.confidentiality == Confidentiality.OPENBAAR)
    rows_of = session.scalars(select(DocumentRow).where(DocumentRow.id.in_(wanted), *may))
    found = {row.id: row for row in rows_of if row.is_scanned}
    return {
        row.id: tuple(
            (PublicKind(one["kind"]), _document(found[one["id"]]))
            for one in row.documents
            if one["id"] in found and found[one["id"]].case_id == row.case_id
        )
        for row in rows
    }


def _with_case() -> Select[PublicationRow, Case]:
    shown = Case.confidentiality.in_(SHOWN)
    return select(PublicationRow, Case).join(Case, Case.id == PublicationRow.case_id).where(shown)


def _says(words: str) -> ColumnElement[bool]:
    return or_(*(column.icontains(words, autoescape=True) for column in (PublicationRow.title, Case.number)))


def _document(row: DocumentRow) -> PublicDocument:
    return PublicDocument(row.id, row.title, row.reference, _name(row), row.media_type, row.size, row.added_at)


def _name(row: DocumentRow) -> str:
    """Its reference with the ending of the file: the name that somebody once gave a file may name a person."""
    return f"{row.reference}{PurePath(row.file_name).suffix.lower()}"
