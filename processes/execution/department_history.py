"""The history of departments: what an administrator made of one, when and why. Rows of `law_rule`, which are only added."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.department_data import record_of
from processes.execution.unit_of_work import UnitOfWork
from processes.law.edits import LawRecordKind
from processes.storage.tables import DepartmentRow, LawRuleRow


def changes_of(session: Session, code: str) -> Sequence[LawRuleRow]:
    """Every change of one department, oldest first. The first may be what it was when somebody first changed it."""
    of_one = (LawRuleRow.kind == LawRecordKind.DEPARTMENT, LawRuleRow.code == code)
    return session.scalars(select(LawRuleRow).where(*of_one).order_by(LawRuleRow.id)).all()


def keep_first(work: UnitOfWork, row: DepartmentRow) -> None:
    """Keep a department as it was before its first change on a page: those of before have no history yet."""
    if not changes_of(work.session, row.code):
        _add(work, row, "", by=None)


def keep_change(work: UnitOfWork, row: DepartmentRow, reason: str) -> None:
    """Keep a department as it is now, unless nothing changed."""
    before = changes_of(work.session, row.code)
    if not before or before[-1].record != record_of(row):
        _add(work, row, reason, by=work.actor.subject)


def _add(work: UnitOfWork, row: DepartmentRow, reason: str, by: str | None) -> None:
    work.session.add(
        LawRuleRow(
            kind=LawRecordKind.DEPARTMENT, code=row.code, valid_from=work.today, record=record_of(row),
            saved_at=work.now, saved_by=by, reason=reason,
        )
    )  # fmt: skip
    work.session.flush()
