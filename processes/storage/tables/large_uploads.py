"""Large files that come in by pieces (tus), until they are one file that waits in a form. Moments are real time."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_of_some, index_where_known, new_id


class LargeUpload(Base):
    """One file that somebody sends by pieces for a form. Only its owner can see it."""

    __tablename__ = "large_upload"
    __table_args__ = (
        index_where_known("large_upload", "case_id"),
        index_where_known("large_upload", "task_id"),
        index_where_known("large_upload", "blob"),
        index_of_some("ix_large_upload_there", "at", which="state <> 'gone'"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    owner: Mapped[str] = mapped_column(String(120), index=True)  # as in a draft
    form: Mapped[str] = mapped_column(String(200))  # as in a draft
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))  # empty: of no case (yet)
    task_id: Mapped[str | None] = mapped_column(String(32))  # the task that asks for it: with the task it goes
    data: Mapped[bytes] = mapped_column(LargeBinary)  # encrypted: the name, why it was refused, the file that was made
    size: Mapped[int] = mapped_column(BigId)  # bytes of the whole file, as it was announced
    received: Mapped[int] = mapped_column(BigId, default=0)  # bytes that came in: where the next piece begins
    state: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(index=True)
    writer: Mapped[str | None] = mapped_column(String(32))  # the request that brings a piece now, and no other
    writer_until: Mapped[datetime | None]
    blob: Mapped[str | None] = mapped_column(String(120))  # of the file store, once the file is one


class UploadPart(Base):
    """One stored part of a large file."""

    __tablename__ = "upload_part"

    __table_args__ = (index_where_known("upload_part", "case_id"),)

    upload_id: Mapped[str] = mapped_column(ForeignKey("large_upload.id"), primary_key=True)
    first_byte: Mapped[int] = mapped_column(BigId, primary_key=True)  # its place in the whole file, from 0
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))  # that of the upload
    size: Mapped[int] = mapped_column(BigId)
    sha256: Mapped[str] = mapped_column(String(64))
    blob: Mapped[str] = mapped_column(String(120), unique=True)
    file_key: Mapped[str | None] = mapped_column(String(200))  # of an encrypted part: its key, sealed for this blob
