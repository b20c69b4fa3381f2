"""The entries of the timeline of a case, as one query over its tables: source, key and moment of each entry, and its kind for the
filters. Each part is served by the index on the case, so that a case with thousands of entries shows a page as fast as a young one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from processes.access.document_scope import KeptDocuments
from processes.reads.workbench.did import DID
from processes.storage.tables import (
    AuditRow,
    Case,
    CorrectionRow,
    Delivery,
    DocumentRow,
    LookRow,
    MailAnswer,
    MailRow,
    NoteRow,
    NoticeRow,
    StatusRow,
    TaskRow,
)
from processes.storage.words import DocumentState, NoteKind, TaskState

PAGE: Final = 50
LOOKS: Final = "keek"  # so many that they stand only behind their own filter
KINDS: Final[Mapping[str, str]] = {  # as the filters name them
    "statussen": "Statussen",
    "berichten": "Berichten",
    "notities": "Notities",
    "brieven": "Brieven en e-mails",
    "documenten": "Documenten",
    "aanleveringen": "Aanleveringen",
    "gedaan": "Wie deed wat",
    LOOKS: "Wie keek",
}
MESSAGES: Final = (NoteKind.MESSAGE, NoteKind.REPLY, NoteKind.UPLOAD)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """The place of one entry: the name of its source and the key of its row, as text."""

    source: str
    key: str


def page_of(session: Session, about: Case, kept: KeptDocuments, kind: str, page: int) -> list[TimelineEntry]:
    """The entries of one page, newest first. Empty `kind`: all but the looks. `kept`: the documents that this reader may not see."""
    parts = union_all(*_parts(about, kept, kind)).subquery()
    wanted = select(parts.c.source, parts.c.key).order_by(
        parts.c.at.desc(), parts.c.place, parts.c.number.desc(), parts.c.key
    )
    if kind:
        wanted = wanted.where(parts.c.kind == kind)
    return [TimelineEntry(*row) for row in session.execute(wanted.limit(PAGE).offset((page - 1) * PAGE))]


def counts_of(session: Session, about: Case, kept: KeptDocuments) -> dict[str, int]:
    """How many entries there are of each of KINDS; those without any are left out. One statement."""
    parts = union_all(*_parts(about, kept, ""), *_parts(about, kept, LOOKS)).subquery()
    return dict(session.execute(select(parts.c.kind, func.count()).group_by(parts.c.kind)).all())


def _parts(about: Case, kept: KeptDocuments, kind: str) -> list[Select[Any]]:
    id_ = about.id
    if kind == LOOKS:
        return [_part(0, "look", LOOKS, LookRow, LookRow.at, LookRow.case_id == id_)]
    of_note = case((NoteRow.kind.in_(MESSAGES), literal("berichten", String)), else_=literal("notities", String))
    done = and_(TaskRow.case_id == id_, TaskRow.state == TaskState.DONE)
    parts = (
        (("statussen",), "status", StatusRow, StatusRow.reached_at, StatusRow.case_id == id_),
        (("gedaan",), "task", TaskRow, func.coalesce(TaskRow.done_at, TaskRow.opened_at), done),
        (("aanleveringen",), "delivery", Delivery, Delivery.sent_at, Delivery.case_id == id_),
        (("berichten", "notities"), "note", NoteRow, NoteRow.at, NoteRow.case_id == id_),
        (("brieven",), "notice", NoticeRow, NoticeRow.created_at, NoticeRow.case_id == id_),
        (("brieven",), "mail", MailRow, MailRow.created_at, MailRow.case_id == id_),
        (("brieven",), "answer", MailAnswer, MailAnswer.received_at, MailAnswer.case_id == id_),
        (("gedaan",), "correction", CorrectionRow, CorrectionRow.made_at, CorrectionRow.case_id == id_),
        (("gedaan",), "did", AuditRow, AuditRow.at, and_(AuditRow.chain == id_, AuditRow.action.in_(DID))),
        (("documenten",), "document", DocumentRow, DocumentRow.added_at, _shown(id_, kept)),
    )
    return [
        _part(place, source, of_note if source == "note" else kinds[0], table, at, which)
        for place, (kinds, source, table, at, which) in enumerate(parts)
        if not kind or kind in kinds
    ]


def _shown(id_: int, kept: KeptDocuments) -> ColumnElement[bool]:
    """The documents that still have a name, without those that are kept from the reader."""
    open_ = or_(DocumentRow.party_id.is_(None), DocumentRow.party_id.not_in(kept.parties))
    mine = (DocumentRow.case_id == id_, DocumentRow.state != DocumentState.ERASED)
    return and_(*mine, open_, DocumentRow.id.not_in(kept.documents))


def _part(place: int, source: str, kind: Any, table: Any, at: Any, which: ColumnElement[bool]) -> Select[Any]:
    """`place` and `number` keep entries of one moment in a fixed order."""
    number = literal(0) if table.id.type.python_type is str else table.id
    return select(
        literal(source, String).label("source"),
        cast(table.id, String).label("key"),
        at.label("at"),
        (literal(kind, String) if isinstance(kind, str) else kind).label("kind"),
        literal(place).label("place"),
        number.label("number"),
    ).where(which)


def keys(entries: Sequence[TimelineEntry], source: str) -> list[Any]:
    """The keys of the entries of one source: numbers, and texts where the table has those."""
    found = [one.key for one in entries if one.source == source]
    return found if source in {"task", "document"} else [int(key) for key in found]
