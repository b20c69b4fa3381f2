"""The table of access to cases above somebody's clearance: who asked for it, why, who gave it, and until when."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId

GIVEN = text("until IS NOT NULL AND ended_at IS NULL")
ASKED = text("decided_at IS NULL")


class CaseAccess(Base):
    """A question to see one case, and what became of it. With `until` it was given; it ends on the day after that by itself, or
    earlier by somebody (`ended_by`). Decided without `until` it was refused, for the reason `answer`.
    """

    __tablename__ = "case_access"
    __table_args__ = (
        Index("ix_case_access_case_id", "case_id"),
        Index("ix_case_access_staff", "staff", "id"),
        Index("ix_case_access_until", "until", sqlite_where=GIVEN, postgresql_where=GIVEN),
        Index("ix_case_access_asked", "id", sqlite_where=ASKED, postgresql_where=ASKED),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    staff: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(Text)
    until: Mapped[date | None]
    ended_by: Mapped[str | None] = mapped_column(String(80))  # empty when its day ended it
    ended_at: Mapped[datetime | None]
