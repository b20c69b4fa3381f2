"""Work beside the drawing of a case (W13): tasks for colleagues, and points of a checklist."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.model import LONGEST_POINT
from processes.storage.base import Base, BigId, index_of_some, index_where_known
from processes.storage.words import ColleagueTaskState

OPEN = f"state = '{ColleagueTaskState.OPEN}'"


class ColleagueTask(Base):
    """A task that somebody asks of a colleague (`staff`) or of a team (`team`, its code), of which one is filled in; `state`: ColleagueTaskState.

    `remark` is what was said when it ended or came back.
    """

    __tablename__ = "colleague_task"
    __table_args__ = (
        index_of_some("ix_colleague_task_staff", "staff", "due", "id", which=OPEN),
        index_of_some("ix_colleague_task_team", "team", "due", "id", which=OPEN),
        index_of_some("ix_colleague_task_made_by", "made_by", "due", "id", which=OPEN),
        Index("ix_colleague_task_case", "case_id", "state", "due"),
        index_where_known("colleague_task", "letter_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    what: Mapped[str] = mapped_column(Text)
    staff: Mapped[str | None] = mapped_column(String(80))
    team: Mapped[str | None] = mapped_column(String(80))
    due: Mapped[date]
    made_by: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default=ColleagueTaskState.OPEN)
    remark: Mapped[str] = mapped_column(Text, default="")
    ended_by: Mapped[str | None] = mapped_column(String(80))
    ended_at: Mapped[datetime | None]
    letter_id: Mapped[int | None] = mapped_column(
        ForeignKey("letter.id")
    )  # the task is to agree to this letter, or not


class ChecklistItem(Base):
    """One point of the checklist of a case, ticked once `done_at` is set, struck once `struck_at` is, with `reason`.

    `added_by` is empty for a point that came along with the case type.
    """

    __tablename__ = "checklist_item"
    __table_args__ = (
        index_of_some("ix_checklist_item_open", "case_id", which="done_at IS NULL AND struck_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    text: Mapped[str] = mapped_column(String(LONGEST_POINT))
    added_by: Mapped[str | None] = mapped_column(String(80))
    added_at: Mapped[datetime]
    done_by: Mapped[str | None] = mapped_column(String(80))
    done_at: Mapped[datetime | None]
    struck_by: Mapped[str | None] = mapped_column(String(80))
    struck_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
