"""The sweep of what is held back from destruction: asks the reviewer of each hold whose end date has come, once."""

import structlog
from sqlalchemy import select

from processes.actions import act
from processes.actions.holds import AskReviewer
from processes.base.actor import SYSTEM
from processes.base.clock import local_date
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import DestructionHold

BATCH = 200
log = structlog.get_logger()


def sweep_holds(services: Services) -> int:
    """How many were asked about. One that fails is tried again by the next sweep, after the others."""
    with services.sessions() as session:
        today = local_date(business_now(services, read_only(session)))
        due = (DestructionHold.ended_at.is_(None), DestructionHold.asked_at.is_(None), DestructionHold.until <= today)
        holds = session.scalars(
            select(DestructionHold.id).where(*due).order_by(DestructionHold.until).limit(BATCH)
        ).all()
    for hold_id in holds:
        try:
            act(services, SYSTEM, AskReviewer(hold_id))
        except Exception as cause:  # noqa: BLE001 - whatever is wrong with one, all others are asked about
            _failed(hold_id, cause)
    return len(holds)


def _failed(hold_id: int, cause: Exception) -> None:
    log.error("hold_not_asked", hold=hold_id, error=type(cause).__name__)
