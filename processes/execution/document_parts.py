"""A document with everything that hangs on it: its redacted versions, lists that name it, letters; and who received it.

Asked by the page that says what will go, and by the change that takes it away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from processes.storage.document_versions import ORIGINAL
from processes.storage.tables import DocumentRow, MailRow, NoticeRow
from processes.storage.words import DocumentOrigin, DocumentState

INVENTORY: Final = "Lijst met documenten"  # the title of a list that the program made (processes.post.inventory)


@dataclass(frozen=True, slots=True)
class DocumentParts:
    """A document with what goes along; among `versions` also the file of which the PDF was made. `names`: its title and file name and those of its versions, to be taken out of texts."""

    document: DocumentRow
    versions: tuple[DocumentRow, ...]
    inventories: tuple[DocumentRow, ...]
    letters: tuple[NoticeRow, ...]
    names: tuple[str, ...]
    enclosed_in: tuple[NoticeRow, ...] = ()  # other letters, to which it or a version of it was added


def parts_of(session: Session, document: DocumentRow) -> DocumentParts:
    """Everything that names or holds what this document holds."""
    here = (DocumentRow.case_id == document.case_id, DocumentRow.state != DocumentState.ERASED)
    beside = or_(DocumentRow.redacts == document.id, DocumentRow.reference == f"{document.reference}{ORIGINAL}")
    versions = session.scalars(select(DocumentRow).where(*here, beside)).all()
    lists = select(DocumentRow).where(
        *here, DocumentRow.origin == DocumentOrigin.SYSTEM, DocumentRow.title == INVENTORY
    )
    made_since = lists.where(DocumentRow.added_at >= document.added_at, DocumentRow.id != document.id)
    inventories = session.scalars(made_since).all() if document.assessment else ()
    ids = [document.id, *(one.id for one in versions)]
    letters = session.scalars(select(NoticeRow).where(NoticeRow.document_id.in_(ids))).all()
    names = [name for one in (document, *versions) for name in (one.title, one.file_name) if name]
    enclosed_in = _enclosed_in(session, document.case_id, set(ids))
    return DocumentParts(
        document, tuple(versions), tuple(inventories), tuple(letters), tuple(dict.fromkeys(names)), enclosed_in
    )


def original_among(document: DocumentRow, versions: Sequence[DocumentRow]) -> DocumentRow | None:
    """The file of which this PDF was made, None when it came as PDF."""
    return next((one for one in versions if one.reference == f"{document.reference}{ORIGINAL}"), None)


def _enclosed_in(session: Session, case_id: int, ids: set[str]) -> tuple[NoticeRow, ...]:
    rows = session.scalars(select(NoticeRow).where(NoticeRow.case_id == case_id).order_by(NoticeRow.id))
    return tuple(row for row in rows if ids & {one["document"] for one in row.enclosures or ()})


def receivers_of(session: Session, document: DocumentRow) -> list[dict[str, Any]]:
    """`[{"at": ISO moment or day, "how": "brought" | "given" | "letter" | "mail", "name" | "department" | "party": whom}]`, oldest first."""
    found: list[dict[str, Any]] = [{"at": document.added_at.isoformat(), "how": "brought", "name": document.added_by}]
    for given in document.to_departments:
        who = {"department": given["department"]} if given.get("department") else {"party": given["party"]}
        found.append({"at": given["at"], "how": "given", **who})
    found += [
        {"at": one["given"], "how": "given", "department": one["department"]} for one in document.taken_back or ()
    ]
    letters = select(NoticeRow).where(NoticeRow.document_id == document.id, NoticeRow.sent_on.is_not(None))
    rows = session.scalars(letters.order_by(NoticeRow.id))
    found += [{"at": str(one.sent_on), "how": "letter", "party": one.party_id} for one in rows]
    enclosed = _enclosed_in(session, document.case_id, {document.id})
    found += [{"at": str(one.sent_on), "how": "letter", "party": one.party_id} for one in enclosed if one.sent_on]
    mails = select(MailRow.sent_at, NoticeRow.party_id).join(NoticeRow, NoticeRow.id == MailRow.notice_id)
    about = mails.where(NoticeRow.document_id == document.id, MailRow.sent_at.is_not(None)).order_by(MailRow.id)
    return [
        *found,
        *({"at": at.isoformat(), "how": "mail", "party": party} for at, party in session.execute(about) if at),
    ]
