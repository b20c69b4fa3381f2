"""A letter that is looked at before it leaves (W9): what waits, who wrote on it, and who agrees to it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_of_some, index_where_known
from processes.storage.words import ApprovalState, LetterState

WAITS = f"state IN ('{LetterState.WRITING}', '{LetterState.ASKED}', '{LetterState.AGREED}')"


class LetterRow(Base):
    """One letter to one or more parties that waits for somebody; each copy is a `NoticeRow` that is held until it leaves. `state`: LetterState.

    `version` counts the changes of its text, so that nobody agrees to or sends another one than was read.
    """

    __tablename__ = "letter"
    __table_args__ = (index_of_some("ix_letter_waits", "id", which=WAITS),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    subject: Mapped[str] = mapped_column(String(300))
    asks: Mapped[list[Any] | None] = mapped_column(JSON)  # words of Approver, as the drawing asks them in this order
    four_eyes: Mapped[bool] = mapped_column(default=False, server_default=false())  # nobody agrees to an own text
    state: Mapped[str] = mapped_column(String(20), default=LetterState.WRITING)
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]
    made_by: Mapped[str | None] = mapped_column(String(80))  # who began it by hand; empty for one of a drawing
    asked_by: Mapped[str | None] = mapped_column(String(80))  # who asked to agree
    source: Mapped[str | None] = mapped_column(Text)  # the template of one that began by hand
    along: Mapped[list[Any] | None] = mapped_column(JSON)  # ids of the documents that somebody chose to go with it


class LetterEdit(Base):
    """Somebody changed the text of a letter that waits."""

    __tablename__ = "letter_edit"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    staff: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class LetterApproval(Base):
    """One agreement to a letter, asked of a colleague (`staff`) or of a team (`team`, its code). `state`: ApprovalState; `place`: its turn.

    `said` is the name and function (Awb 10:10) of who agreed, as the letter prints it.
    """

    __tablename__ = "letter_approval"
    __table_args__ = (Index("ix_letter_approval_letter", "letter_id", "place"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    place: Mapped[int]
    staff: Mapped[str | None] = mapped_column(String(80))
    team: Mapped[str | None] = mapped_column(String(80))
    due: Mapped[date]
    state: Mapped[str] = mapped_column(String(20), default=ApprovalState.LATER)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    said: Mapped[str] = mapped_column(String(300), default="")


class PrintBatch(Base):
    """Letters that were printed together, in the order of `NoticeRow.batch_place`: who took them from the queue, and when."""

    __tablename__ = "print_batch"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    made_by: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime]


class LetterCode(Base):
    """A code that goes along with one printed letter, with which its reader, once signed in, ties the party to the own identity.

    Only `code`, a keyed digest, is kept; the code itself is made of `salt` and the secret of the installation whenever the letter is
    printed. Until then these and the days are empty. `used_at`: somebody typed it; `ended_at`: it was withdrawn.
    """

    __tablename__ = "letter_code"
    __table_args__ = (index_where_known("letter_code", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    salt: Mapped[str | None] = mapped_column(String(32))  # hexadecimal
    code: Mapped[str | None] = mapped_column(String(64))
    made_at: Mapped[datetime | None]
    valid_until: Mapped[date | None]  # the last day
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
