"""The source of time, and dates in Europe/Amsterdam. What business time is says `processes/storage/business_time.py`."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock:
    """Real time plus an offset. Only `business_now` asks it; rehearsals and tests put one in its place that stands still."""

    def now(self, offset: timedelta = timedelta(0)) -> datetime:
        return datetime.now(UTC) + offset


def local_date(moment: datetime) -> date:
    """The date in Europe/Amsterdam; deadlines are local dates."""
    return moment.astimezone(AMSTERDAM).date()


def next_local_hour(now: datetime, hour: int) -> datetime:
    """The first moment after `now` at which it is this hour in Europe/Amsterdam."""
    today = local_date(now)
    moment = datetime.combine(today, time(hour), AMSTERDAM)
    return moment if moment > now else datetime.combine(today + timedelta(days=1), time(hour), AMSTERDAM)


def local_midnight(day: date) -> datetime:
    """The first moment of a local date."""
    return datetime.combine(day, time(0), AMSTERDAM)
