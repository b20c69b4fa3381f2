"""How often somebody may do something: one table of limits, counted at the doors, before a form is read.

A person or a link is counted per kind of action; an address only where nobody has said yet who it is. One address may be
a whole town hall: what is counted per address is wide, and where a failure says enough only failures are counted and
answered with 429, so that nobody is kept out by what others try. Pages that only read are not counted.
"""

import math
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, cast

from limits import RateLimitItem, parse_many
from limits.strategies import FixedWindowRateLimiter
from starlette.requests import Request
from starlette.routing import compile_path

from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.dutch import long_moment, time_in_words
from processes.base.errors import NotFound, ZaakspoorError
from processes.base.limit_kinds import LIMITS, LimitKind
from processes.base.security_log import NOBODY, EventOutcome, SecurityEvent, security_event
from processes.base.settings import Settings
from processes.base.visitor import network
from processes.storage.rates import RateStorage
from processes.storage.services import Services

READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
REMEMBERED: Final = 10_000  # refusals that a process remembers; more than these are asked of the database again
OTHER_SITES: Final = frozenset({"cross-site", "same-site"})  # of `Sec-Fetch-Site`
FRAMES: Final = frozenset({"iframe", "frame"})


# the doors that are counted as something else than what their face is counted as
DOORS: Final[Mapping[str, LimitKind]] = {
    "/mijn/nieuw/{code}": LimitKind.FILES,
    "/mijn/nieuw/{code}/versturen": LimitKind.FILING,
    "/indienen/{code}/versturen": LimitKind.VISITOR_FILING,
    "/mijn/koppelen": LimitKind.CODE,
    "/mijn/zaken/{number}/mede/{co_filer}": LimitKind.CODE,
    "/mijn/zaken/{number}/berichten": LimitKind.MESSAGE,
    "/mijn/zaken/{number}/document": LimitKind.FILES,
    "/mijn/zaken/{number}/document/versturen": LimitKind.FILES,
    "/mijn/taken/{task}": LimitKind.FILES,
    "/mijn/taken/{task}/veranderen": LimitKind.FILES,
    "/mijn/gegevens/code": LimitKind.CODE,
    "/mijn/uploads": LimitKind.PIECES,
    "/mijn/uploads/{upload}": LimitKind.PIECES,
    "/werk/uploads": LimitKind.PIECES,
    "/werk/uploads/{upload}": LimitKind.PIECES,
    "/verzoek/{token}/uploads": LimitKind.PIECES,
    "/verzoek/{token}/uploads/{upload}": LimitKind.PIECES,
    "/beheer/zaaktypen/{name}/ontwerp/tekening": LimitKind.DRAWING,
    "/beheer/zaaktypen/{name}/ontwerp/bevindingen": LimitKind.DRAWING,
}
FACES: Final[Mapping[str, LimitKind]] = {
    "mijn": LimitKind.CHANGE, "verzoek": LimitKind.DELIVERY, "meelezen": LimitKind.DELIVERY,
    "werk": LimitKind.STAFF, "beheer": LimitKind.STAFF, "indienen": LimitKind.VISITOR,
}  # fmt: skip

PLACES: Final = tuple((compile_path(path)[0], kind) for path, kind in DOORS.items())


class TooOften(ZaakspoorError):
    """U doet dit te vaak achter elkaar."""

    status = 429

    def __init__(self, until: datetime) -> None:
        """`until` is the moment from which it is allowed again."""
        super().__init__(f"U doet dit te vaak achter elkaar. Wacht tot {_when(until)}. Daarna kunt u verder.")
        self.seconds = max(1, math.ceil((until - datetime.now(UTC)).total_seconds()))


class Limits:
    """The limits of one application. What was refused is remembered until its window ends: a flood costs the database
    nothing more, and stands in the security log once per window and process.
    """

    def __init__(self, services: Services) -> None:
        self._limiter = FixedWindowRateLimiter(RateStorage(services))
        self._limits = limits_of(services.settings)
        self._refused: dict[str, float] = {}

    def count(self, kind: LimitKind, by: str, who: Actor | str = NOBODY) -> datetime | None:
        """Count one thing done `by` a person, link or address. None when it is allowed, else the moment to come back.

        `who` is the actor, for the security log. Raises Busy or NoRoom.
        """
        ends = (self._over(item, kind, by, who) for item in self._limits[kind])
        return next((datetime.fromtimestamp(end, UTC) for end in ends if end), None)

    def ends(self, kind: LimitKind, by: str) -> datetime | None:
        """The moment to come back for who has no try left of what is counted when it fails; None for who has. Counts nothing."""
        full = (item for item in self._limits[kind] if not self._limiter.test(item, kind, by))
        end = next((self._limiter.get_window_stats(item, kind, by).reset_time for item in full), None)
        return datetime.fromtimestamp(end, UTC) if end else None

    def _over(self, item: RateLimitItem, kind: LimitKind, by: str, who: Actor | str) -> float | None:
        key = item.key_for(kind, by)
        known = self._refused.get(key, 0)
        if known > time.time():
            return known
        if self._limiter.hit(item, kind, by):
            return None
        end = self._limiter.get_window_stats(item, kind, by).reset_time
        self._remember(key, end)
        security_event(SecurityEvent.LIMIT_REACHED, who=who, outcome=EventOutcome.REFUSED, kind=kind, most=item.amount)
        return end

    def _remember(self, key: str, end: float) -> None:
        if len(self._refused) >= REMEMBERED:
            now = time.time()
            self._refused = {known: until for known, until in self._refused.items() if until > now}
            if len(self._refused) >= REMEMBERED:
                self._refused.clear()
        self._refused[key] = end


