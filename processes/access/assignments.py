"""The rules on who may do a task of staff: its side, the mandate it asks for, and nobody after an earlier step (Awb 10:3)."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Assignment
from engine.words import Side
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.storage.tables import Decision, TaskRow
from processes.storage.words import TaskState

SIDES: Final[Mapping[str, tuple[StaffRole, ...]]] = {
    Side.WORKER: (StaffRole.WORKER, StaffRole.DECIDER),
    Side.COMMITTEE: (StaffRole.COMMITTEE, StaffRole.WORKER),
}


NEEDS_MANDATE: Final = "Dit is een besluit. Daarvoor is mandaat nodig. Vraag iemand met de rol beslisser."


def side_open_to(actor: Actor, side: str) -> bool:
    """Whether somebody's role does the tasks of this side."""
    return actor.has(*SIDES.get(side, (StaffRole.WORKER,)))


def may_decide(actor: Actor) -> bool:
    """Whether somebody decides in the name of an administrative body (Awb 10:1)."""
    return actor.has(StaffRole.DECIDER)


def only_with_mandate(actor: Actor) -> None:
    """The guard of a decision that no task of the drawing asks for. Raises NotAllowed for all who may not decide, the system too. Awb 10:3(3) does not
    bind it: that is about the decision on the objection alone.
    """
    only_staff(actor, (StaffRole.DECIDER,), system=False, sentence=NEEDS_MANDATE)


def why_not_complete(
    session: Session, actor: Actor, task: TaskRow, assignment: Assignment | None, *, by_itself: bool = False
) -> str:
    """The reason why this member of staff may not do this task of staff; empty where it may be done. `by_itself`: the answer says, or may
    still say, that a body decided itself: Awb 10:3(3) does not bind a body.
    """
    if assignment is None:
        return ""
    if assignment.mandate and not may_decide(actor):
        return "Voor deze taak is mandaat nodig. Vraag iemand met de rol beslisser."
    if assignment.not_same_as and actor.subject in _did(session, task, assignment.not_same_as):
        return "U deed de vorige stap. Een ander moet deze stap doen."
    if assignment.not_decider and not by_itself and actor.subject in _took(session, task):
        return "U nam het bestreden besluit. Een ander moet deze stap doen (Awb 10:3, derde lid)."
    return ""


def _did(session: Session, task: TaskRow, element: str) -> set[str | None]:
    earlier = select(TaskRow.done_by).where(
        TaskRow.case_id == task.case_id, TaskRow.instance_id == task.instance_id, TaskRow.element == element,
        TaskRow.state == TaskState.DONE,
    )  # fmt: skip
    return set(session.scalars(earlier))


def _took(session: Session, task: TaskRow) -> set[str | None]:
    return set(session.scalars(select(Decision.taken_by).where(Decision.case_id == task.case_id)))
