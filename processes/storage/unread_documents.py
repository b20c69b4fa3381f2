"""The documents with a file whose words nobody looked for yet; an index holds just these."""

from typing import Final

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from processes.storage.tables import DocumentRow

UNREAD: Final = text("NOT document.words_read AND document.blob <> ''")  # in the words of its index
MOST: Final = 1000  # counts stop here


def unread_documents(session: Session) -> int:
    """How many there are, at most MOST + 1."""
    waiting = select(DocumentRow.id).where(UNREAD).limit(MOST + 1).subquery()
    return session.scalar(select(func.count()).select_from(waiting)) or 0
