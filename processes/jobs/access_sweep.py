"""The sweep of access to cases above somebody's clearance: ends what was given until a day that is over."""

import structlog
from sqlalchemy import select

from processes.actions import act
from processes.actions.case_access import EndAccess
from processes.base.actor import SYSTEM
from processes.base.clock import local_date
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import CaseAccess

BATCH = 200
log = structlog.get_logger(__name__)


def sweep_access(services: Services) -> int:
    """How many ended. One that fails is tried again by the next sweep, after the others."""
    with services.sessions() as session:
        today = local_date(business_now(services, read_only(session)))
        due = (CaseAccess.until < today, CaseAccess.ended_at.is_(None))
        over = session.scalars(select(CaseAccess.id).where(*due).order_by(CaseAccess.until).limit(BATCH)).all()
    for access in over:
        try:
            act(services, SYSTEM, EndAccess(access))
        except Exception as cause:  # noqa: BLE001 - whatever is wrong with one, all others end
            log.error("access_not_ended", access=access, error=type(cause).__name__)  # noqa: TRY400 - a trace shows data
    return len(over)
