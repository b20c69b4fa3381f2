"""Moving business time through each due moment in order: what the demo's clock and a rehearsal share."""

from collections.abc import Callable
from datetime import datetime

from processes.jobs.timer_sweep import next_due
from processes.jobs.timer_sweep import sweep as sweep_timers
from processes.jobs.version_sweep import next_version_moment, sweep_versions
from processes.jobs.warning_sweep import next_warning_moment, sweep_warnings
from processes.storage.services import Services

MOMENTS = 20_000  # a week of a hundred thousand reminders is not what a demo is for; a loop without end is a mistake


def travel(services: Services, to: datetime, set_clock: Callable[[datetime], None]) -> int:
    """Stop at every due moment up to `to` and let its timers and warnings take effect; the number of stops.

    `set_clock` makes business time what it is told; it is called once more with `to` at the end.
    """
    starts = next_version_moment(services)
    for stops in range(MOMENTS):
        due = min(filter(None, (next_due(services), next_warning_moment(services), starts)), default=None)
        if due is None or due > to:
            set_clock(to)
            return stops
        set_clock(due)
        if due == starts:
            sweep_versions(services)
            starts = next_version_moment(services)
            continue
        if not _sweep(services):
            break
    set_clock(to)
    _sweep(services)
    return MOMENTS


def _sweep(services: Services) -> int:
    """How many cases there was something to do in; timers first, since what they do may meet a deadline."""
    return sweep_timers(services) + sweep_warnings(services)
