"""The tasks that a citizen is asked to do, and the date before which each must be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.reads.citizen.words import task_deadline
from processes.storage.tables import DeadlineRow, Party, TaskRow


@dataclass(frozen=True, slots=True)
class AskedOfCitizen:
    """A task that waits for the citizen. `task` is its id; `due` the last day, None for a task without a term."""

    task: str
    name: str
    due: date | None


def due_of_task(session: Session, model: Model, task: TaskRow) -> date | None:
    """The deadline that the drawing starts with the task, else the task's own term."""
    code = task_deadline(model, task.element)
    found = select(DeadlineRow.due).where(DeadlineRow.case_id == task.case_id, DeadlineRow.code == code)
    return (session.scalar(found) if code else None) or task.due


def task_name(task: TaskRow, seen: Iterable[Party]) -> str:
    """The name of a task, with whose it is for who acts for several people in that role."""
    same = [party for party in seen if party.role == task.party_role]
    whose = next((party.name for party in same if party.id == task.party_id), None)
    return f"{task.name} (voor {whose})" if whose and len(same) > 1 else task.name
