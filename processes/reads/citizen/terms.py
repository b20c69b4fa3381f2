"""The tasks that a citizen is asked to do, and the date before which each must be done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import interrupted_by
from processes.access.visibility import task_is_for
from processes.base.clock import local_date
from processes.reads.citizen.entry import Entered
from processes.reads.citizen.questions import tasks
from processes.reads.citizen.words import task_deadline
from processes.storage.asked_ahead import answer
from processes.storage.model_cache import Deployed
from processes.storage.tables import DeadlineRow, Instance, Party, TaskRow


@dataclass(frozen=True, slots=True)
class AskedOfCitizen:
    """A task that waits for the citizen. `task` is its id; `due` the last day, None for a task without a term."""

    task: str
    name: str
    due: date | None


def due_of_task(session: Session, deployed: Deployed, task: TaskRow) -> date | None:
    """The deadline that the drawing starts with the task, else the task's own term, else the day after which the task lapses."""
    code = task_deadline(deployed.model, task.element)
    found = select(DeadlineRow.due).where(DeadlineRow.case_id == task.case_id, DeadlineRow.code == code)
    known = (session.scalar(found) if code else None) or task.due
    if known:
        return known
    timers = session.scalar(select(Instance.timers).where(Instance.id == task.instance_id))
    return last_day_before(deployed, task.element, timers or ())


def last_day_before(deployed: Deployed, element: str, timers: Iterable[Mapping[str, Any]]) -> date | None:
    """The last whole day on which a task can be done, of the `timers` of its instance: one on its edge that ends it takes the rest."""
    ends = interrupted_by(deployed.compiled, element)
    moments = [datetime.fromisoformat(one["due"]) for one in timers if one["element"] in ends and one["due"]]
    return local_date(min(moments)) - timedelta(days=1) if moments else None


def asked_in(session: Session, entered: Entered) -> tuple[AskedOfCitizen, ...]:
    """The open tasks of this case that wait for this reader, oldest first."""
    return tuple(
        AskedOfCitizen(task.id, task_name(task, entered.seen), due_of_task(session, entered.deployed, task))
        for task in answer(session, tasks(), cases=(entered.case.id,))
        if task_is_for(task, entered.asked_roles, entered.viewpoints)
    )


def task_name(task: TaskRow, seen: Iterable[Party]) -> str:
    """The name of a task, with whose it is for who acts for several people in that role."""
    same = [party for party in seen if party.role == task.party_role]
    whose = next((party.name for party in same if party.id == task.party_id), None)
    return f"{task.name} (voor {whose})" if whose and len(same) > 1 else task.name
