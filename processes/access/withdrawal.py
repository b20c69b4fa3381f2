"""Whether a case can be withdrawn, and by whom: until the element that the drawing names, by who filed it."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model, Withdrawal
from processes.access.visibility import parties_in
from processes.storage.tables import Instance, NoticeRow, StatusRow, TaskRow
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


def filed_alone(session: Session, case_id: int, model: Model, viewpoints: Collection[int]) -> bool:
    """Whether these parties are all who filed the case: one of several must not end it for the others."""
    filers = session.scalars(parties_in(case_id, filing_roles(model))).all()
    return bool(filers) and all(party.id in viewpoints for party in filers)
