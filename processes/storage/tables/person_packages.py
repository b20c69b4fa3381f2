"""The table of packages with all data of one person, for a data protection officer to review (AVG art. 15)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_where_known, new_id
from processes.storage.words import PackageState


class PersonPackage(Base):
    """One search for all data of one person, and the file that was made of it. Only who asked for it may see or fetch it.

    It goes with its file on `delete_from`, or with the first case of this person that is destroyed: what is in the file is then
    no longer what there is.
    """

    __tablename__ = "person_package"
    __table_args__ = (
        Index("ix_person_package_asked", "asked_by", "asked_at"),
        index_where_known("person_package", "blob"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    identity_index: Mapped[str] = mapped_column(String(64), index=True)  # as in `party`
    identity_kind: Mapped[str] = mapped_column(String(10))  # bsn or kvk
    reference: Mapped[str] = mapped_column(Text)  # why it was asked for, as the officer wrote it
    asked_by: Mapped[str] = mapped_column(String(80))  # Actor.subject of staff
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default=PackageState.OPEN)
    # {"kinds": [words of PersonKind], "cases": [ids], "others_named": bool, "staff_named": bool}; empty while it is open
    chosen: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime | None]
    blob: Mapped[str | None] = mapped_column(String(120))  # of the file store
    file_key: Mapped[str | None] = mapped_column(String(200))  # of an encrypted file: its key, sealed for this blob
    size: Mapped[int | None] = mapped_column(BigId)
    delete_from: Mapped[datetime] = mapped_column(index=True)
