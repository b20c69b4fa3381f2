"""The table of documents that were in the wrong case or before the wrong eyes: who proposed to take one away, and who agreed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId


class RemovalRow(Base):
    """A proposal to erase or move one document. It waits until `approved_at` or `withdrawn_at` is set.

    `seen`: who opened it, was given it or was mailed about it, as it was known when it was carried out; for the report of a data
    leak. `moved_to`: the id of the document in the other case.
    """

    __tablename__ = "removal"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # RemovalKind
    target: Mapped[str | None] = mapped_column(String(40))  # the number of the case to move it to
    target_type: Mapped[str | None] = mapped_column(String(60))  # its type there
    reason: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[str] = mapped_column(String(80))  # the first of the two people that it takes
    proposed_at: Mapped[datetime]
    approved_by: Mapped[str | None] = mapped_column(String(80))
    approved_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    seen: Mapped[list[Any] | None] = mapped_column(JSON)  # [{"at": iso, "who": name, "how": words}]
    moved_to: Mapped[str | None] = mapped_column(String(32))
