"""The sweep of news by mail: finds the members of staff who get a mail now, and lets each mail go by itself."""

from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

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
    """How many were asked for. One that fails is tried again by the next sweep."""
    due = _due(services)[:BATCH]
    for number in due:
        try:
            act(services, SYSTEM, MailDeskNews(number))
        except Exception as cause:  # noqa: BLE001 - whatever is wrong with one, all others get theirs
            log.error("desk_mail_failed", error=type(cause).__name__)  # noqa: TRY400 - a trace shows data
    return len(due)


def _due(services: Services) -> list[str]:
    """Numbers of staff: those whose hour has come, and those who want it at once and for whom something came."""
    with services.sessions() as session:
        now = business_now(services, read_only(session))
        # as many rows as there are colleagues who want mail, whatever the number of cases
        wanted = select(DeskMail).where(DeskMail.next_at <= now).order_by(DeskMail.next_at, DeskMail.staff)
        rows = session.scalars(wanted).all()
        return [row.staff for row in rows if row.hour is not None or _came(session, row, now)]


def _came(session: Session, row: DeskMail, now: datetime) -> bool:
    reached = reached_by_mail(session, row.staff)
    return reached is not None and bool(read_digest(session, reached[0], row.told_until, settled_until(row, now)).cases)
