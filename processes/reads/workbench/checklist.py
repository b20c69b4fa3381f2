"""The checklist of a case, in the order in which its points were added."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from processes.storage import staff
from processes.storage.tables import Case, ChecklistItem


@dataclass(frozen=True, slots=True)
class ChecklistPoint:
    """`at` and `by`: when it was ticked or struck, and by whom; None and empty of a point that is open. `standard`: it came along with the
    case type. `reason` of one that was struck.
    """

    id: int
    text: str
    standard: bool
    done: bool
    struck: bool
    at: datetime | None
    by: str
    reason: str

    @property
    def open(self) -> bool:
        return not (self.done or self.struck)


def checklist_of(session: Session, case: Case) -> tuple[ChecklistPoint, ...]:
    """Two statements, or one without any point."""
    mine = select(ChecklistItem).where(ChecklistItem.case_id == case.id).order_by(ChecklistItem.id)
    rows = session.scalars(mine).all()
    names = staff.names_of(session, (row.struck_by or row.done_by for row in rows)) if rows else {}
    return tuple(
        ChecklistPoint(
            row.id, row.text, row.added_by is None, row.done_at is not None, row.struck_at is not None,
            row.struck_at or row.done_at, names.get(row.struck_by or row.done_by or "", ""), row.reason,
        )
        for row in rows
    )  # fmt: skip


def has_open_points() -> ColumnElement[bool]:
    """A condition on Case: something on its checklist is neither ticked nor struck."""
    mine = select(ChecklistItem.id).where(ChecklistItem.case_id == Case.id)
    return exists(mine.where(ChecklistItem.done_at.is_(None), ChecklistItem.struck_at.is_(None)))
