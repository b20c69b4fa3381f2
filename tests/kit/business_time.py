"""What time it is in tests: business time stands still at one moment, and `--as-if` moves the machine and that moment.

Without `--as-if` business time begins at `ORDINARY`, whatever day the machine says. With `--as-if 2028-02-29T10:00` the
clock of this process starts at that moment of its own zone (the variable TZ) and goes on, and business time begins there
too: a test that counts from "today" then counts from that day. What is not moved: other processes, the clock of
PostgreSQL (the program asks it nothing) and the times that the system writes on files.
"""

from datetime import UTC, datetime, timedelta

import time_machine

from processes.base.clock import AMSTERDAM, Clock

ORDINARY = datetime(2026, 6, 1, 10, tzinfo=AMSTERDAM)  # a Monday, with no closed day and no change of hour for months

_as_if: list[datetime] = []


def move_the_machine(local: str) -> None:
    """From now on this process lives as if it were that moment, such as 2028-02-29T10:00, in the machine's own zone."""
    moment = datetime.fromisoformat(local).astimezone()  # naive: the zone of TZ
    _as_if.append(moment.astimezone(UTC))
    time_machine.travel(_as_if[-1].timestamp(), tick=True).start()  # of a datetime it would also take the zone


def beginning() -> datetime:
    """The moment at which business time begins, in UTC."""
    return _as_if[-1] if _as_if else ORDINARY.astimezone(UTC)


class FixedClock(Clock):
    """Business time stands still at the beginning and goes `ahead` only when a test says so."""

    def __init__(self, start: datetime | None = None) -> None:
        self.start = (start or beginning()).astimezone(UTC)
        self.ahead = timedelta(0)

    def now(self, offset: timedelta = timedelta(0)) -> datetime:
        return self.start + self.ahead + offset


class MachineClock(Clock):
    """The machine's time, for an installation that shares its database with real processes of the program."""

    def now(self, offset: timedelta = timedelta(0)) -> datetime:
        return datetime.now(UTC) + offset


def refuse_to_tell(_clock: Clock, _offset: timedelta = timedelta(0)) -> datetime:
    """Stands in for `Clock.now` in every test, so that none depends on the day by accident."""
    raise AssertionError(
        "This test asks the machine what day it is: give the installation a FixedClock of business_time."
    )
