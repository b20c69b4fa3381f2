"""People who may have nothing to do with a case in the workbench, as it is about them (Awb 9:7; `notParty` of a drawing) or somebody said
that they have a part in it.

A bar is of a member of staff, by number. One of an address waits for the colleague whom sign-on will tell with that user name or mail address.
"""

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from processes.storage.tables import Bar, StaffRow

HOLDS = Bar.lifted_at.is_(None)


def sign_in_of(email: str | None) -> str | None:
    """The e-mail address, in lower case, by which staff who are this party are found; None without one."""
    return (email or "").strip().lower() or None


def cases_closed_to(number: Any) -> CompoundSelect[int]:
    """Ids of the cases that the member of staff with this number (a text, or a bound parameter) may not see or touch.

    Two questions put together, each with an index of its own: an OR of the two reads every bar.
    """
    return union_all(
        select(Bar.case_id).where(HOLDS, Bar.staff == number),
        select(Bar.case_id).where(HOLDS, Bar.address.in_(_sign_ins(number)), Bar.staff.is_(None)),
    )


def holds_for(number: str) -> ColumnElement[bool]:
    """A condition on Bar, for the bars of cases that are named beside it."""
    return and_(HOLDS, or_(Bar.staff == number, and_(Bar.staff.is_(None), Bar.address.in_(_sign_ins(number)))))


def is_barred(session: Session, case_id: int, number: str) -> bool:
    """Whether this member of staff may have nothing to do with this case."""
    return session.scalar(select(Bar.id).where(Bar.case_id == case_id, holds_for(number)).limit(1)) is not None


def barred_from(case_id: int) -> Select[str]:
    """Numbers of the staff who may have nothing to do with this case."""
    mine = (Bar.case_id == case_id, HOLDS)
    waiting = select(Bar.address).where(*mine, Bar.staff.is_(None))
    known = select(Bar.staff).where(*mine, Bar.staff.is_not(None))
    return select(StaffRow.number).where(or_(StaffRow.number.in_(known), signs_in_as(waiting)))


def signs_in_as(addresses: Any) -> ColumnElement[bool]:
    """A condition on StaffRow: the user name or the mail address that sign-on last gave is one of these, in lower case."""
    return or_(*(func.lower(one).in_(addresses) for one in (StaffRow.username, StaffRow.email)))


def _sign_ins(number: Any) -> CompoundSelect[str]:
    one, other = (
        select(func.lower(one)).where(StaffRow.number == number) for one in (StaffRow.username, StaffRow.email)
    )
    return union_all(one, other)
