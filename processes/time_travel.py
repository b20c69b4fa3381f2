"""Moving business time through each due moment in order: what the demo's clock and a rehearsal share."""

from collections.abc import Callable
from datetime import datetime

from processes.house import House
from processes.timers import next_due, sweep

MOMENTS = 20_000  # a week of a hundred thousand reminders is not what a demo is for; a loop without end is a mistake


def travel(house: House, to: datetime, set_clock: Callable[[datetime], None]) -> int:
    """Stop at every due moment up to `to` and let its timers take effect; the number of stops.

    `set_clock` makes business time what it is told; it is called once more with `to` at the end.
    """
    for stops in range(MOMENTS):
        due = next_due(house)
        if due is None or due > to:
            set_clock(to)
            return stops
        set_clock(due)
        if not sweep(house):
            break
    set_clock(to)
    sweep(house)
    return MOMENTS
