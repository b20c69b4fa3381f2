"""The data remembered between leaving for the identity provider and coming back: sealed in a short-lived cookie, one for each window."""

import hmac
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass, field

import orjson
from fastapi import Request
from starlette.responses import Response

from portal.security.sessions import cookie_name, drop_cookie, set_cookie
from portal.sign_on.errors import SignInFailed
from processes.base.secrets import SealBroken
from processes.base.settings import Settings
from processes.storage.services import Services
from processes.storage.words import SessionKind

COOKIE = "inloggen"
SECONDS = 900  # time enough to look for a telephone
COLUMN = "sign_in_journey"
NAMED = 12  # signs of the state that tell the cookies of several windows apart
MOST = 4  # windows in which one browser signs in at once: a browser sends every cookie along


def _random() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Journey:
    kind: SessionKind
    way: str
    back: str
    level: str = ""  # a level that is demanded beyond what the settings say, such as `high`
    state: str = field(default_factory=_random)
    nonce: str = field(default_factory=_random)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    started: float = field(default_factory=time.time)


def begun(request: Request, services: Services, state: str) -> Journey:
    """The journey of this browser that `state` belongs to. Raises SignInFailed when there is none, or it is too old."""
    journey = _unpacked(services, request.cookies.get(_name(services.settings, state)))
    if journey is None or not hmac.compare_digest(journey.state.encode(), state.encode()):
        raise SignInFailed
    if time.time() - journey.started > SECONDS:
        raise SignInFailed("Het inloggen duurde te lang. Begin opnieuw.")
    return journey


def remember(answer: Response, request: Request, services: Services, journey: Journey) -> None:
    """In a cookie of its own, beside those of other windows: who began twice comes back from either. The oldest go."""
    settings = services.settings
    begun_before = [name for name in request.cookies if name.startswith(_name(settings, ""))]
    kept = {name: found for name in begun_before if (found := _unpacked(services, request.cookies[name]))}
    newest = sorted(kept, key=lambda name: kept[name].started)[-MOST + 1 :]
    for name in (one for one in begun_before if one not in newest):
        drop_cookie(answer, settings, name)
    sealed = urlsafe_b64encode(services.secrets.seal(orjson.dumps(asdict(journey)), COLUMN)).decode()
    set_cookie(answer, settings, _name(settings, journey.state), sealed, SECONDS)


def forget(answer: Response, services: Services, journey: Journey) -> None:
    """It is over: somebody came in by it."""
    drop_cookie(answer, services.settings, _name(services.settings, journey.state))


def _name(settings: Settings, state: str) -> str:
    return cookie_name(settings, f"{COOKIE}-{state[:NAMED]}")


def _unpacked(services: Services, cookie: str | None) -> Journey | None:
    try:
        return Journey(**orjson.loads(services.secrets.open(urlsafe_b64decode(cookie or ""), COLUMN)))
    except (SealBroken, ValueError, TypeError):
        return None
