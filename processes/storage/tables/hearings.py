"""Tables of hearings (W8): sessions of committees, who sits there, and the agenda of cases."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId
from processes.storage.words import HearingSessionState


class HearingSession(Base):
    """A session of a committee (the code of a dated setting). `room` or `video`, a link or how to join, may be empty, not both.

    `quorum`: how many of chair, members and deputies must come. `minutes`: how long a case takes that says nothing of its own.
    `reason` says why it was moved or cancelled last, or held below its quorum; `changes` counts that, for calendars (SEQUENCE of RFC 5545).
    """

    __tablename__ = "hearing_session"
    __table_args__ = (Index("ix_hearing_session_begins_at", "state", "begins_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    committee: Mapped[str] = mapped_column(String(40))
    chamber: Mapped[str] = mapped_column(String(80), default="")
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room: Mapped[str] = mapped_column(String(200), default="")
    video: Mapped[str] = mapped_column(Text, default="")
    quorum: Mapped[int]
    minutes: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default=HearingSessionState.PLANNED)
    reason: Mapped[str] = mapped_column(Text, default="")
    changes: Mapped[int] = mapped_column(default=0)
    set_by: Mapped[str] = mapped_column(String(80))
    set_at: Mapped[datetime]


class HearingSeat(Base):
    """One person in a session; `kind`: SeatKind, `answer`: SeatAnswer. A deputy sits there for `instead_of`."""

    __tablename__ = "hearing_seat"
    __table_args__ = (
        UniqueConstraint("session_id", "staff", name="uq_hearing_seat_session_id"),
        Index("ix_hearing_seat_staff", "staff", "session_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("hearing_session.id"))
    staff: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    instead_of: Mapped[str | None] = mapped_column(String(80))
    answer: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")


class HearingItem(Base):
    """One case on the agenda, in the order of `position`. It begins at `begins_at`, takes `minutes`, and `pause` minutes follow.

    `told_at` and `told_where`: the moment and place that the case was last planned for by the drawing, which its parties were told;
    empty before that. `present`: who was there, as the secretary wrote it down. Cases of one `block` (the id of their group) are
    heard together, at one time.
    """

    __tablename__ = "hearing_item"
    __table_args__ = (Index("ix_hearing_item_session_id", "session_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("hearing_session.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    position: Mapped[int]
    minutes: Mapped[int]
    pause: Mapped[int] = mapped_column(default=0)
    begins_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    told_where: Mapped[str] = mapped_column(Text, default="")
    present: Mapped[str] = mapped_column(Text, default="")
    block: Mapped[int | None] = mapped_column(BigId)


class HearingNote(Base):
    """A note that somebody who sits in a session made for themselves about a case. `text` is sealed; only its writer reads it."""

    __tablename__ = "hearing_note"
    __table_args__ = (UniqueConstraint("case_id", "staff", name="uq_hearing_note_case_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    staff: Mapped[str] = mapped_column(String(80))
    text: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime]
