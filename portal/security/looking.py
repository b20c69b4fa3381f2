"""Looks of people at cases and documents: each a line of the security log, and a row that a data protection officer can find.

A page calls `saw` or `fetched` after its read, so that only what somebody may see is written down as seen.
"""

import time
from collections import OrderedDict
from threading import Lock
from typing import Final, cast
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request

from portal.pages import get_services
from portal.security.guards import actor_of
from portal.security.sessions import session_of
from processes.base.actor import Actor
from processes.base.security_log import SecurityEvent, pseudonym, security_event
from processes.storage.looks import Look, write_look
from processes.storage.words import LookKind

SAME_LOOK_SECONDS: Final = 300.0  # who comes back to the same page within this time is still looking
MOST: Final = 5000  # looks that a process remembers; an older one is then written a second time
POST_PAGE: Final = "post_item"  # and a piece of post of it
DATA_PAGE: Final = "own_data"  # the data of a case that a citizen takes along for programs
FILED_PAGE: Final = "filed"  # the part of a case that somebody sees on a page with the words of a form
INVITATION: Final = "invitation"  # what somebody who was named as filing along reads before confirming it
SEARCH_PAGE: Final = "/werk/zaken"
SEARCH_FIELD: Final = "zoek"


class RecentLooks:
    """The looks at pages of the last minutes, by who (the pseudonym, which tells for whom as well) and what: one of these in each web process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, Look], float] = OrderedDict()
        self._lock = Lock()

    def has(self, who: str, look: Look) -> bool:
        """Whether this person saw this page a moment ago."""
        with self._lock:
            return time.monotonic() - self._kept.get((who, look), -SAME_LOOK_SECONDS) < SAME_LOOK_SECONDS

    def add(self, who: str, look: Look) -> None:
        """Remember a look that was written."""
        with self._lock:
            self._kept[who, look] = time.monotonic()
            self._kept.move_to_end((who, look))
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)


def saw(request: Request, number: str, part: str, kind: LookKind = LookKind.CASE) -> None:
    """The person who is signed in sees a page of the case with this number; `part` names the page."""
    session = session_of(request)
    if session is None:
        return
    actor = actor_of(session)
    found = LookKind.SEARCH_HIT if kind == LookKind.CASE and _from_search(request) else kind
    security_event(SecurityEvent.CASE_SEEN, who=actor, whose_case=number, kind=str(found), part=part)
    look, recent = Look(found, number, part), cast("RecentLooks", request.app.state.looks)
    if not recent.has(pseudonym(actor), look) and write_look(get_services(request), actor, look):
        recent.add(pseudonym(actor), look)


def fetched(request: Request, actor: Actor, document: str, number: str) -> None:
    """Somebody gets the file of the document with this id, of the case with this number. Every time counts."""
    security_event(SecurityEvent.DOCUMENT_FETCHED, who=actor, whose_case=number, document=document)
    write_look(get_services(request), actor, Look(LookKind.DOCUMENT, document=document))


def saw_post(request: Request, item: int, number: str) -> None:
    """The person who is signed in reads a piece of post, or a file of it; `number` is that of its case, empty for post in none."""
    if number:
        saw(request, number, POST_PAGE)
        return
    session = session_of(request)
    if session is None:
        return
    actor, look = actor_of(session), Look(LookKind.POST, part=str(item))
    security_event(SecurityEvent.CASE_SEEN, who=actor, kind=str(look.kind), part=look.part)
    recent = cast("RecentLooks", request.app.state.looks)
    if not recent.has(pseudonym(actor), look) and write_look(get_services(request), actor, look):
        recent.add(pseudonym(actor), look)


def _from_search(request: Request) -> bool:
    """Whether the reader came from the list of cases with something in its search box; what it was is not kept."""
    came = urlsplit(request.headers.get("referer", ""))
    return came.path == SEARCH_PAGE and any(parse_qs(came.query).get(SEARCH_FIELD, []))
