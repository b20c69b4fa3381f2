"""Moving the demo's clock: through every due moment in order, with the mails that belong to it."""

from datetime import datetime, timedelta

from processes.actions import act
from processes.actions.demo import MoveClock
from processes.base.actor import SYSTEM
from processes.base.errors import Invalid
from processes.jobs.retention_sweep import sweep_retention
from processes.jobs.time_travel import travel
from processes.storage.business_time import business_now
from processes.storage.services import Services

FURTHEST = timedelta(days=15 * 365)  # past the longest retention of the demo, in a time that somebody will wait
LAST_YEAR = 2080  # a term that begins then still ends within the years of which the holidays are known


def move_clock_to(services: Services, to: datetime) -> int:
    """The number of due moments on the way. Raises Invalid for a moment that has passed or is too far, NotAllowed outside the demo."""
    now = business_now(services)
    if to < now:
        raise Invalid({"date": "De klok kan alleen vooruit. Kies een latere datum."})
    if to > now + FURTHEST or to.year > LAST_YEAR:
        raise Invalid(
            {"date": f"Kies een datum die dichterbij ligt: hoogstens 15 jaar verder, en voor {LAST_YEAR + 1}."}
        )
    stops = travel(services, to, lambda moment: _set(services, moment))
    sweep_retention(services)
    return stops


def _set(services: Services, moment: datetime) -> None:
    # a moment that was due while nobody swept lies in the past: the clock stays where it is, and the sweep fires it
    if moment > business_now(services):
        act(services, SYSTEM, MoveClock(moment))
