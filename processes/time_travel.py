"""Moving business time through each due moment in order: what the demo's clock and a rehearsal share."""

from collections.abc import Callable
from datetime import datetime

from processes.house import House
from processes.timers import next_due
from processes.timers import sweep as sweep_timers
from processes.warning_sweep import next_warning_moment, sweep_warnings

MOMENTS = 20_000  # a week of a hundred thousand reminders is not what a demo is for; a loop without end is a mistake


def travel(house: House, to: datetime, set_clock: Callable[[datetime], None]) -> int:
    """Stop at every due moment up to `to` and let its timers and warnings take effect; the number of stops.

    `set_clock` makes business time what it is told; it is called once more with `to` at the end.
    """
    for stops in range(MOMENTS):
        due = min(filter(None, (next_due(house), next_warning_moment(house))), default=None)
        if due is None or due > to:
            set_clock(to)
            return stops
        set_clock(due)
        if not _sweep(house):
            break
    set_clock(to)
    _sweep(house)
    return MOMENTS


def _sweep(house: House) -> int:
    """How many cases there was something to do in; timers first, since what they do may meet a deadline."""
    return sweep_timers(house) + sweep_warnings(house)
