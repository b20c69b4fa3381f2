"""Drafts of case types that somebody without a role may read by a link, and what such readers say of its texts."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, new_id


class DraftShare(Base):
    """One link by which a draft is read. It goes with its draft."""

    __tablename__ = "draft_share"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    draft: Mapped[str] = mapped_column(ForeignKey("model_draft.name"), index=True)
    reader: Mapped[str] = mapped_column(String(80))  # for whom it is, as the administrator calls that person
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)  # with our secret it makes the token again, as of a dossier
    until: Mapped[date]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(80))
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(String(80))


class DraftComment(Base):
    """One remark on one text of a draft. It quotes the text as it was read, and goes with the draft."""

    __tablename__ = "draft_comment"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    draft: Mapped[str] = mapped_column(ForeignKey("model_draft.name"), index=True)
    share: Mapped[str] = mapped_column(ForeignKey("draft_share.id"), index=True)
    place: Mapped[str] = mapped_column(String(300))  # where the text stands, as processes.studio.shared_texts names it
    title: Mapped[str] = mapped_column(String(300))  # the same in words
    quote: Mapped[str] = mapped_column(Text)
    reader: Mapped[str] = mapped_column(String(80))  # the name that the reader gave
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str | None] = mapped_column(String(80))
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None] = mapped_column(String(80))
