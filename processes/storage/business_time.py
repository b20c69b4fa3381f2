"""Business time: what time it is for the case work. `business_now` is the only way to ask.

Business time is real time, moved by one offset that stands in the database, so that every process sees the same. Only
the demo's clock (`actions/demo.py`) moves it, only forward, and it stops at each due moment on the way. A rehearsal and
many tests give `Services` a clock of their own instead, which stands where it is put. In production it is real time.

Business time decides dates of receipt, terms, timers, warnings, retention, links to dossiers, and every moment that is
stored with a case or its audit trail. Real time (`datetime.now(UTC)`) decides what a moved clock must not touch: sessions
of people, tokens, sealed lists, leases and retries of the outbox, the age of files without a document, and the header
of a mail.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import SettingRow

NAME = "clock_offset_seconds"


def business_now(services: Services, session: Session | None = None) -> datetime:
    """Business time, aware, in UTC. Ask within the session that is open; without one, one is opened for the question.

    A change asks once, when it begins (`UnitOfWork.now`), and a page once (`reads/opening.py`): one moment holds for all of it.
    """
    if services.settings.production:
        return services.clock.now()  # nothing moves it, so there is nothing to ask of the database
    if session is not None:
        return services.clock.now(read_offset(session))
    with services.sessions() as opened:
        return services.clock.now(read_offset(read_only(opened)))


def read_offset(session: Session) -> timedelta:
    """The time by which business time is ahead of real time; zero outside the demo."""
    row = session.get(SettingRow, NAME)
    return timedelta(seconds=float(row.value)) if row else timedelta(0)


def write_offset(session: Session, offset: timedelta) -> None:
    """Set how far business time is ahead of real time."""
    session.merge(SettingRow(name=NAME, value=offset.total_seconds()))
