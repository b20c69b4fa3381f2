"""A task that was sent back: who had to judge the work of another (`notSameAs`) opened it again. What was filed with it before still stands in
the file, and stays unless something comes in its place.
"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from processes.execution.corrections import can_correct
from processes.execution.forms import components_of
from processes.storage.document_versions import IN_ORDER
from processes.storage.model_cache import Deployed
from processes.storage.tables import DocumentRow, TaskRow
from processes.storage.words import DocumentOrigin, DocumentState, TaskState

PICKER = "filepicker"


def kept_files(session: Session, deployed: Deployed, task: TaskRow) -> Sequence[DocumentRow]:
    """The newest versions of the files that were filed with this task before it was sent back, oldest first; none for one that comes for the first
    time. One statement, two more where it was sent back; none for a form without files.
    """
    types = {
        str(part.get("documentType")) for part in components_of(deployed, task.element) if part.get("type") == PICKER
    }
    if not types or not _was_sent_back(session, deployed, task):
        return ()
    before = select(TaskRow.done_at).where(
        TaskRow.instance_id == task.instance_id,
        TaskRow.element == task.element,
        TaskRow.id != task.id,
        TaskRow.state == TaskState.DONE,
        TaskRow.done_at <= task.opened_at,
    )
    first = func.coalesce(DocumentRow.version_of, DocumentRow.id)
    of_staff = (
        DocumentRow.case_id == task.case_id,
        DocumentRow.origin == DocumentOrigin.WORKER,
        DocumentRow.type.in_(types),
    )
    filed = select(first).where(*of_staff, DocumentRow.added_at.in_(session.scalars(before).all()))
    standing = (*of_staff, DocumentRow.state == DocumentState.ACCEPTED, first.in_(filed))
    rows = session.scalars(select(DocumentRow).where(*standing).order_by(*IN_ORDER)).all()
    return [row for row in rows if can_correct(row) and not row.personal]


def _was_sent_back(session: Session, deployed: Deployed, task: TaskRow) -> bool:
    """Whether the task opened in the step of who judges it."""
    just = (TaskRow.instance_id == task.instance_id, TaskRow.state == TaskState.DONE, TaskRow.done_at == task.opened_at)
    elements = (deployed.model.elements.get(one) for one in session.scalars(select(TaskRow.element).where(*just)))
    rules = (one.assignment for one in elements if one and one.assignment)
    return any(rule.not_same_as == task.element for rule in rules)
