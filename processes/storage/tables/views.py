"""The table of saved views: how a member of staff likes to see the list of cases."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId


class SavedView(Base):
    """A name for filters, order and columns of the list, of one member of staff (`staff`) alone.

    `query` is the part of an address behind the question mark. What was searched for is not in it: that may be about a person whose
    case is destroyed one day.
    """

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("staff", "name"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    staff: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]
