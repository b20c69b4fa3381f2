"""The table of substitutions: who is away from when to when, and which colleague stands in."""

from datetime import date, datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId


class Substitution(Base):
    """The colleague `substitute` stands in for `staff` from `first_on` up to and including `last_on`, or until somebody ended it.

    `reason` says why somebody else (`set_by`) arranged it; empty for who arranged it for themselves.
    """

    __tablename__ = "substitution"
    __table_args__ = (
        Index("ix_substitution_staff", "staff", "last_on"),
        Index("ix_substitution_substitute", "substitute", "last_on"),
        Index("ix_substitution_last_on", "last_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    staff: Mapped[str] = mapped_column(String(80))
    substitute: Mapped[str] = mapped_column(String(80))
    first_on: Mapped[date]
    last_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    set_by: Mapped[str] = mapped_column(String(80))
    set_at: Mapped[datetime]
    ended_by: Mapped[str | None] = mapped_column(String(80))  # empty when its last day ended it
    ended_at: Mapped[datetime | None]
