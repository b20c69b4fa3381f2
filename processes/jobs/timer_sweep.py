"""The sweep: finds instances whose timers are due, in order, and fires them one case at a time."""

from datetime import datetime

from sqlalchemy import select

from processes.actions import act
from processes.actions.timers import FireTimers
from processes.base.actor import SYSTEM
from processes.execution.parking import park_after
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.tables import Instance
from processes.storage.words import InstancePhase

BATCH = 500
UNFORESEEN = "Een termijn in deze zaak liep af, maar de stap die daarop volgt lukt niet."


def next_due(services: Services) -> datetime | None:
    """The first moment at which any timer is due."""
    with services.sessions() as session:
        waiting = select(Instance.next_due).where(
            Instance.next_due.is_not(None), Instance.phase == InstancePhase.RUNNING
        )
        return session.scalar(waiting.order_by(Instance.next_due).limit(1))


def sweep(services: Services) -> int:
    """Fire everything that is due now; the number of cases touched. A case that fails is parked with an alarm."""
    cases = _due_cases(services)
    for case_id in cases:
        try:
            act(services, SYSTEM, FireTimers(case_id))
        except Exception as cause:  # noqa: BLE001 - whatever is wrong with one case, the timers of all others go on
            park_after(services, case_id, cause, UNFORESEEN)
    return len(cases)


def _due_cases(services: Services) -> list[int]:
    with services.sessions() as session:
        due = select(Instance.case_id).where(
            Instance.next_due <= business_now(services, session), Instance.phase == InstancePhase.RUNNING
        )
        return list(dict.fromkeys(session.scalars(due.order_by(Instance.next_due).limit(BATCH))))
