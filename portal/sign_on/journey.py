"""The data remembered between leaving for the identity provider and coming back: sealed in a short-lived cookie."""

import hmac
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass, field

import orjson

from portal.sign_on.errors import SignInFailed
from processes.base.secrets import SealBroken
from processes.storage.services import Services
from processes.storage.words import SessionKind

COOKIE = "inloggen"
SECONDS = 900  # time enough to look for a telephone
COLUMN = "sign_in_journey"


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


def pack(services: Services, journey: Journey) -> str:
    return urlsafe_b64encode(services.secrets.seal(orjson.dumps(asdict(journey)), COLUMN)).decode()


def unpack(services: Services, cookie: str | None, state: str) -> Journey:
    """The journey of this browser. Raises SignInFailed when it is not the one that `state` belongs to, or too old."""
    try:
        journey = Journey(**orjson.loads(services.secrets.open(urlsafe_b64decode(cookie or ""), COLUMN)))
    except (SealBroken, ValueError, TypeError) as error:
        raise SignInFailed from error
    if not hmac.compare_digest(journey.state.encode(), state.encode()):
        raise SignInFailed
    if time.time() - journey.started > SECONDS:
        raise SignInFailed("Het inloggen duurde te lang. Begin opnieuw.")
    return journey
