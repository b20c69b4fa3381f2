"""The checklist of a case, in the order in which its points were added."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.storage import staff
from processes.storage.tables import Case, ChecklistItem


@dataclass(frozen=True, slots=True)
class ChecklistPoint:
    """`done_at` is None of a point that is open; `by` ticked it."""

    id: int
    text: str
    done_at: datetime | None
    by: str


def checklist_of(session: Session, case: Case) -> tuple[ChecklistPoint, ...]:
    """Two statements, or one without any point."""
    mine = select(ChecklistItem).where(ChecklistItem.case_id == case.id).order_by(ChecklistItem.id)
    rows = session.scalars(mine).all()
    names = staff.names_of(session, (row.done_by for row in rows)) if rows else {}
    return tuple(ChecklistPoint(row.id, row.text, row.done_at, names.get(row.done_by or "", "")) for row in rows)
