"""The table of cases that were reopened after their end: how each of them had ended."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId


class ReopeningRow(Base):
    """One reopening (W14). `result`, `status`, `closed_at` and `retention_class` are what the case had until then; why it was reopened,
    and the explanation of that result, stand in a note.
    """

    __tablename__ = "reopening"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    closed_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(String(80))
    status: Mapped[str | None] = mapped_column(String(80))
    retention_class: Mapped[str | None] = mapped_column(String(20))
    reopened_at: Mapped[datetime]
    reopened_by: Mapped[str] = mapped_column(String(80))