def limits_of(settings: Settings) -> dict[LimitKind, list[RateLimitItem]]:
    """The limits of the table, with those of the settings in their place. Raises ValueError for what is no limit."""
    given = {LimitKind(kind): text for kind, _, text in (one.partition("=") for one in settings.limits)}
    return {kind: parse_many(text) for kind, text in {**LIMITS, **given}.items()}


def allow(request: Request, actor: Actor) -> None:
    """Count a change by this person or link, once per request; guards call it before the form is read. Raises TooOften."""
    if request.method in READS or getattr(request.state, "counted", False):
        return
    request.state.counted = True
    _refuse_after(_of(request).count(kind_of(request), f"{actor.kind}:{actor.subject}", actor))


def allow_visitor(request: Request) -> None:
    """Count a change by somebody who did not sign in, by address: a new visit costs nothing. Once per request. Raises TooOften."""
    if request.method in READS or getattr(request.state, "counted", False):
        return
    request.state.counted = True
    _refuse_after(_of(request).count(kind_of(request), network()))


def allow_address(kind: LimitKind, *, in_frames: bool = False) -> Callable[[Request], None]:
    """A dependency of a page that everybody may open and that costs something. Raises TooOften, and NotFound for what a page of another
    site asks for as a part of itself: its pictures would count for everybody behind the address of who looks at it. `in_frames`: such a
    page may hold this one in a frame.
    """

    def guard(request: Request) -> None:
        if request.headers.get("sec-fetch-site", "none") in OTHER_SITES and not _is_opened(
            request, in_frames=in_frames
        ):
            raise NotFound
        _refuse_after(_of(request).count(kind, network()))

    return guard


def _is_opened(request: Request, *, in_frames: bool) -> bool:
    """Whether the browser goes to this address, as far as it says (Fetch Metadata, 2.1 and 2.2)."""
    places = {"document", *(FRAMES if in_frames else ())}
    return request.headers.get("sec-fetch-mode") == "navigate" and request.headers.get("sec-fetch-dest") in places


def allow_asked(request: Request, kind: LimitKind, about: str) -> None:
    """Count something that is asked about this address by somebody of whom nobody knows who it is. Raises TooOften."""
    _refuse_after(_of(request).count(kind, about))


def refuse_without_tries(request: Request, actor: Actor) -> None:
    """Before somebody tries a code from a letter: nothing is tried, right or wrong, after too many wrong ones. Raises TooOften."""
    for kind, by in _tries_of(actor):
        _refuse_after(_of(request).ends(kind, by))


def count_wrong_code(request: Request, actor: Actor) -> None:
    """Count a wrong code from a letter, by person and by address."""
    for kind, by in _tries_of(actor):
        _of(request).count(kind, by, actor)


def _tries_of(actor: Actor) -> tuple[tuple[LimitKind, str], ...]:
    return (LimitKind.LETTER_CODE, f"{actor.kind}:{actor.subject}"), (LimitKind.LETTER_CODE_ADDRESS, network())


def count_failure(request: Request, kind: LimitKind) -> None:
    """Count what failed at a door that everybody may try. Raises TooOften for who fails all the time."""
    _refuse_after(_of(request).count(kind, network()))


def kind_of(request: Request) -> LimitKind:
    """The kind of change that is asked for at this door."""
    path = request.url.path
    face = FACES.get(path.split("/")[1], LimitKind.CHANGE)
    return next((kind for place, kind in PLACES if place.match(path)), face)


def _refuse_after(until: datetime | None) -> None:
    if until:
        raise TooOften(until)


def _of(request: Request) -> Limits:
    return cast("Limits", request.app.state.limits)


def _when(moment: datetime) -> str:
    """The first whole minute after this moment, in words; with its day when that is not today."""
    whole = moment + timedelta(minutes=1)
    return time_in_words(whole) if local_date(whole) == local_date(datetime.now(UTC)) else long_moment(whole)
