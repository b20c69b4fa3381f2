"""Whether a case can be withdrawn, and by whom: until the element that the drawing names, by who filed it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model, Withdrawal
from processes.access.visibility import taking_part
from processes.storage.tables import Instance, NoticeRow, Party, StatusRow, TaskRow
from processes.storage.words import TaskState


def withdrawal_too_late(session: Session, root: Instance, setting: Withdrawal) -> bool:
    """True once the task, the notice or the status of that element is there."""
    passed = (
        select(TaskRow.id).where(
            TaskRow.instance_id == root.id, TaskRow.element == setting.until, TaskRow.state == TaskState.DONE
        ),
        select(NoticeRow.id).where(NoticeRow.case_id == root.case_id, NoticeRow.element == setting.until),
        select(StatusRow.id).where(StatusRow.case_id == root.case_id, StatusRow.element == setting.until),
    )
    return any(session.scalar(query.limit(1)) is not None for query in passed)


def filing_roles(model: Model) -> frozenset[str]:
    """The party roles whose case it is."""
    return frozenset(model.initiators())


def filers_left(session: Session, case_id: int, model: Model) -> list[Party]:
    """The parties who filed the case and did not withdraw, in the order in which they joined it."""
    return list(session.scalars(taking_part(case_id, filing_roles(model))))
