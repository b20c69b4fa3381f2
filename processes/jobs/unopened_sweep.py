"""The sweep of letters that nobody opens: finds those that lie on the portal for long enough, and looks after each one once."""

from typing import Final

import structlog
from sqlalchemy import literal_column, select

from processes.actions import act
from processes.actions.unopened import TellUnopened
from processes.base.actor import SYSTEM
from processes.base.clock import local_date
from processes.dated import unopened_letters_on
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import NoticeRow
from processes.storage.words import PostChannel

AT_ONCE: Final = 200
log = structlog.get_logger()


def sweep_unopened(services: Services) -> int:
    """The number of letters that nobody opened. One that cannot be looked after costs only itself: the next sweep tries it again."""
    return sum(_told(services, notice) for notice in _waiting(services))


def _told(services: Services, notice: int) -> bool:
    try:
        return bool(act(services, SYSTEM, TellUnopened(notice)))
    except Exception as cause:  # noqa: BLE001 - whatever is wrong with one case, the others are told
        log.warning("unopened_later", notice=notice, error=type(cause).__name__)
        return False


def _waiting(services: Services) -> list[int]:
    with services.sessions() as session:
        today = local_date(business_now(services, read_only(session)))
        day = today - unopened_letters_on(services.law.shelf(session), today)
        on_portal = NoticeRow.channel == literal_column(f"'{PostChannel.PORTAL}'")  # said as the index says it
        waiting = select(NoticeRow.id).where(NoticeRow.unopened.is_(None), on_portal, NoticeRow.sent_on <= day)
        return list(session.scalars(waiting.order_by(NoticeRow.sent_on, NoticeRow.id).limit(AT_ONCE)))
