"""Members of staff whom a case turns out to be about give up its work (Awb 9:7)."""

from sqlalchemy import select

from processes.access.barred import is_barred
from processes.execution.listed_columns import hand_over
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, TaskRow
from processes.storage.words import TaskState


def stand_aside(work: UnitOfWork, case: Case) -> None:
    """Whoever the case turns out to be about no longer handles it, and has none of its tasks (Awb 9:7)."""
    if case.handler and is_barred(work.session, case.id, case.handler):
        hand_over(work.session, case, None)
        work.system_note(
            case.id, "De behandelaar is zelf bij deze zaak betrokken. De zaak heeft nu geen behandelaar meer."
        )
        work.audit(case.id, "stand_aside")
    taken = select(TaskRow).where(
        TaskRow.case_id == case.id, TaskRow.state == TaskState.OPEN, TaskRow.assignee.is_not(None)
    )
    for task in work.session.scalars(taken).all():
        if is_barred(work.session, case.id, str(task.assignee)):
            task.assignee = None
