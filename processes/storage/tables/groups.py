"""Tables of joined cases (W21): a group, the cases in it with when each came and left, and what is done in all of them at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_of_some, index_where_known
from processes.storage.words import GroupStepState


class CaseGroupRow(Base):
    """Cases of one case type that are handled together. `name` and `reason` are words of staff; a party never reads them.

    It goes when the last case that was ever in it is destroyed.
    """

    __tablename__ = "case_group"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_type: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(80))


class CaseGroupMember(Base):
    """A case in a group, from `joined_at` until `left_at`; a case is in one group at a time. Why it came stands with the group, or in
    `reason` when it came later.
    """

    __tablename__ = "case_group_member"
    __table_args__ = (
        index_of_some("ix_case_group_member_now", "case_id", which="left_at IS NULL", unique=True),
        Index("ix_case_group_member_group_id", "group_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("case_group.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    joined_at: Mapped[datetime]
    joined_by: Mapped[str] = mapped_column(String(80))
    left_at: Mapped[datetime | None]
    left_by: Mapped[str | None] = mapped_column(String(80))
    left_reason: Mapped[str] = mapped_column(Text, default="")


class CaseGroupStep(Base):
    """One task of a case that is done together with others: how far that is, and why it was refused. There is one row for a task.

    `first_task` is the task of the case in which the form was filled in (its own for that case), None for a hearing, which is planned
    on `session_id`. `outcome` is the exception for this case, `typed` all that was filled in in the form, by code, with words in it that each
    case fills in for itself; both are needed only until it is done.
    """

    __tablename__ = "case_group_step"
    __table_args__ = (
        Index("ix_case_group_step_group_id", "group_id", "begun_at"),
        index_where_known("case_group_step", "session_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("case_group.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    task: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    first_task: Mapped[str | None] = mapped_column(String(64))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("hearing_session.id"))
    outcome: Mapped[str] = mapped_column(String(80), default="")
    typed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    state: Mapped[str] = mapped_column(String(20), default=GroupStepState.WAITING)
    why: Mapped[str] = mapped_column(Text, default="")
    begun_at: Mapped[datetime]
    begun_by: Mapped[str] = mapped_column(String(80))
    done_at: Mapped[datetime | None]
