"""The days that lists are sorted by, compared with the terms that they come from, and made right again (processes.execution.urgency)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.orm import Session

from processes.storage.base import NEVER, STILL
from processes.storage.tables import Case, DeadlineRow, TaskRow
from processes.storage.words import CaseState, TaskState, TermKind

# of each the kinds of terms, and what stands there where one of these waits without a date
COLUMNS: Final = {
    Case.legal_on: ((TermKind.LAW, TermKind.COURT), STILL),
    Case.court_on: ((TermKind.COURT,), NEVER),
    Case.own_on: ((TermKind.OWN,), NEVER),
}


def differing(session: Session, cases: Sequence[int]) -> list[int]:
    """Those of these cases of which a kept day, also on an open task, differs from what the terms say."""
    wrong = or_(*(column != _said(*said) for column, said in COLUMNS.items()))
    own = select(Case.id).where(Case.id.in_(cases), wrong)
    of_tasks = (
        select(Case.id)
        .join(TaskRow, TaskRow.case_id == Case.id)
        .where(Case.id.in_(cases), TaskRow.state == TaskState.OPEN, _task_differs())
    )
    return sorted({*session.scalars(own), *session.scalars(of_tasks)})


def keep_again(session: Session, cases: Sequence[int]) -> None:
    """Set the kept days of these cases, and of their open tasks, from the terms. The caller holds their locks."""
    past = {"synchronize_session": False}
    days = {column.key: _said(*said) for column, said in COLUMNS.items()}
    session.execute(update(Case).where(Case.id.in_(cases)).values(days), execution_options=past)
    mine = (TaskRow.case_id.in_(cases), TaskRow.state == TaskState.OPEN)
    of_case = {one.key: _of_case(one) for one in (Case.legal_on, Case.handler, Case.case_type, Case.confidentiality)}
    session.execute(update(TaskRow).where(*mine).values(of_case), execution_options=past)
    session.execute(update(TaskRow).where(*mine).values(urgent_on=_urgent(TaskRow.legal_on)), execution_options=past)


def _said(kinds: Sequence[TermKind], still: date) -> ColumnElement[date]:
    """The first day of the terms of these kinds that run, of the case of the query around it."""
    running = (DeadlineRow.case_id == Case.id, DeadlineRow.met_on.is_(None), DeadlineRow.kind.in_(kinds))
    first = select(func.min(func.coalesce(DeadlineRow.due, still))).where(*running).correlate(Case).scalar_subquery()
    return case((Case.state == CaseState.RUNNING, func.coalesce(first, NEVER)), else_=NEVER)


def _task_differs() -> ColumnElement[bool]:
    handler = or_(
        TaskRow.handler != Case.handler,
        and_(TaskRow.handler.is_(None), Case.handler.is_not(None)),
        and_(TaskRow.handler.is_not(None), Case.handler.is_(None)),
    )
    day = or_(TaskRow.legal_on != Case.legal_on, TaskRow.urgent_on != _urgent(Case.legal_on))
    kind = or_(TaskRow.case_type != Case.case_type, TaskRow.confidentiality != Case.confidentiality)
    return or_(handler, day, kind)


def _urgent(legal: Any) -> ColumnElement[date]:
    return case((TaskRow.due < legal, TaskRow.due), else_=legal)


def _of_case(column: Any) -> Any:
    return select(column).where(Case.id == TaskRow.case_id).scalar_subquery()
