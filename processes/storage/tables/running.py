"""Tables of running processes: instances with their state, and the tasks that wait for people."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from engine.words import Side
from processes.storage.base import NEVER, Base, BigId, index_of_some, index_where_known
from processes.storage.words import InstancePhase, TaskState

# the tasks of Vandaag; a question that says the same words is served by the indexes with them
DESK: Final = f"state = '{TaskState.OPEN}' AND (side = '{Side.WORKER}' OR side = '{Side.COMMITTEE}')"
# beside the indexes of these lists: who may see a task, and how urgent it is, so that they are read without the tasks and their cases
LISTED: Final = ["case_id", "confidentiality", "handler", "due", "legal_on"]


class Instance(Base):
    """A running drawing. The root instance of a case has no parent; a request or on-demand process may have none either.

    With `element` it is that one task of the drawing of its parent, for one of several people (`answers="each"`).
    """

    __tablename__ = "instance"
    __table_args__ = (
        Index("ix_instance_next_due", "next_due"),
        index_where_known("instance", "parent_id"),
        index_where_known("instance", "party_id"),
        index_of_some("ix_instance_stuck", "case_id", which=f"phase = '{InstancePhase.STUCK}'"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    model_version_id: Mapped[int] = mapped_column(ForeignKey("model_version.id"))
    process: Mapped[str] = mapped_column(String(80))
    is_root: Mapped[bool] = mapped_column(default=False)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("instance.id"))
    parent_task: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[bytes] = mapped_column(LargeBinary)
    phase: Mapped[str] = mapped_column(String(20), default=InstancePhase.RUNNING)
    next_due: Mapped[datetime | None]
    timers: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [{"element":, "due":}] as the engine last said
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    element: Mapped[str | None] = mapped_column(String(120))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))  # whose task; None until somebody has the role
    answered: Mapped[bool] = mapped_column(default=False, server_default=false())  # the task was done
    lapsed_by: Mapped[str | None] = mapped_column(String(120))  # the event that ended the task without an answer


class TaskRow(Base):
    """A user task. `id` is the engine's task id; `due` is the service term of its assignment.

    `case_type`, `handler` and `confidentiality` are those of its case, as long as it is open; `legal_on` is the first legal day
    of its case (NEVER without one), and `urgent_on` that day or `due`, whichever comes first: kept by
    processes.execution.urgency, so that an index sorts lists.

    `received_on` and `postmarked_on`: of an answer that staff filled in for somebody, the day it came in and the date of the
    postmark; empty where whose task it is answered itself. `changed_at`: when whose answer it is changed it last.
    """

    __tablename__ = "task"
    __table_args__ = (
        index_of_some("ix_task_committee", "case_id", which=f"side = '{Side.COMMITTEE}'"),
        index_of_some("ix_task_step", "element", "urgent_on", "id", which=DESK),
        index_of_some("ix_task_urgent", "urgent_on", "id", which=DESK, postgresql_include=LISTED),
        index_of_some(
            "ix_task_type", "case_type", "urgent_on", "id", which=DESK, postgresql_include=[*LISTED, "element"]
        ),
        index_of_some(
            "ix_task_nobody",
            "urgent_on",
            "id",
            which=f"{DESK} AND assignee IS NULL AND handler IS NULL",
            postgresql_include=LISTED,
        ),
        index_of_some("ix_task_changed", "case_id", which="changed_at IS NOT NULL"),
        index_where_known("task", "party_id"),
        index_of_some("ix_task_free", "handler", "urgent_on", "id", which=f"{DESK} AND assignee IS NULL"),
        index_of_some(
            "ix_task_taken", "assignee", "urgent_on", "id", which=f"state = '{TaskState.OPEN}' AND assignee IS NOT NULL"
        ),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), index=True)
    element: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(200))
    side: Mapped[str] = mapped_column(String(20))  # Side
    role: Mapped[str | None] = mapped_column(String(40))  # of the assignment: worker, decider, secretary, ...
    party_role: Mapped[str | None] = mapped_column(String(40))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))  # only this party's, of all in that role
    state: Mapped[str] = mapped_column(String(20), default=TaskState.OPEN)
    opened_at: Mapped[datetime]
    due: Mapped[date | None]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None] = mapped_column(String(80))
    done_as: Mapped[str | None] = mapped_column(String(200))  # by a mandate: the name of who did it, and for whom
    assignee: Mapped[str | None] = mapped_column(String(80))
    received_on: Mapped[date | None]
    postmarked_on: Mapped[date | None]
    changed_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)
    case_type: Mapped[str] = mapped_column(String(80), default="", server_default="")
    handler: Mapped[str | None] = mapped_column(String(80))
    confidentiality: Mapped[str] = mapped_column(String(30), default="", server_default="")
    legal_on: Mapped[date] = mapped_column(default=NEVER, server_default=str(NEVER))
    urgent_on: Mapped[date] = mapped_column(default=NEVER, server_default=str(NEVER))
