"""Forms that are filled in but not sent, and the files that people put in the store. Moments are real time."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_of_some, index_where_known, new_id


class DraftRow(Base):
    """One form of one owner, as far as it was filled in. Only its owner can open it."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("owner", "form"), index_where_known("draft", "case_id"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    owner: Mapped[str] = mapped_column(String(120))  # citizen:<index>, staff:<id>, department:<dossier id>
    form: Mapped[str] = mapped_column(String(200), index=True)  # its address; behind a link the part after the token
    case_id: Mapped[int | None] = mapped_column(
        ForeignKey("case.id")
    )  # empty: of no case, or of one that is not there yet
    data: Mapped[bytes] = mapped_column(LargeBinary)  # encrypted: what was typed, and the files that wait for it
    saved_at: Mapped[datetime] = mapped_column(index=True)


class UploadRow(Base):
    """One file that somebody put in the store, as long as it counts for a limit or waits for its form to be sent."""

    __tablename__ = "upload"
    __table_args__ = (
        index_where_known("upload", "draft_id"),
        index_of_some("ix_upload_waiting", "at", which="NOT settled"),
    )

    blob: Mapped[str] = mapped_column(String(120), primary_key=True)  # of the file store
    owner: Mapped[str] = mapped_column(String(120), index=True)  # as in a draft
    size: Mapped[int] = mapped_column(BigId)  # bytes on the disk
    at: Mapped[datetime] = mapped_column(index=True)
    draft_id: Mapped[str | None] = mapped_column(String(32))  # the draft that it waits in, when that is still there
    gone_at: Mapped[datetime | None]  # given up: no page offers it any more
    settled: Mapped[bool] = mapped_column(default=False)  # a document now, or deleted: the sweep is done with it


class FileScan(Base):
    """One file that came in while a virus scanner was configured (`state`: ScanState). Without such a row a file may be read."""

    __tablename__ = "file_scan"
    __table_args__ = (index_of_some("ix_file_scan_open", "at", which="state <> 'clean'"),)

    blob: Mapped[str] = mapped_column(String(120), primary_key=True)  # of the file store
    state: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(index=True)  # when it came in
    scanned_at: Mapped[datetime | None]  # when the scanner last said something, or did not
    sha256: Mapped[str] = mapped_column(String(64))  # of an infected file, which is deleted, this is the evidence
    size: Mapped[int] = mapped_column(BigId)
    found: Mapped[str] = mapped_column(String(200), default="")  # what the scanner calls it
    trouble: Mapped[str] = mapped_column(String(300), default="")  # why it could not be scanned, in a sentence
    file_key: Mapped[str | None] = mapped_column(String(200))  # of an encrypted file, until it was scanned
