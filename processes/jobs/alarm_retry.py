"""After a new version of a process: the cases in which it could not start try again, and lose their alarm."""

from collections.abc import Mapping
from typing import Any

import structlog
from sqlalchemy import or_, select

from processes.actions import act
from processes.actions.course import RetryCase
from processes.base.actor import SYSTEM
from processes.base.errors import Busy, NoRoom
from processes.execution.alarms import cannot_follow, cannot_start
from processes.storage.services import Services
from processes.storage.session import read_only, trouble
from processes.storage.tables import Case
from processes.storage.words import CaseState

log = structlog.get_logger()


def retry_alarmed(services: Services, payload: Mapping[str, Any]) -> None:
    """Retry every running case with an alarm that `process` cannot start, or cannot follow. Raises Busy when one must be tried later.

    Doing it twice does no harm: a case that lost its alarm is not found again.
    """
    later = [number for number in _alarmed(services, payload["process"]) if not _tried(services, number)]
    if later:
        raise Busy


def _alarmed(services: Services, process: str) -> list[str]:
    with services.sessions() as session:
        beginnings = (cannot_start(process), cannot_follow(process))
        stopped = or_(*(Case.alarm.startswith(one, autoescape=True) for one in beginnings))
        wanted = select(Case.number).where(Case.alarm.is_not(None), Case.state == CaseState.RUNNING, stopped)
        return list(read_only(session).scalars(wanted.order_by(Case.id)))


def _tried(services: Services, number: str) -> bool:
    """False when the database was in trouble, or somebody worked on the case for too long."""
    try:
        act(services, SYSTEM, RetryCase(number))
    except Exception as cause:  # noqa: BLE001 - whatever is wrong with one case, the others go on
        log.warning("retry_failed", case=number, error=type(cause).__name__)
        return not (isinstance(cause, Busy | NoRoom) or trouble(cause))
    return True
