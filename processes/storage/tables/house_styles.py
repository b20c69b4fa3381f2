"""The house style through time, and the contents of its logos and fonts. Nothing of a case stands here."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId


class HouseStyleRow(Base):
    """One house style from a day on; of one day the newest counts. Rows of use are only added, so none is ever destroyed.

    The one row without a day is the proposal, which is changed, and becomes a row of use or goes.
    """

    __tablename__ = "house_style"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    style: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # empty: as the program comes along
    valid_from: Mapped[date | None]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    withdrawn_at: Mapped[datetime | None]  # before its day came
    withdrawn_by: Mapped[str | None] = mapped_column(String(80))


class HouseStyleFile(Base):
    """A logo or font, once by its SHA-256. One that no row names any more goes with the next change of the proposal."""

    __tablename__ = "house_style_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary)
