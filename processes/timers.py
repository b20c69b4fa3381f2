"""The sweep: finds instances whose timers are due, in order, and fires them one case at a time."""

from datetime import datetime

import structlog
from sqlalchemy import select

from engine import EngineError
from processes.actor import SYSTEM
from processes.corridor.advance import Poisoned
from processes.database.session import trouble
from processes.database.tables import Instance
from processes.demo_clock import moment
from processes.errors import Busy, NoRoom, ZaakspoorError
from processes.house import House
from processes.parking import park

BATCH = 500
UNFORESEEN = "Een termijn in deze zaak liep af, maar de stap die daarop volgt lukt niet."
log = structlog.get_logger()


def next_due(house: House) -> datetime | None:
    """The first moment at which any timer is due."""
    with house.sessions() as session:
        waiting = select(Instance.next_due).where(Instance.next_due.is_not(None), Instance.status == "running")
        return session.scalar(waiting.order_by(Instance.next_due).limit(1))


def sweep(house: House) -> int:
    """Fire everything that is due now; the number of cases touched. A case that fails is parked with an alarm."""
    from processes.actions import act  # noqa: PLC0415 - actions know this sweep's action
    from processes.actions.timers import FireTimers  # noqa: PLC0415

    cases = _due_cases(house)
    for case_id in cases:
        try:
            act(house, SYSTEM, FireTimers(case_id))
        except Exception as cause:  # noqa: BLE001 - whatever is wrong with one case, the timers of all others go on
            _failed(house, case_id, cause)
    return len(cases)


def _failed(house: House, case_id: int, cause: Exception) -> None:
    """Park the case, unless it is the database that fails: then the next sweep tries again."""
    if isinstance(cause, Busy | NoRoom) or trouble(cause):
        log.warning("timer_later", case=case_id, error=type(cause).__name__)
        return
    log.error("timer_failed", case=case_id, error=type(cause).__name__)
    known = cause.__cause__ if isinstance(cause, Poisoned) else cause
    reason = str(known) if isinstance(known, ZaakspoorError | EngineError) else UNFORESEEN
    try:
        park(house, case_id, reason)
    except (Busy, NoRoom) as later:
        log.warning("timer_later", case=case_id, error=type(later).__name__)


def _due_cases(house: House) -> list[int]:
    with house.sessions() as session:
        due = select(Instance.case_id).where(Instance.next_due <= moment(house, session), Instance.status == "running")
        return list(dict.fromkeys(session.scalars(due.order_by(Instance.next_due).limit(BATCH))))
