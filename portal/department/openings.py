"""Each opening of a link is written down once (P14); who opens page after page within some minutes is still the same opening."""

import time
from collections import OrderedDict
from threading import Lock
from typing import Final

from fastapi import Request

from portal.doors import TheServices
from portal.security.device import Device, device_of
from processes.base.visitor import visitor
from processes.reads.department import enter
from processes.storage.link_openings import write_opening

SAME_SECONDS: Final = 300.0
MOST: Final = 10_000  # openings that a process remembers; an older one is then written a second time
TUS: Final = "tus-resumable"  # how far a file came in is asked by the page that stands open, not by who opens it
READS: Final = frozenset({"GET", "HEAD"})

Key = tuple[str, str, Device]


class RecentOpenings:
    """Openings of links in the last minutes, of this process. Links are kept as their hash."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, float] = OrderedDict()
        self._lock = Lock()

    def has(self, key: Key) -> bool:
        with self._lock:
            return time.monotonic() - self._kept.get(key, -SAME_SECONDS) < SAME_SECONDS

    def add(self, key: Key) -> None:
        with self._lock:
            self._kept[key] = time.monotonic()
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)


def opening(request: Request, services: TheServices) -> None:
    """A dependency of every page behind a link. Raises LinkGone, OutsideNetwork and CodeNeeded, as the page itself would."""
    token = request.path_params.get("token")
    if not token or request.method not in READS or TUS in request.headers:
        return
    device = device_of(request)
    key = (services.secrets.token_hash(token), visitor() or "", device)
    recent = _recent(request)
    if recent.has(key):
        return
    dossier = enter(services, token).dossier
    if dossier is not None and write_opening(services, dossier, device.words, unattended=device.unattended):
        recent.add(key)


def _recent(request: Request) -> RecentOpenings:
    state = request.app.state
    if not hasattr(state, "recent_openings"):
        state.recent_openings = RecentOpenings()
    found: RecentOpenings = state.recent_openings
    return found
