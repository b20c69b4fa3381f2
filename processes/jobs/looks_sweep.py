"""The sweep of who looked: what is older than the setting says goes, and what came in while its case was being destroyed."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, select

from processes.base.clock import AMSTERDAM
from processes.storage.business_time import business_now
from processes.storage.link_openings import forget_openings
from processes.storage.looks import forget_looks
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import DestructionRow, LookRow
from processes.storage.words import DestructionState

MONTHS: Final = 12
LAST_DAY: Final = 28  # every month has it
JUST_DESTROYED: Final = 100  # cases: a sweep runs every hour


def sweep_looks(services: Services) -> None:
    """Delete looks and openings of links that are too old, or of a case that is no longer there."""
    before = _so_many_months_before(business_now(services), services.settings.looks_months)
    forget_looks(services, before)
    forget_openings(services, before)
    with transaction(services.sessions) as session:
        gone = select(DestructionRow.case_id).where(DestructionRow.state == DestructionState.DESTROYED)
        latest = session.scalars(gone.order_by(DestructionRow.destroyed_at.desc()).limit(JUST_DESTROYED)).all()
        session.execute(delete(LookRow).where(LookRow.case_id.in_(latest)))


def _so_many_months_before(moment: datetime, months: int) -> datetime:
    here = moment.astimezone(AMSTERDAM)
    count = here.year * MONTHS + here.month - 1 - months
    return here.replace(year=count // MONTHS, month=count % MONTHS + 1, day=min(here.day, LAST_DAY))
