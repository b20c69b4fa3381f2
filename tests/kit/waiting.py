"""Waiting for what another thread or process brings about."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 120  # only waited out when something is wrong, however busy the machine is


def until(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether it became true in time: it is asked again and again, and a last time at the end."""
    end = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return met
