"""The table of bundles: papers of a case, or of all cases of a session, as one PDF or zip, made for one reader and kept for a day."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_where_known, new_id
from processes.storage.words import BundleState


class CaseBundle(Base):
    """One bundle. Only who asked for it sees and fetches it.

    For whom it is and what goes into it is fixed when it is asked for (`chosen`). What may no longer be given by then is looked at again when
    it is made and when it is fetched. A bundle of a session has no case of its own; `chosen` then says of each paper of which case it is.
    """

    __tablename__ = "case_bundle"
    __table_args__ = (
        Index("ix_case_bundle_case", "case_id", "asked_by", "asked_at"),
        index_where_known("case_bundle", "blob"),
        index_where_known("case_bundle", "party_id"),
        index_where_known("case_bundle", "session_id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("hearing_session.id"))
    form: Mapped[str] = mapped_column(String(10))  # BundleForm
    reader: Mapped[str] = mapped_column(String(20))  # BundleReader
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))  # of the reader `party`
    asked_by: Mapped[str] = mapped_column(
        String(80)
    )  # Actor.subject: of staff, or of the party whose own papers these are
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default=BundleState.WANTED)
    # in order: [{"document": id, "title": as the reader knows it, "blob": of the store, "withheld": why, or empty}]; of a session
    # with {"case": id}, and before the papers of each case one without a document: the sheet of that case
    chosen: Mapped[list[Any]]
    done: Mapped[int] = mapped_column(default=0)  # papers that are ready, while it is made
    pages: Mapped[int | None]  # of the PDF
    sheets: Mapped[int] = mapped_column(default=0)  # papers that are no page of it, or no file of the zip
    why: Mapped[str] = mapped_column(Text, default="")  # it was not made
    made_at: Mapped[datetime | None]
    blob: Mapped[str | None] = mapped_column(String(120))  # of the file store
    file_key: Mapped[str | None] = mapped_column(String(200))  # of an encrypted file: its key, sealed for this blob
    size: Mapped[int | None] = mapped_column(BigId)
    sha256: Mapped[str | None] = mapped_column(String(64))
    delete_from: Mapped[datetime] = mapped_column(index=True)
