"""Figures for Prometheus of what this process did: counters and times."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from prometheus_client import Counter, Histogram

from processes.base.errors import ZaakspoorError

STEPS: Final = Histogram(
    "zaakspoor_change_seconds", "Duration of one change, from door to commit", ("action", "outcome")
)
WORK: Final = Histogram("zaakspoor_outbox_work_seconds", "Duration of outgoing work", ("kind", "outcome"))
LOOKS_LOST: Final = Counter("zaakspoor_looks_lost_total", "Looks at a case that could not be written down")
MAILS: Final = Counter("zaakspoor_mails_total", "Mails handed to the mail server", ("outcome",))


@contextmanager
def timed(histogram: Histogram, label: str) -> Iterator[None]:
    """Count one piece of work and its time, by what came of it: `done`, `refused` (for people) or `failed`."""
    started, outcome = time.perf_counter(), "done"
    try:
        yield
    except ZaakspoorError as error:
        outcome = "failed" if error.status >= 500 else "refused"  # noqa: PLR2004 - server errors
        raise
    except BaseException:
        outcome = "failed"
        raise
    finally:
        histogram.labels(label, outcome).observe(time.perf_counter() - started)
