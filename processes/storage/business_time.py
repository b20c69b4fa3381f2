"""The demo's clock: one offset in the database, so that every process sees the same time."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import SettingRow

NAME = "clock_offset_seconds"


def read_offset(session: Session) -> timedelta:
    """How far business time is ahead of real time; zero outside the demo."""
    row = session.get(SettingRow, NAME)
    return timedelta(seconds=float(row.value)) if row else timedelta(0)


def moment(services: Services, session: Session) -> datetime:
    """Business time, asked inside an open session; in production nothing moves it, so there is nothing to ask."""
    return services.clock.now(timedelta(0) if services.settings.production else read_offset(session))


def write_offset(session: Session, offset: timedelta) -> None:
    """Set how far business time is ahead of real time."""
    session.merge(SettingRow(name=NAME, value=offset.total_seconds()))


def business_now(services: Services) -> datetime:
    """What time it is for the case work."""
    with services.sessions() as session:
        return services.clock.now(read_offset(read_only(session)))
