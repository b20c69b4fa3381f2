"""The retention term of a closed case, and the reason for it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from processes.execution.holding import why_held
from processes.execution.keeping import destroy_day, ground_of, rule_of
from processes.law import LawBook
from processes.storage.tables import Case
from processes.storage.words import CaseState


@dataclass(frozen=True, slots=True)
class Kept:
    """`forever`: nominated `blijvend_bewaren`, so there is no day from which it may be destroyed. `held`: why it may not go even
    when its term is over, None when nothing holds it.
    """

    ground: str
    destroy_from: date | None
    forever: bool
    held: str | None


def kept_of(session: Session, case: Case, book: LawBook, today: date) -> Kept | None:
    """None while the case runs, and for one that ended without a class."""
    if case.state == CaseState.RUNNING or not case.retention_class:
        return None
    rule = rule_of(case, book, today)
    forever = rule is not None and rule.nomination == "blijvend_bewaren"
    held = why_held(session, case.id, today)
    return Kept(ground_of(case, book, today), destroy_day(case, book, today), forever, held)
