"""The sweep of warnings: finds the cases in which a date comes near, and warns one case at a time."""

from datetime import datetime, time

import structlog
from sqlalchemy import select, update

from processes.actions import act
from processes.actions.warning import WarnOfDeadlines
from processes.base.actor import SYSTEM
from processes.base.clock import AMSTERDAM, local_date
from processes.base.errors import Busy, NoRoom
from processes.execution.alarms import WARNING_FAILED
from processes.execution.parking import warn
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import read_only, transaction, trouble
from processes.storage.tables import DeadlineRow

BATCH = 500
log = structlog.get_logger()


def next_warning_moment(services: Services) -> datetime | None:
    """The next moment to warn somebody: the beginning of a day, or now when that has passed; None without one."""
    with services.sessions() as session:
        planned = select(DeadlineRow.warn_on).where(DeadlineRow.warn_on.is_not(None))
        first = session.scalar(planned.order_by(DeadlineRow.warn_on).limit(1))
        now = business_now(services, session)
    return max(datetime.combine(first, time(), AMSTERDAM), now) if first else None


def sweep_warnings(services: Services) -> int:
    """Warn of everything that is due now; the number of cases. One that fails gets an alarm, and the rest go on."""
    cases = _due_cases(services)
    for case_id in cases:
        try:
            act(services, SYSTEM, WarnOfDeadlines(case_id))
        except Exception as cause:  # noqa: BLE001 - whatever is wrong with one case, all others are warned of
            _failed(services, case_id, cause)
    return len(cases)


def _due_cases(services: Services) -> list[int]:
    with services.sessions() as session:
        today = local_date(business_now(services, read_only(session)))
        due = select(DeadlineRow.case_id).where(DeadlineRow.warn_on <= today)
        return list(dict.fromkeys(session.scalars(due.order_by(DeadlineRow.warn_on, DeadlineRow.id).limit(BATCH))))


def _failed(services: Services, case_id: int, cause: Exception) -> None:
    """Give up this warning and tell the administrator, unless it is the database that fails: then try again later."""
    if isinstance(cause, Busy | NoRoom) or trouble(cause):
        log.warning("warning_later", case=case_id, error=type(cause).__name__)
        return
    log.error("warning_failed", case=case_id, error=type(cause).__name__)
    try:
        _forget(services, case_id)
        warn(services, case_id, WARNING_FAILED)
    except (Busy, NoRoom) as later:
        log.warning("warning_later", case=case_id, error=type(later).__name__)


def _forget(services: Services, case_id: int) -> None:
    with transaction(services.sessions) as session:
        today = local_date(business_now(services, session))
        mine = (DeadlineRow.case_id == case_id, DeadlineRow.warn_on <= today)
        session.execute(update(DeadlineRow).where(*mine).values(warn_on=None, warned_for=None))
