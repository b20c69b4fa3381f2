"""An answer that was given with a form: its words in every version, the files that belong to it now, and whose it is."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from processes.execution.filed_words import words_from
from processes.storage.tables import DocumentRow, FiledRow, TaskRow
from processes.storage.words import DocumentState

UNCHANGED: Final = "geen"  # the mark of a case in which no answer was changed


def filed_with(session: Session, task: TaskRow) -> Sequence[FiledRow]:
    """Everything that was filed with this task, oldest first: the last is what holds now."""
    return session.scalars(filed_with_any([task.id])).all()


def filed_with_any(tasks: Collection[str]) -> Select[FiledRow]:
    """The same for several tasks, by the versions of their documents: two answers may have one moment."""
    found = (
        select(FiledRow).join(DocumentRow, DocumentRow.id == FiledRow.document_id).where(FiledRow.task_id.in_(tasks))
    )
    return found.order_by(FiledRow.filed_at, func.coalesce(DocumentRow.version, 1), FiledRow.id)


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
