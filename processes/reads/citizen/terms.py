"""The date before which a citizen's task must be done."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.reads.citizen.words import task_deadline
from processes.storage.tables import DeadlineRow, TaskRow


def due_of_task(session: Session, model: Model, task: TaskRow) -> date | None:
    """The deadline that the drawing starts with the task, else the task's own term."""
    code = task_deadline(model, task.element)
    found = select(DeadlineRow.due).where(DeadlineRow.case_id == task.case_id, DeadlineRow.code == code)
    return (session.scalar(found) if code else None) or task.due
