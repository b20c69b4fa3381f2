"""An answer that was given with a form: its words in every version, the files that belong to it now, and whose it is."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from processes.execution.filed_words import words_from
from processes.storage.document_versions import first_of
from processes.storage.tables import DocumentRow, FiledRow, TaskRow
from processes.storage.words import DocumentState

UNCHANGED: Final = "geen"  # the mark of a case in which no answer was changed
MOST_CHANGES: Final = 20  # of one answer: each is a paper in the file
CHANGED_OFTEN: Final = (
    f"U heeft dit antwoord {MOST_CHANGES} keer veranderd. Is er nog iets anders? Stuur ons dan een bericht."
)
LIES_OPEN: Final = "Anderen in deze zaak kunnen dit antwoord al lezen. Is er iets anders? Stuur ons dan een bericht."


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
    """The files that came with these words and are still there, as they were listed; of one that staff replaced its newest version."""
    named = [one.reference for one in words_from(filed.words).files]
    if not named:
        return []
    came = select(DocumentRow).where(DocumentRow.case_id == filed.case_id, DocumentRow.reference.in_(named))
    first = {first_of(row): named.index(row.reference) for row in session.scalars(came)}
    chain = or_(DocumentRow.id.in_(first), DocumentRow.version_of.in_(first))
    standing = select(DocumentRow).where(
        DocumentRow.case_id == filed.case_id, chain, DocumentRow.state == DocumentState.ACCEPTED
    )
    return sorted(session.scalars(standing), key=lambda row: first[first_of(row)])


def lying_open(session: Session, filed: Collection[FiledRow]) -> frozenset[str]:
    """Which of their documents lie open to others, as they are or in the version for others; one question for all, none without any."""
    papers = [one.document_id for one in filed]
    if not papers:
        return frozenset()
    open_now = select(DocumentRow.id, DocumentRow.redacts).where(
        or_(DocumentRow.id.in_(papers), DocumentRow.redacts.in_(papers)), DocumentRow.inspected_from.is_not(None)
    )
    return frozenset(one for row in session.execute(open_now) for one in row if one)


def stands_as_it_is(filed: Sequence[FiledRow], open_now: Collection[str]) -> str:
    """Why an answer of these versions can change no more, whatever was done with its values; empty when that is not so. `open_now`: of
    `lying_open`.
    """
    if len(filed) > MOST_CHANGES:
        return CHANGED_OFTEN
    return LIES_OPEN if any(one.document_id in open_now for one in filed) else ""


def changes_mark(session: Session, case_id: int) -> str:
    """A mark of the answers of a case as they are now: another one once a citizen changed an answer."""
    changed = select(func.sum(TaskRow.row_version)).where(TaskRow.case_id == case_id, TaskRow.changed_at.is_not(None))
    total = session.scalar(changed)
    return str(total) if total else UNCHANGED
