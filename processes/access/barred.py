"""People who may have nothing to do with a case in the workbench, as it is about them (Awb 9:7; `notParty` of a
drawing).

Somebody is known by sign-in: the user name or the e-mail address that sign-on last gave is that of the party.
"""

from typing import Any

from sqlalchemy import Select, func, or_, select, union_all
from sqlalchemy.orm import Session

from processes.storage.tables import Party, StaffRow


def sign_in_of(email: str | None) -> str | None:
    """The e-mail address, in lower case, by which staff who are this party are found; None without one."""
    return (email or "").strip().lower() or None


def cases_closed_to(number: Any) -> Select[int]:
    """Ids of the cases that the member of staff with this number (a text, or a bound parameter) may not see or touch.

    Both sign-ins are asked for in one IN, which the index on `barred_as` serves: an OR of the two reads every party.
    """
    name, address = (
        select(func.lower(one)).where(StaffRow.number == number) for one in (StaffRow.username, StaffRow.email)
    )
    return select(Party.case_id).where(Party.barred_as.in_(union_all(name, address)))


def is_barred(session: Session, case_id: int, number: str) -> bool:
    """Whether this case is about this member of staff."""
    return session.scalar(cases_closed_to(number).where(Party.case_id == case_id).limit(1)) is not None


def barred_from(case_id: int) -> Select[str]:
    """Numbers of the staff whom this case is about."""
    closed = select(Party.barred_as).where(Party.case_id == case_id, Party.barred_as.is_not(None))
    known = (func.lower(one).in_(closed) for one in (StaffRow.username, StaffRow.email))
    return select(StaffRow.number).where(or_(*known))
