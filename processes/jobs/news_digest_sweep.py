"""The sweep of the one mail of the day with news for citizens: finds who gets one, and lets each go by itself."""

from typing import Final

import structlog

from processes.actions import act
from processes.actions.news_digest import MailNewsOfDay
from processes.base.actor import SYSTEM
from processes.post.news_digest import first_of_each
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import read_only

AT_ONCE: Final = 200  # readers of one sweep at most: the others go with the next one
log = structlog.get_logger(__name__)


def sweep_news_of_day(services: Services) -> int:
    """How many readers there were. One whose mail fails is tried again by the next sweep, and stops no other."""
    with services.sessions() as session:
        now = business_now(services, read_only(session))
        waiting = list(session.scalars(first_of_each(now, AT_ONCE)))
    for mail in waiting:
        try:
            act(services, SYSTEM, MailNewsOfDay(mail))
        except Exception as cause:  # noqa: BLE001 - whatever is wrong with one, all others get theirs
            log.error("news_of_day_failed", error=type(cause).__name__)  # noqa: TRY400 - a trace shows data
    return len(waiting)
