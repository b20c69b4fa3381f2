"""The sweep of who is named as filing along: reminds those whose time ends soon, and ends the time of those who did not confirm."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy import literal_column, select

from processes.actions import act
from processes.actions.co_filers import EndInvitations, RemindCoFiler
from processes.base.actor import SYSTEM
from processes.base.clock import local_date
from processes.dated import joint_terms_on
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import CoFiler
from processes.storage.words import CoFilerState

AT_ONCE: Final = 200
log = structlog.get_logger()


def sweep_co_filers(services: Services) -> int:
    """The number of reminders and of cases in which a time ended. What fails costs only itself: the next sweep tries it again."""
    with services.sessions() as session:
        today = local_date(business_now(services, read_only(session)))
        reminder = joint_terms_on(services.law.shelf(session), today).reminder
        waits = CoFiler.state == literal_column(f"'{CoFilerState.ASKED}'")  # said as the index says it
        soon = (CoFiler.reminded_at.is_(None), CoFiler.by_mail, CoFiler.valid_until <= today + timedelta(days=reminder))
        wanted = select(CoFiler.id).where(waits, *soon, CoFiler.valid_until >= today).order_by(CoFiler.valid_until)
        reminded = session.scalars(wanted.limit(AT_ONCE)).all() if reminder else []
        over = select(CoFiler.case_id).where(waits, CoFiler.valid_until < today).distinct().limit(AT_ONCE)
        ended = session.scalars(over).all()
    return sum(_done(services, RemindCoFiler, one) for one in reminded) + sum(
        _done(services, EndInvitations, one) for one in ended
    )


def _done(services: Services, action: Callable[[int], object], which: int) -> bool:
    try:
        return bool(act(services, SYSTEM, action(which)))
    except Exception as cause:  # noqa: BLE001 - whatever is wrong with one case, the others go on
        log.warning("co_filer_later", which=which, error=type(cause).__name__)
        return False
