"""The lines of the log that something writes, of every level, whatever a test before it has set up."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog
from structlog.testing import capture_logs


@contextmanager
def log_lines() -> Iterator[list[MutableMapping[str, Any]]]:
    """Everything that is logged inside the block, as it comes in."""
    before = structlog.get_config()
    structlog.reset_defaults()
    try:
        with capture_logs() as lines:
            yield lines
    finally:
        structlog.configure(**before)
