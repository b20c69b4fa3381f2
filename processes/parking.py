"""A case that cannot go on: it gets an alarm that /beheer shows, and no other case notices.

`park` also takes its processes out of the sweep, which would try in vain every second; an administrator lets it try
again (`RetryCase`). Each leaves one row in the audit trail.
"""

from sqlalchemy import select

from processes.actor import SYSTEM
from processes.corridor.work import Work, transact
from processes.database.tables import Case, Instance
from processes.house import House


def park(house: House, case_id: int, reason: str) -> None:
    """Set the alarm and let nothing run in this case until an administrator says so. Raises Busy."""
    transact(house, SYSTEM, lambda work: _mark(work, case_id, reason, stop=True))


def warn(house: House, case_id: int, reason: str) -> None:
    """Set the alarm; the case stays as it was before the step that failed. Raises Busy."""
    transact(house, SYSTEM, lambda work: _mark(work, case_id, reason, stop=False))


def _mark(work: Work, case_id: int, reason: str, *, stop: bool) -> str:
    case = work.session.scalar(select(Case).where(Case.id == case_id).with_for_update())
    if case is None or (case.alarm == reason and not stop):
        return ""
    running = select(Instance).where(Instance.case_id == case_id, Instance.status == "running")
    instances = work.session.scalars(running).all() if stop else []
    if stop and not instances:
        return ""  # a colleague was first
    case.alarm = reason
    for instance in instances:
        instance.status, instance.error = "stuck", reason
    work.audit(case_id, "park" if stop else "alarm", instances=len(instances))
    return case.number
