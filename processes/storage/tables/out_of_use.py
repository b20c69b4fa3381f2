"""Case types that go out of use: from which day, with which message, and the one that comes in its place."""

from datetime import date, datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId


class OutOfUse(Base):
    """One decision that a case type goes out of use. It holds until it is taken back or replaced; then the row stays as history."""

    __tablename__ = "out_of_use"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    process: Mapped[str] = mapped_column(String(80), index=True)
    from_on: Mapped[date]  # the first day on which no case begins
    finish_until: Mapped[date]  # the last day on which a form that was begun before can be sent
    successor: Mapped[str | None] = mapped_column(String(80))  # the process of the case type in its place
    message: Mapped[str] = mapped_column(Text)  # what citizens read, in Dutch
    message_en: Mapped[str] = mapped_column(Text)  # the same in English; may be empty
    reason: Mapped[str] = mapped_column(Text)  # for colleagues, as ended_reason
    set_at: Mapped[datetime]
    set_by: Mapped[str] = mapped_column(String(80))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(80))
    ended_reason: Mapped[str] = mapped_column(Text, default="")
