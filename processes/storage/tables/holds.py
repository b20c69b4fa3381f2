"""The table of what is held back from destruction: a case or one document of it, until when, why, and who judges it then."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId

OPEN = text("ended_at IS NULL")


class DestructionHold(Base):
    """Holds a case, or a document and its case, back from destruction until somebody ends it (`ended_at`).

    It does not end by itself on `until`: the reviewer is asked then. A hold that is lengthened ends, and a new one begins.
    """

    __tablename__ = "destruction_hold"
    __table_args__ = (
        Index("ix_destruction_hold_until", "until", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_destruction_hold_case_id", "case_id"),
        Index("ix_destruction_hold_document_id", "document_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    document_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"))
    reason: Mapped[str] = mapped_column(Text)
    until: Mapped[date]
    reviewer: Mapped[str] = mapped_column(String(80))
    placed_by: Mapped[str] = mapped_column(String(80))
    placed_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]  # when the reviewer was asked
    ended_by: Mapped[str | None] = mapped_column(String(80))
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str | None] = mapped_column(Text)
