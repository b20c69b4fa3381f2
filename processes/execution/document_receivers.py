"""Receivers of one document, as the rows of its case say it: who brought it, was given it, or got it as a letter.

Who opened it stands in the looks. Both together are what the report of a data leak asks for.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.storage.tables import DocumentRow, NoticeRow


def receivers_of(session: Session, document: DocumentRow) -> list[dict[str, Any]]:
    """`[{"at": ISO moment or day, "how": "brought" | "given" | "letter", "name" | "department" | "party": whom}]`, oldest first."""
    found: list[dict[str, Any]] = [{"at": document.added_at.isoformat(), "how": "brought", "name": document.added_by}]
    for given in document.to_departments:
        who = {"department": given["department"]} if given.get("department") else {"party": given["party"]}
        found.append({"at": given["at"], "how": "given", **who})
    letters = select(NoticeRow).where(NoticeRow.document_id == document.id, NoticeRow.sent_on.is_not(None))
    rows = session.scalars(letters.order_by(NoticeRow.id))
    return [*found, *({"at": str(one.sent_on), "how": "letter", "party": one.party_id} for one in rows)]
