"""Case types that are being changed: a draft, each of its saves, and the contents of their files."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, new_id


class ModelDraft(Base):
    """One case type or called process that is being changed, by the process id that it will have."""

    __tablename__ = "model_draft"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))  # for lists; read from the drawing when that can be read
    based_on: Mapped[int | None]  # the version of the same process that it began as, or last became
    copied_from: Mapped[str | None] = mapped_column(String(80))  # the process whose texts it began with
    changed_at: Mapped[datetime]
    deployed_at: Mapped[datetime | None]  # when its newest save went into use; empty again after the next save


class ModelDraftRevision(Base):
    """One save of a draft. Rows are only added; undoing adds an older one again."""

    __tablename__ = "model_draft_revision"
    __table_args__ = (UniqueConstraint("draft", "number"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    draft: Mapped[str] = mapped_column(ForeignKey("model_draft.name"))
    number: Mapped[int]  # from 1, in the order of saving
    files: Mapped[dict[str, Any]] = mapped_column(JSON)  # name as in bpmn/<name>/ -> sha256 of its content
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(Text)  # one Dutch sentence
    tidied_at: Mapped[datetime | None]  # somebody tidied it away: it is on no list, and can be had back for a week
    label: Mapped[str | None] = mapped_column(String(80))  # the name that somebody gave it: such a save is kept


class ModelDraftFile(Base):
    """A content that files of a draft had, once for each draft, so that a draft can go without a look at all others."""

    __tablename__ = "model_draft_file"

    draft: Mapped[str] = mapped_column(ForeignKey("model_draft.name"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    packed: Mapped[bytes] = mapped_column(LargeBinary)  # zlib
