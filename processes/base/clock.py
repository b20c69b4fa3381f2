"""Business time. The demo's clock moves it; sessions, leases and tokens use real time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock:
    """Real time plus the offset that the demo keeps in the database. Tests give another source of real time."""

    def now(self, offset: timedelta = timedelta(0)) -> datetime:
        return datetime.now(UTC) + offset


def local_date(moment: datetime) -> date:
    """The date in Europe/Amsterdam; deadlines are local dates."""
    return moment.astimezone(AMSTERDAM).date()


def local_midnight(day: date) -> datetime:
    """The first moment of a local date."""
    return datetime.combine(day, time(0), AMSTERDAM)
