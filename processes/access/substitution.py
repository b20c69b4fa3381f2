"""Standing in for a colleague (W6): while somebody is away, another one sees their tasks, cases and news beside the own ones.

A substitute sees nothing that the own roles and clearance hide, and a case keeps its handler. There is no chain: who stands in
for somebody does not stand in for those whom that one replaces.
"""

from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from processes.base.actor import Actor, StaffRole
from processes.storage.tables import Substitution

FOR_OTHERS: Final = (StaffRole.DECIDER, StaffRole.ADMIN)  # who arrange it for somebody else, who is ill


def runs_on(day: Any) -> ColumnElement[bool]:
    """A condition on Substitution: this day (a date, or a bound parameter) lies in it, and nobody ended it."""
    return and_(Substitution.last_on >= day, Substitution.first_on <= day, Substitution.ended_at.is_(None))


def replaced_by(session: Session, actor: Actor, day: date) -> tuple[str, ...]:
    """Numbers of the staff for whom somebody stands in on a day. One statement."""
    return tuple(session.scalars(absent(actor.subject, day).order_by(Substitution.staff)))


def absent(number: Any, day: Any) -> Select[str]:
    """The same as a question: for whom the member of staff with this number (a text, or a bound parameter) stands in."""
    return select(Substitution.staff).where(Substitution.substitute == number, runs_on(day))


def stand_ins(number: str, day: date) -> Select[str]:
    """Numbers of who stands in for somebody on a day."""
    return select(Substitution.substitute).where(Substitution.staff == number, runs_on(day)).order_by(Substitution.id)
