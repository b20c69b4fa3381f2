"""All that a process knows of asking the provider of staff: how many requests do so now, and that it was silent a moment ago.

Who asks holds a thread until the answer comes. All pages share those, so a provider that hangs may hold a few of them and not the rest.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Final

from processes.base.errors import Busy

MOST_AT_ONCE: Final = 8  # of the forty threads of a process; a provider answers in milliseconds
SLOW_SECONDS: Final = 1.0  # a refusal that came sooner held nobody up
SILENT_SECONDS: Final = 10.0


@dataclass
class Asking:
    """`now` is replaced in tests."""

    now: Callable[[], float] = time.monotonic
    places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MOST_AT_ONCE))
    silent_until: float = 0.0

    @property
    def is_silent(self) -> bool:
        """Whether the provider did not answer a moment ago: then nobody asks."""
        return self.now() < self.silent_until

    @contextmanager
    def place(self) -> Iterator[bool]:
        """Whether few enough ask now; to be left when the answer is there."""
        taken = self.places.acquire(blocking=False)
        try:
            yield taken
        finally:
            if taken:
                self.places.release()

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Around one question. Raises what it raises; of a Busy that came late it is remembered that the provider is silent."""
        began = self.now()
        try:
            yield
        except Busy:
            if self.now() - began >= SLOW_SECONDS:
                self.silent_until = self.now() + SILENT_SECONDS
            raise
