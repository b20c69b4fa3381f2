"""The open pages of staff in this process, and the one thread that tells them when their counters change.

However many pages are open, the database is asked over one connection, and only for whom something changed.
"""

import asyncio
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import structlog

from processes.base.actor import Actor
from processes.base.errors import ZaakspoorError
from processes.reads import workbench as reads
from processes.storage.desk_bell import DeskBell, Rung
from processes.storage.services import Services
from processes.storage.staff_sessions import still_in

EACH_SESSION: Final = 3  # a browser opens six lines to one site in all, and pages need some too
EACH_PROCESS: Final = 200  # half of the lines that a process takes (`portal.connections`)
WAIT_SECONDS: Final = 1.0
SESSIONS_SECONDS: Final = 5.0  # how soon a stream ends after its session
GATHER_SECONDS: Final = 1.0  # what happens at once is told at once

log = structlog.get_logger(__name__)


@dataclass(eq=False, slots=True)
class Stream:
    """One open page. `counts` is what to tell, None until they are known; `ended` says that it is to stop. `changed` belongs to
    the event loop.
    """

    actor: Actor
    cookie: str
    loop: asyncio.AbstractEventLoop
    counts: reads.DeskCounts | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False

    def tell(self, counts: reads.DeskCounts) -> None:
        """From the thread; what is the same is not told again."""
        if counts != self.counts:
            self.counts = counts
            self._wake()

    def end(self) -> None:
        self.ended = True
        self._wake()

    def _wake(self) -> None:
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.changed.set)


class Streams:
    """The thread lives as long as there is a stream."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._open: list[Stream] = []
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, stream: Stream) -> bool:
        """One stream too many of a session ends its oldest; False when this process has no room left."""
        with self._lock:
            mine = [one for one in self._open if one.cookie == stream.cookie and not one.ended]
            for one in mine[: max(0, len(mine) + 1 - EACH_SESSION)]:
                one.end()
            if len(self._open) >= EACH_PROCESS:
                return False
            self._open.append(stream)
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="desk-news", daemon=True)
                self._thread.start()
            return True

    def remove(self, stream: Stream) -> None:
        with self._lock:
            self._open = [one for one in self._open if one is not stream]

    def _now(self) -> list[Stream]:
        with self._lock:
            return [one for one in self._open if not one.ended]

    def _done(self) -> bool:
        with self._lock:
            if not self._open:
                self._thread = None
            return self._thread is None

    def _listen(self) -> None:
        bell, looked = DeskBell(self._services), time.monotonic()
        while not self._done():
            rung = bell.wait(WAIT_SECONDS)
            try:
                if time.monotonic() - looked >= SESSIONS_SECONDS:
                    looked = time.monotonic()
                    self._end_what_ended()
                if rung.everybody or rung.staff or rung.cases:
                    time.sleep(GATHER_SECONDS)
                self._tell(rung)
            except ZaakspoorError as error:  # a database in trouble: pages are right when they are opened again
                log.warning("desk_streams.not_told", error=type(error).__name__)
        bell.close()

    def _end_what_ended(self) -> None:
        streams = self._now()
        roles = still_in(self._services, {one.cookie: one.actor.subject for one in streams})
        for one in streams:
            if one.actor.roles != roles.get(one.cookie):
                one.end()  # signed out, kept out, or with other roles: a page that is opened anew begins anew

    def _tell(self, rung: Rung) -> None:
        for actor, streams in _by_person(self._meant(rung)).items():
            if counts := reads.read_desk_counts(self._services, actor):
                for one in streams:
                    one.tell(counts)

    def _meant(self, rung: Rung) -> list[Stream]:
        """Also the pages that were opened since the last look."""
        streams = self._now()
        if rung.everybody or not streams:
            return streams
        told = rung.staff | (reads.read_concerned(self._services, rung.cases) if rung.cases else frozenset())
        return [one for one in streams if one.counts is None or one.actor.subject in told]


def _by_person(streams: Iterable[Stream]) -> dict[Actor, list[Stream]]:
    found: dict[Actor, list[Stream]] = {}
    for one in streams:
        found.setdefault(one.actor, []).append(one)
    return found
