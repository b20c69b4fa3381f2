"""A task that comes back, with what a colleague said of it: a decision that was sent back to who wrote it, with the reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.words import Side
from processes.base.actor import Actor
from processes.execution.forms import components_of
from processes.reads.in_words import values_in_words
from processes.storage import staff
from processes.storage.model_cache import Deployed
from processes.storage.tables import TaskRow
from processes.storage.words import TaskState

LATEST: Final = 50  # tasks that are looked at: whoever gets a task back did it not so long ago


@dataclass(frozen=True, slots=True)
class CameBack:
    """The step before this task, of a colleague: its name, by whom, when, and title and text of each answer."""

    name: str
    by: str
    at: datetime
    values: tuple[tuple[str, str], ...]


def came_back(session: Session, actor: Actor, task: TaskRow, deployed: Deployed, *, whole: bool) -> CameBack | None:
    """None for a task that is done for the first time, or after a step of the reader. `whole`: also what the drawing calls confidential. One
    statement, and two more where it came back.
    """
    if task.state != TaskState.OPEN or task.side != Side.WORKER:
        return None
    done = select(TaskRow).where(TaskRow.instance_id == task.instance_id, TaskRow.state == TaskState.DONE)
    latest = session.scalars(done.order_by(TaskRow.done_at.desc()).limit(LATEST)).all()
    earlier = next((one for one in latest if one.element == task.element), None)
    before = next((one for one in latest if one.element != task.element and _is_of_colleague(one, actor)), None)
    if (
        earlier is None
        or before is None
        or before.done_at is None
        or before.done_at < (earlier.done_at or before.done_at)
    ):
        return None
    asked = {str(part.get("key")) for part in components_of(deployed, before.element)}
    shown = {
        code: one for code, one in deployed.model.values.items() if code in asked and (whole or not one.confidential)
    }
    by = staff.names_of(session, [before.done_by]).get(before.done_by or "", "")
    return CameBack(before.name, by, before.done_at, values_in_words(session, task.instance_id, shown))


def _is_of_colleague(task: TaskRow, actor: Actor) -> bool:
    return task.side in {Side.WORKER, Side.COMMITTEE} and task.done_by not in {None, actor.subject}
