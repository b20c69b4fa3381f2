"""The tables of news for members of staff: what a colleague or a department did, told to each whom it concerns, and who wants mail of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_where_known


class NewsRow(Base):
    """One piece of news for one member of staff (`staff`), read once `read_at` is set. Its words are those of the note or the
    delivery that it points at.
    """

    __tablename__ = "news"
    __table_args__ = (
        Index("ix_news_staff", "staff", "read_at", "id"),
        index_where_known("news", "note_id"),
        index_where_known("news", "delivery_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    staff: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))  # NewsKind
    note_id: Mapped[int | None] = mapped_column(ForeignKey("note.id", ondelete="CASCADE"))
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class DeskMail(Base):
    """The choice of a member of staff (`staff`) to hear of news by mail; without a row there is none.

    `hour` is that of Europe/Amsterdam, for mail once a day. No mail goes before `next_at`; what came until `told_until` was told.
    """

    __tablename__ = "desk_mail"

    staff: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))  # DeskMailKind
    hour: Mapped[int | None]
    next_at: Mapped[datetime]
    told_until: Mapped[datetime]
