"""Tables of the post room (W12): what came in by post, at the counter or by mail, until it stands in a case."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_of_some, index_where_known


class PostItem(Base):
    """One piece of post (`channel`: PostItemChannel). It waits until somebody says what becomes of it (`handled_as`: PostHandling).

    `sender`, `subject` and `words` as far as they are known: of a scan nobody typed them. `case_id`: the case that it went into.
    """

    __tablename__ = "post_item"
    __table_args__ = (
        index_of_some("ix_post_item_waiting", "received_on", "id", which="handled_at IS NULL"),
        index_of_some("ix_post_item_handled", "handled_at", "id", which="handled_at IS NOT NULL"),
        index_where_known("post_item", "case_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    channel: Mapped[str] = mapped_column(String(20))
    received_on: Mapped[date]
    postmarked_on: Mapped[date | None]
    sender: Mapped[str] = mapped_column(String(320), default="")
    subject: Mapped[str] = mapped_column(String(300), default="")
    words: Mapped[str] = mapped_column(Text, default="")  # of a mail
    taken_at: Mapped[datetime]
    taken_by: Mapped[str | None] = mapped_column(String(80))  # the number of staff; empty: it came in by itself
    handled_as: Mapped[str | None] = mapped_column(String(20))
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text, default="")  # why it went into no case


class PostFile(Base):
    """A file of a piece of post. It goes when it becomes a document, which then holds the bytes.

    `case_id`: the case of the post, when somebody kept the file out of the dossier; it is destroyed with that case.
    """

    __tablename__ = "post_file"
    __table_args__ = (index_where_known("post_file", "case_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("post_item.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int] = mapped_column(BigId)  # in bytes
    sha256: Mapped[str] = mapped_column(String(64))
    blob: Mapped[str] = mapped_column(String(120), index=True)  # of the file store
    file_key: Mapped[str | None] = mapped_column(String(200))  # of an encrypted file: its key, sealed for this blob
    locked: Mapped[bool] = mapped_column(default=False)  # opens only with a password
