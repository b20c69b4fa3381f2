"""The roles that may enter each part: the administrator all, except that only an archivist approves a destruction and that
only a data protection officer sees who looked: an administrator's own looks stand there too.
"""

from datetime import date
from typing import Annotated

from fastapi import Depends, Path

from portal.security.guards import signed_in_staff
from processes.base.actor import Actor, StaffRole

MOST = 2**31 - 1  # what the database can hold; a larger number names nothing

Number = Annotated[int, Path(ge=0, le=MOST)]
Day = Annotated[date, Path()]
Admin = Annotated[Actor, Depends(signed_in_staff(StaffRole.ADMIN))]
Archivist = Annotated[Actor, Depends(signed_in_staff(StaffRole.ARCHIVIST))]
PrivacyOfficer = Annotated[Actor, Depends(signed_in_staff(StaffRole.PRIVACY))]
ListKeeper = Annotated[Actor, Depends(signed_in_staff(StaffRole.ADMIN, StaffRole.ARCHIVIST))]
