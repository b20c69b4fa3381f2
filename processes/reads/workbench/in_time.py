"""Whether the objection to each contested decision came in time, by the dates of the case: advice beside the choice of a worker."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.law import InTime, LawBook, objection_in_time
from processes.storage.tables import Case, Decision


@dataclass(frozen=True, slots=True)
class DecisionInTime:
    """`found` is None for a decision without a day of announcement, about which nothing can be computed (Awb 6:12)."""

    subject: str
    announced_on: date | None
    received_on: date
    postmark_on: date | None
    found: InTime | None


def decisions_in_time(session: Session, case: Case, book: LawBook) -> tuple[DecisionInTime, ...]:
    """Every decision of the case, in the order in which they were registered."""
    rows = session.scalars(select(Decision).where(Decision.case_id == case.id).order_by(Decision.id)).all()
    return tuple(
        DecisionInTime(
            row.subject, row.announced_on, case.received_on, case.postmark_on,
            objection_in_time(row.announced_on, case.received_on, case.postmark_on, book) if row.announced_on else None,
        )
        for row in rows
    )  # fmt: skip
