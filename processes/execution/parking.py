"""A case that cannot go on: it gets an alarm that /beheer shows, and no other case notices.

`park` also takes its processes out of the sweep, which would try in vain every second; an administrator lets it try
again (`RetryCase`), and so does a new version of a process that could not start (processes.jobs.alarm_retry). Each
leaves one row in the audit trail. An alarm goes by itself when its cause is gone: see processes.execution.alarms.
"""

import structlog
from sqlalchemy import select

from engine import EngineError
from processes.base.actor import SYSTEM
from processes.base.errors import Busy, NoRoom, ZaakspoorError
from processes.execution.case_execution import Poisoned
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.law import DeadlineError
from processes.storage.services import Services
from processes.storage.session import trouble
from processes.storage.tables import Case, Instance
from processes.storage.words import InstancePhase

log = structlog.get_logger()


def park_after(services: Services, case_id: int, cause: Exception, unforeseen: str) -> bool:
    """Park a case in which a sweep failed. False when it is the database that fails: then the next sweep tries again.

    `unforeseen` is the reason for an error that has no sentence of its own.
    """
    if isinstance(cause, Busy | NoRoom) or trouble(cause):
        log.warning("case_later", case=case_id, error=type(cause).__name__)
        return False
    log.error("case_failed", case=case_id, error=type(cause).__name__)
    try:
        park(services, case_id, _reason(cause, unforeseen))
    except (Busy, NoRoom) as later:
        log.warning("case_later", case=case_id, error=type(later).__name__)
        return False
    return True


def _reason(cause: Exception, unforeseen: str) -> str:
    known = cause.__cause__ if isinstance(cause, Poisoned) else cause
    if not isinstance(known, ZaakspoorError | EngineError | DeadlineError):
        return unforeseen
    return cause.reason if isinstance(cause, Poisoned) else str(known)


def park(services: Services, case_id: int, reason: str) -> None:
    """Set the alarm and let nothing run in this case until an administrator says so. Raises Busy."""
    transact(services, SYSTEM, lambda work: _mark(work, case_id, reason, stop=True))


def warn(services: Services, case_id: int, reason: str) -> None:
    """Set the alarm; the case stays as it was before the step that failed. Raises Busy."""
    transact(services, SYSTEM, lambda work: _mark(work, case_id, reason, stop=False))


def _mark(work: UnitOfWork, case_id: int, reason: str, *, stop: bool) -> str:
    case = work.session.scalar(select(Case).where(Case.id == case_id).with_for_update())
    if case is None or (case.alarm == reason and not stop):
        return ""
    running = select(Instance).where(Instance.case_id == case_id, Instance.phase == InstancePhase.RUNNING)
    instances = work.session.scalars(running).all() if stop else []
    if stop and not instances:
        return ""  # a colleague was first
    case.alarm = reason
    for instance in instances:
        instance.phase, instance.error = InstancePhase.STUCK, reason
    work.audit(case_id, "park" if stop else "alarm", instances=len(instances))
    return case.number
