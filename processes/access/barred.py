"""People who may have nothing to do with a case in the workbench, as it is about them (Awb 9:7; `notParty` of a
drawing).

Somebody is known by sign-in: the user name or the e-mail address that sign-on gave is that of the party.
"""

from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from processes.storage.tables import Party, StaffRow


def sign_in_of(email: str | None) -> str | None:
    """The e-mail address, in lower case, by which staff who are this party are found; None without one."""
    return (email or "").strip().lower() or None


def cases_closed_to(username: Any) -> Select[int]:
    """Ids of the cases that this member of staff (a text, or a bound parameter) may not see or touch.

    Both sign-ins are asked for in one IN, which the index on `barred_as` serves: an OR of the two reads every party.
    """
    address = select(func.lower(StaffRow.email)).where(StaffRow.username == username)
    return select(Party.case_id).where(Party.barred_as.in_(union_all(select(func.lower(username)), address)))


def is_barred(session: Session, case_id: int, username: str) -> bool:
    """Whether this case is about this member of staff."""
    return session.scalar(cases_closed_to(username).where(Party.case_id == case_id).limit(1)) is not None
