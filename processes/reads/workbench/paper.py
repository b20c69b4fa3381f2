"""Answers on paper of a case: when they came in, and questions that lapsed to which an answer may still be entered."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.visibility import is_for_others
from processes.base.clock import local_date
from processes.execution.fact_days import last_day_to_answer
from processes.execution.terms import rows_of
from processes.storage.root_instance import asking_part
from processes.storage.tables import Case, TaskRow
from processes.storage.words import CaseState, InstancePhase, TaskState


@dataclass(frozen=True, slots=True)
class PaperAnswer:
    """An answer that staff entered, by its task; `name` is that of the task."""

    task: str
    name: str
    received_on: date
    postmarked_on: date | None
    entered_on: date


@dataclass(frozen=True, slots=True)
class LapsedQuestion:
    """A question to which no answer came in time; `last_day` is the last day on which it could be answered."""

    task: str
    name: str
    last_day: date


def paper_answers(session: Session, case: Case) -> tuple[PaperAnswer, ...]:
    """The oldest first."""
    found = select(TaskRow).where(TaskRow.case_id == case.id, TaskRow.received_on.is_not(None))
    rows = session.scalars(found.order_by(TaskRow.done_at, TaskRow.id))
    return tuple(
        PaperAnswer(row.id, row.name, row.received_on, row.postmarked_on, local_date(row.done_at or row.opened_at))
        for row in rows
        if row.received_on
    )


def lapsed_questions(session: Session, case: Case) -> tuple[LapsedQuestion, ...]:
    """Questions of the running case that lapsed without an answer, the oldest first."""
    found = select(TaskRow).where(TaskRow.case_id == case.id, TaskRow.state == TaskState.CANCELLED)
    rows = session.scalars(found.order_by(TaskRow.done_at, TaskRow.id))
    lapsed = [(row, lapsed_question(session, case, row)) for row in rows]
    return tuple(question for _, question in lapsed if question)


def lapsed_question(session: Session, case: Case, task: TaskRow) -> LapsedQuestion | None:
    """The task as a question to which an answer may still be entered; None where it is none."""
    if task.state != TaskState.CANCELLED or task.received_on or not is_for_others(task) or task.done_at is None:
        return None
    if case.state != CaseState.RUNNING or asking_part(session, task).phase != InstancePhase.RUNNING:
        return None
    return LapsedQuestion(task.id, task.name, last_day_to_answer(rows_of(session, case.id), task))
