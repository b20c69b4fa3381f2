"""Filings and answers: their words, frozen in the change that stored them, and the document that is made of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, index_where_known, new_id


class FiledRow(Base):
    """One form that was sent: of the start of a case (`task_id` is empty), of a task, or a delivery of a department.

    `words` and `others` are FiledWords as JSON: the whole version, and the one without contact details where that differs.
    `sha256` is of `body`, the whole version as plain text. The row goes when its document is erased.
    """

    __tablename__ = "filed"
    __table_args__ = (
        index_where_known("filed", "party_id"),
        index_where_known("filed", "dossier_id"),
        index_where_known("filed", "task_id"),
        index_where_known("filed", "delivery_id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), unique=True)
    task_id: Mapped[str | None] = mapped_column(ForeignKey("task.id"))
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))  # whose answer it is
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossier.id"))  # the link that it came by
    entered_by: Mapped[str | None] = mapped_column(String(80))  # the number of staff who entered what came otherwise
    received_on: Mapped[date]
    filed_at: Mapped[datetime]
    title: Mapped[str] = mapped_column(String(200))
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    others: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    answers: Mapped[str] = mapped_column(Text)  # what a search of staff finds of it
    confidential: Mapped[bool] = mapped_column(
        default=False
    )  # may name somebody whose name is kept: no search finds it
