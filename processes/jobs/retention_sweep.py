"""The sweep of the clock process: once a day is enough, more often does no harm."""

from processes.actions.retention import BATCH, ListDue, list_due
from processes.base.actor import SYSTEM
from processes.execution.unit_of_work import transact
from processes.storage.services import Services


def sweep_retention(services: Services) -> int:
    """Put every case whose term is over on the destruction list, batch by batch; says how many were looked at."""
    total = 0
    while True:
        found = int(transact(services, SYSTEM, lambda work: list_due(work, ListDue(BATCH))))
        total += found
        if found < BATCH:
            return total
