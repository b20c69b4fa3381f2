"""Results of rehearsals that are kept, so that nothing is played twice. Moments are real time."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base


class RehearsalKept(Base):
    """An answer, an order or steps of a rehearsal, by a digest of all that it is about; see processes.studio.kept_rehearsals."""

    __tablename__ = "rehearsal_kept"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[str] = mapped_column(Text)  # JSON
    proof: Mapped[str] = mapped_column(String(64))  # that this program wrote it, under this name
    kept_at: Mapped[datetime] = mapped_column(index=True)
