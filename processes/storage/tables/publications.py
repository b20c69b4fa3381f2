"""The table of public pages: what was decided on a Woo request, with what became public (Woo 3.3(2)(i))."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, index_where_known, new_id

SHOWN = text("withdrawn_at IS NULL")


class PublicationRow(Base):
    """A page that everybody may read without signing in, from `published_at` until `withdrawn_at`. It goes with its case.

    `title` was written for the public: no words of who asked stand in it. `documents`: `[{"id": of a document, "kind": a word of
    PublicKind}]`; each is shown as long as it is accepted and public.
    """

    __tablename__ = "publication"
    __table_args__ = (
        Index("ix_publication_case_id", "case_id"),
        index_where_known("publication", "part_id"),
        Index("ix_publication_shown", "published_at", sqlite_where=SHOWN, postgresql_where=SHOWN),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(String(40))  # AdministrativeBody
    documents: Mapped[list[Any]] = mapped_column(JSON)
    received_on: Mapped[date]
    decided_on: Mapped[date]
    published_on: Mapped[date]
    published_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(String(80))
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    part_id: Mapped[int | None] = mapped_column(
        ForeignKey("part_decision.id")
    )  # of a part decision; empty for the whole
