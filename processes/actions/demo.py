"""The demo's clock moves business time only. It stops at each due moment on the way, in order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from processes.base.errors import Invalid, NotAllowed
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.business_time import read_offset, write_offset


@dataclass(frozen=True, slots=True)
class MoveClock:
    """Set business time to `to`, an aware moment not before the present one."""

    to: datetime


def move_clock(work: UnitOfWork, action: MoveClock) -> str:
    """Raises NotAllowed outside the demo, Invalid for a moment in the past."""
    if not work.services.settings.demo:
        raise NotAllowed("De klok kan alleen in de demo worden verzet.")
    if action.to < work.now - timedelta(seconds=1):
        raise Invalid({"to": "De klok kan alleen vooruit. Kies een latere datum."})
    write_offset(work.session, read_offset(work.session) + (action.to - work.now))
    return action.to.isoformat()
