"""The columns of requests for documents and of open tasks by which lists of all cases are read: they are kept, so that an index
serves the list.

`handler` follows the case, `department` the dossier; `to_judge` and `quiet` follow what came in. `zaakspoor verify` does not hold
them: they are made again from the rows beside them.
"""

from typing import Final

from sqlalchemy import bindparam, exists, literal_column, not_, select, update
from sqlalchemy.orm import Session

from processes.base.actor import Actor
from processes.storage.base import BigId
from processes.storage.fast import execute_later
from processes.storage.staff import sorted_by
from processes.storage.tables import Case, Delivery, DocumentRequestRow, RequestReply, TaskRow
from processes.storage.words import TaskState

FOLLOW: Final = (
    update(DocumentRequestRow)
    .where(DocumentRequestRow.case_id == bindparam("of_case"))
    .values(handler=bindparam("by"))
    .execution_options(synchronize_session=False)
)
TASKS_FOLLOW: Final = (
    update(TaskRow)
    .where(TaskRow.case_id == bindparam("of_case", type_=BigId), TaskRow.state == literal_column(f"'{TaskState.OPEN}'"))
    .values(handler=bindparam("by", type_=TaskRow.handler.type))
    .execution_options(synchronize_session=False)
)


def keep_waiting(session: Session, request: int | None) -> None:
    """After a delivery, a judgement, or another answer of a department: what of it waits for a worker. None is a late supplement."""
    if request is None:
        return
    session.flush()
    delivered = exists(select(Delivery.id).where(Delivery.request_id == request, Delivery.judged_at.is_(None)))
    asked = exists(select(RequestReply.id).where(RequestReply.request_id == request, RequestReply.granted.is_(None)))
    mine = update(DocumentRequestRow).where(DocumentRequestRow.id == request)
    session.execute(
        mine.values(to_judge=delivered, quiet=not_(asked)), execution_options={"synchronize_session": "fetch"}
    )


def hand_over(session: Session, case: Case, handler: str | None, actor: Actor | None = None) -> None:
    """Another handler of a case, with the name that lists are sorted by, of its requests in the list, and of its open tasks."""
    case.handler = handler
    with session.no_autoflush:  # the case itself is written once, with what else changes in it
        case.handler_sort = sorted_by(session, handler, actor)
        for follow in (FOLLOW, TASKS_FOLLOW):
            execute_later(session, follow, {"of_case": case.id, "by": handler})
