"""An answer that was given with a form: its words in every version, the files that belong to it now, and whose it is."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from processes.execution.filed_words import words_from
from processes.storage.tables import DocumentRow, FiledRow, TaskRow
from processes.storage.words import DocumentState

UNCHANGED: Final = "geen"  # the mark of a case in which no answer was changed


def filed_with(session: Session, task: TaskRow) -> Sequence[FiledRow]:
    """Everything that was filed with this task, oldest first: the last is what holds now."""
    found = select(FiledRow).where(FiledRow.task_id == task.id).order_by(FiledRow.filed_at, FiledRow.id)
    return session.scalars(found).all()


def files_of(session: Session, filed: FiledRow) -> list[DocumentRow]:
    """The files that came with these words and are still there, as they were listed."""
    named = [one.reference for one in words_from(filed.words).files]
    wanted = select(DocumentRow).where(
        DocumentRow.case_id == filed.case_id,
        DocumentRow.reference.in_(named),
        DocumentRow.state == DocumentState.ACCEPTED,
    )
    return sorted(session.scalars(wanted), key=lambda row: named.index(row.reference))


def changes_mark(session: Session, case_id: int) -> str:
    """A mark of the answers of a case as they are now: another one once a citizen changed an answer."""
    last = session.scalar(select(func.max(TaskRow.changed_at)).where(TaskRow.case_id == case_id))
    return last.isoformat() if last else UNCHANGED
