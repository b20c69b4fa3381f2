"""Tables of moving running cases to a new version of their case type: the move, and what became of each case in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId
from processes.storage.words import MoveState


class ModelMove(Base):
    """One press of an administrator: the running cases of one version go on with another one, or go back.

    `turn` counts how often work was started on it: work of an earlier turn that is still in the outbox does nothing.
    """

    __tablename__ = "model_move"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    process: Mapped[str] = mapped_column(String(80), index=True)
    from_version: Mapped[int] = mapped_column(ForeignKey("model_version.id"))
    to_version: Mapped[int] = mapped_column(ForeignKey("model_version.id"))
    names: Mapped[dict[str, Any]] = mapped_column(JSON)  # renamed elements, old id to new id
    state: Mapped[str] = mapped_column(String(20), default=MoveState.RUNNING)
    turn: Mapped[int] = mapped_column(default=1)
    cases: Mapped[int]  # how many cases followed the old version when it began
    started_at: Mapped[datetime]
    started_by: Mapped[str] = mapped_column(String(80))
    ended_at: Mapped[datetime | None]


class CaseMove(Base):
    """The outcome for one case in a move. `before` is what the way back needs, as processes.execution.moving writes it."""

    __tablename__ = "case_move"
    __table_args__ = (
        UniqueConstraint("move_id", "case_id"),
        Index("ix_case_move_state", "move_id", "state", "case_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    move_id: Mapped[int] = mapped_column(ForeignKey("model_move.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))  # CaseMoveState
    reason: Mapped[str | None] = mapped_column(Text)  # why it was refused, or stayed where it was moved to
    at: Mapped[datetime]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
