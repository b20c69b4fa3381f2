"""A colleague is shut out of a case, without the steps that lead there."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.storage.tables import Bar, Case


def barred_in(session: Session, staff: str, number: str | None = None, address: str | None = None) -> None:
    """Out of the case with this number, or out of every case."""
    cases = select(Case.id) if number is None else select(Case.id).where(Case.number == number)
    for case in session.scalars(cases).all():
        session.add(Bar(case_id=case, staff=staff, address=address, made_at=datetime.now(UTC)))
