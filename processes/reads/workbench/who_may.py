"""Whether a reader may do a task of staff, told before it is offered."""

from sqlalchemy.orm import Session

from engine import Element
from processes.access.assignments import side_open_to, why_not_complete
from processes.access.visibility import is_for_others
from processes.base.actor import Actor
from processes.storage.tables import TaskRow
from processes.storage.words import TaskState

OTHER_ROLE = "Deze taak hoort bij een andere rol dan de uwe."


def why_not_do(session: Session, actor: Actor, task: TaskRow, element: Element | None) -> str:
    """The reason why this reader may not do this open task, whatever is answered; empty where it may be done."""
    if task.state != TaskState.OPEN or is_for_others(task):
        return ""
    if not side_open_to(actor, task.side):
        return OTHER_ROLE
    assignment = element.assignment if element else None
    by_itself = bool(assignment and assignment.taken_by)  # the answer may still say so
    return why_not_complete(session, actor, task, assignment, by_itself=by_itself)
