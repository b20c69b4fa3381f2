"""Filings and answers for pages: their words as they were frozen, and how far the document is (J2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine import DocumentType
from processes.base.written import TypedText
from processes.execution.filed_words import FILED_TYPE, FiledWords, words_from
from processes.storage.asked_ahead import answer
from processes.storage.document_versions import ORIGINAL_TYPE, STANDS
from processes.storage.fast import PreparedQuery
from processes.storage.tables import Case, DocumentRow, FiledRow, OutboxRow
from processes.storage.words import DocumentState, OutboxKind

MAKING: Final = "Het document wordt gemaakt."
MAKING_FAILS: Final = "Het document maken lukt nog niet. De beheerder ziet dit bij Aandacht; wij proberen het opnieuw."
WITHOUT_TYPE: Final = {FILED_TYPE: "Ingestuurd formulier", ORIGINAL_TYPE: "Intern werkbestand"}


@dataclass(frozen=True, slots=True)
class FiledPage:
    """`sha256` is of `body`, the words as plain text, `document_sha256` of the document; empty until that is made, as `size` is 0 then.
    `document` is its id; `replaced`: other words came in the place of these.
    """

    id: str
    number: str
    title: TypedText
    at: datetime
    received_on: date
    words: FiledWords
    body: str
    sha256: str
    document: str
    reference: str
    document_sha256: str
    size: int
    replaced: bool = False

    @property
    def made(self) -> bool:
        return bool(self.document_sha256)


def page_of(session: Session, case: Case, row: FiledRow) -> FiledPage | None:
    """The whole version of what was filed; None when its document was taken off the case."""
    document = session.get_one(DocumentRow, row.document_id)
    if document.state not in STANDS:
        return None
    return FiledPage(
        row.id, case.number, row.title, row.filed_at, row.received_on, words_from(row.words), row.body, row.sha256, document.id,
        document.reference, document.sha256 if document.is_made else "", document.size, document.state == DocumentState.REPLACED,
    )  # fmt: skip


def filed_in(session: Session, case: Case) -> Mapping[str, str]:
    """The ids of everything that was filed in a case, by the id of its document."""
    return dict(answer(session, filed_question(), case=case.id))


@cache
def filed_question() -> PreparedQuery:
    """The question of `filed_in`."""
    found = select(FiledRow.document_id, FiledRow.id)
    return PreparedQuery(found.where(FiledRow.case_id == bindparam("case")))


def making_in_words(session: Session, case: Case) -> str:
    """Why a document of the case has no file yet: it is being made, or that fails."""
    failing = select(OutboxRow.id).where(
        OutboxRow.case_id == case.id, OutboxRow.kind == OutboxKind.FILED, OutboxRow.done_at.is_(None),
        OutboxRow.error.is_not(None),
    )  # fmt: skip
    return MAKING_FAILS if session.scalar(failing.limit(1)) is not None else MAKING


def type_in_words(row: DocumentRow, kind: DocumentType | None) -> str:
    """The kind of document, as the drawing calls it."""
    return kind.name if kind else WITHOUT_TYPE.get(row.type, row.type)
