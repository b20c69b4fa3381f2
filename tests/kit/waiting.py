"""Waiting for what another thread or process brings about."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select

from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import OutboxRow

PATIENCE_SECONDS = 120  # only waited out when something is wrong, however busy the machine is


def until(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether it became true in time: it is asked again and again, and a last time at the end."""
    end = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return met


def drain_beside(services: Services) -> None:
    """Carry out all that is open while a web process with workers of its own may be doing a part of it, and wait for that part."""

    def all_done() -> bool:
        drain(services)
        due = (OutboxRow.done_at.is_(None), OutboxRow.not_before <= datetime.now(UTC))
        with services.sessions() as session:
            return session.scalar(select(OutboxRow.id).where(*due).limit(1)) is None

    assert until(all_done)
