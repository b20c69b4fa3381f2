"""The sweep of the clock process: once a day is enough, more often does no harm."""

from processes.actor import SYSTEM
from processes.corridor.work import transact
from processes.house import House
from processes.retention.actions import BATCH, ListDue, list_due


def sweep_retention(house: House) -> int:
    """Put every case whose term is over on the destruction list, batch by batch; says how many were looked at."""
    total = 0
    while True:
        found = int(transact(house, SYSTEM, lambda work: list_due(work, ListDue(BATCH))))
        total += found
        if found < BATCH:
            return total
