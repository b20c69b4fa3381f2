"""The sweep of news by mail: finds the members of staff who get a mail now, and lets each mail go by itself."""

from collections.abc import Sequence

import structlog
from sqlalchemy import select

from processes.actions import act
from processes.actions.desk_mail import MailDeskNews, settled_until
from processes.base.actor import SYSTEM
from processes.post.desk_mail import reached_by_mail, read_digest
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import DeskMail

BATCH = 100  # mails of one sweep at most: the others go with the next one
log = structlog.get_logger(__name__)


def sweep_desk_mail(services: Services) -> int:
    """How many were asked for. One that fails is tried again by the next sweep, and stops no other."""
    asked = 0
    for row in _due(services):
        try:
            if row.hour is not None or _came(services, row):
                act(services, SYSTEM, MailDeskNews(row.staff))
                asked += 1
        except Exception as cause:  # noqa: BLE001 - whatever is wrong with one, all others get theirs
            log.error("desk_mail_failed", error=type(cause).__name__)  # noqa: TRY400 - a trace shows data
        if asked == BATCH:
            break
    return asked


def _due(services: Services) -> Sequence[DeskMail]:
    """Those who want it at once, and those whose hour has come: no more rows than there are colleagues who want mail."""
    with services.sessions() as session:
        now = business_now(services, read_only(session))
        due = select(DeskMail).where(DeskMail.next_at <= now)
        return session.scalars(due.order_by(DeskMail.next_at, DeskMail.staff)).all()


def _came(services: Services, row: DeskMail) -> bool:
    """Whether there is something to tell to somebody who wants it at once."""
    with services.sessions() as session:
        until = settled_until(row, business_now(services, read_only(session)))
        reached = reached_by_mail(session, row.staff)
        return reached is not None and bool(read_digest(session, reached[0], row.told_until, until).cases)
