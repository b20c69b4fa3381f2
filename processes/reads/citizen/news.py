"""News of a citizen over all own cases (C7): letters, documents and answers that were not opened yet, newest first.

However many cases there are, it is a fixed number of questions. Which documents somebody sees, is asked of
`processes.access.visibility` alone; what is asked before that only finds the cases in which anything can be new.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BindParameter,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from processes.access.visibility import documents_in
from processes.base.actor import Actor
from processes.base.written import OwnWords, TypedText
from processes.reads.citizen.opened import Opened, begins_at, opened_in
from processes.storage.among import Given, is_in
from processes.storage.asked_ahead import answer
from processes.storage.document_versions import newest_shown
from processes.storage.fast import PreparedQuery
from processes.storage.own_looks import Things
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, FiledRow, NoteRow, NoticeRow
from processes.storage.words import DocumentOrigin, NoteKind

MOST: Final = 500  # things that are looked at: who has more that are new, reads on the case how many

Seen = Sequence[tuple[Case, Collection[int]]]
"""Cases of one person, each with the ids of the parties from whose viewpoint this person looks."""


class NewKind(StrEnum):
    """The kinds of things that can be new to a citizen."""

    LETTER = "letter"
    DOCUMENT = "document"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class NewThing:
    """`ref`: its id. `number` and `subject` are of its case, or the kind of case where it has no subject; `title` of a message is the name of who wrote it."""

    kind: NewKind
    number: str
    subject: str
    title: TypedText
    at: datetime
    ref: str


def news_in(session: Session, services: Services, actor: Actor, seen: Seen, now: datetime) -> tuple[NewThing, ...]:
    """Newest first."""
    if not seen:
        return ()
    cases = {case.id: case for case, _ in seen}
    begins = begins_at(session, services, now)
    parties = tuple(party for _, mine in seen for party in mine)
    found = answer(
        session, _perhaps(), cases=tuple(cases), parties=parties, papers=begins.papers, messages=begins.messages
    )
    rows = [_Perhaps(*row) for row in found]
    files = {row.document for row in rows if row.document}
    opened = opened_in(session, actor, {row.case_id for row in rows}, begins, Things(
        [row.ref for row in rows if row.kind == NewKind.LETTER],
        [*files, *(row.ref for row in rows if row.kind == NewKind.DOCUMENT)],
    ))  # fmt: skip
    unread = [row for row in rows if _is_new(row, opened, files)]
    shown = _shown(session, seen, [row for row in unread if row.kind == NewKind.DOCUMENT])
    return tuple(
        NewThing(
            NewKind(row.kind),
            case.number,
            OwnWords(case.subject) if case.subject else case.title,
            row.title,
            row.at,
            row.ref,
        )
        for row in unread
        if (case := cases[row.case_id]) and (row.kind != NewKind.DOCUMENT or row.ref in shown)
    )


class _Perhaps(NamedTuple):
    """A thing that can be new. `ref`: its id as text; `document`: the file of a letter."""

    kind: str
    case_id: int
    ref: str
    title: str
    at: datetime
    document: str | None


@cache
def _perhaps() -> PreparedQuery:
    """All that can be new in `cases` to `parties`: letters and documents since `papers` and answers since `messages`; of documents those
    that are on the portal, whoever may see them. In one statement.
    """
    cases, parties = Given("cases"), Given("parties")
    papers: BindParameter[Any] = bindparam("papers")
    letters = _columns(
        NewKind.LETTER,
        NoticeRow.case_id,
        cast(NoticeRow.id, String),
        NoticeRow.subject,
        NoticeRow.created_at,
        NoticeRow.document_id,
    )
    replies = _columns(NewKind.MESSAGE, NoteRow.case_id, cast(NoteRow.id, String), NoteRow.author, NoteRow.at, null())
    documents = _columns(
        NewKind.DOCUMENT, DocumentRow.case_id, DocumentRow.id, DocumentRow.title, DocumentRow.added_at, null()
    )
    words = exists().where(FiledRow.document_id == DocumentRow.id)
    theirs = and_(is_in(DocumentRow.party_id, parties), or_(DocumentRow.origin == DocumentOrigin.CITIZEN, words))
    found = union_all(
        letters.where(is_in(NoticeRow.case_id, cases), is_in(NoticeRow.party_id, parties), NoticeRow.sent_on.is_not(None),
                      NoticeRow.created_at >= papers),
        replies.where(is_in(NoteRow.case_id, cases), is_in(NoteRow.party_id, parties), NoteRow.kind == NoteKind.REPLY,
                      NoteRow.at >= bindparam("messages")),
        documents.where(is_in(DocumentRow.case_id, cases), DocumentRow.added_at >= papers, newest_shown(),
                        or_(DocumentRow.party_id.is_(None), ~theirs)),
    ).subquery()  # fmt: skip
    return PreparedQuery(select(found).order_by(found.c.at.desc()).limit(literal_column(str(MOST))))


def _columns(kind: str, case: Any, ref: Any, title: Any, at: Any, document: Any) -> Select[Any]:
    named = (("case_id", case), ("ref", ref), ("title", title), ("at", at), ("document", document))
    return select(literal(str(kind)).label("kind"), *(column.label(name) for name, column in named))


def _is_new(row: Any, opened: Opened, files: Collection[str]) -> bool:
    """Whether it was not opened; the file of a letter counts as its letter."""
    if row.kind == NewKind.LETTER:
        return not opened.saw_letter(row.ref, row.document)
    if row.kind == NewKind.MESSAGE:
        return not opened.saw_message(row.case_id, int(row.ref))
    return row.ref not in files and not opened.saw_document(row.ref)


def _shown(session: Session, seen: Seen, documents: Collection[Any]) -> frozenset[str]:
    """The ids of those of these documents that their readers may see and that can be opened by now."""
    if not documents:
        return frozenset()
    where, wanted = {row.case_id for row in documents}, [row.ref for row in documents]
    asked = documents_in([(case, parties) for case, parties in seen if case.id in where])
    return frozenset(row.id for row in session.scalars(asked.where(DocumentRow.id.in_(wanted))) if row.is_readable)
