"""Tokens of a provider, checked: ID tokens at a sign-in or a refresh, and logout tokens that end sessions from behind.

Sources: OpenID Connect Core 1.0 (3.1.3.7, 12.2) and OpenID Connect Back-Channel Logout 1.0 (2.4 to 2.6).
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import orjson
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet
from joserfc.util import urlsafe_b64decode

from portal.sign_on.errors import NotAnew, SignInFailed, TokenRefused

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
LEEWAY_SECONDS = 60  # clocks of two organisations differ
LOGOUT_SECONDS = 300  # a logout token is used at once; an older one was kept by somebody
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_TYPES = {None, "JWT", "logout+jwt"}
LONGEST = 20_000  # characters


def kid_of(token: str) -> str | None:
    """The key that a token says it was signed with. It is not checked yet: only good to look the key up."""
    return _unchecked(token.partition(".")[0], "kid")


def issuer_of(token: str) -> str | None:
    """The provider that a token says it is of. It is not checked yet: only good to choose the provider that must have signed it."""
    return _unchecked(token.partition(".")[2].partition(".")[0], "iss")


def _unchecked(part: str, name: str) -> str | None:
    """A text in one part of a token that nobody has checked; None when it is not there, or cannot be read."""
    try:
        found = orjson.loads(urlsafe_b64decode(part[:LONGEST].encode())).get(name)
    except (ValueError, AttributeError, TypeError):
        return None
    return found if isinstance(found, str) else None


def check_id_token(
    token: str, keys: dict[str, Any], issuer: str, client_id: str, *, nonce: str | None = None, subject: str = ""
) -> dict[str, Any]:
    """The claims of an ID token that is truly of this issuer, for us, and still valid.

    `nonce` is that of this sign-in; at a refresh there is none, and `subject` says whose token it must be. Raises SignInFailed.
    """
    own: dict[str, Any] = {"nonce": {"essential": True, "value": nonce}} if nonce is not None else {}
    whose: dict[str, Any] = {"essential": True, "value": subject} if subject else {"essential": True}
    try:
        claims = _decoded(token, keys).claims
        _registry(issuer, client_id, exp={"essential": True}, iat={"essential": True}, sub=whose, **own).validate(
            claims
        )
    except (JoseError, KeyError, ValueError, TypeError) as error:
        raise SignInFailed from error
    if not _for_us(claims, client_id) or not isinstance(claims["sub"], str):
        raise SignInFailed
    return dict(claims)


def check_anew(claims: dict[str, Any], since: float) -> None:
    """Somebody signed in at the provider itself after they left for it (`since`, seconds since 1970). Raises NotAnew, also where the
    provider does not say when, though it was asked (Core 1.0, 3.1.2.1): an address that says to sign in anew can be changed by who
    sits at the computer, a signed token cannot.
    """
    then = claims.get("auth_time")
    if isinstance(then, bool) or not isinstance(then, int | float) or then < since - LEEWAY_SECONDS:
        raise NotAnew


def check_logout_token(token: str, keys: dict[str, Any], issuer: str, client_id: str) -> dict[str, Any]:
    """The claims of a logout token: `jti`, and `sub` or `sid` or both. Raises TokenRefused with the reason.

    That it is used once is for the caller to see.
    """
    try:
        decoded = _decoded(token, keys)
        claims = dict(decoded.claims)
        _registry(
            issuer, client_id, iat={"essential": True}, exp={"essential": True}, jti={"essential": True}
        ).validate(claims)
    except (JoseError, KeyError, ValueError, TypeError) as error:
        raise TokenRefused(type(error).__name__) from error
    if wrong := _wrong_logout(decoded.header, claims, client_id):
        raise TokenRefused(wrong)
    return claims


def _wrong_logout(header: dict[str, Any], claims: dict[str, Any], client_id: str) -> str | None:
    """The first rule that the token breaks, as a word; None when it breaks none."""
    events = claims.get("events")
    named = [claims.get(one) for one in ("sub", "sid") if claims.get(one) is not None]
    broken = {
        "type": header.get("typ") not in LOGOUT_TYPES,
        "events": not (isinstance(events, dict) and isinstance(events.get(LOGOUT), dict)),
        "nonce": "nonce" in claims,
        "nobody": not named or not all(isinstance(one, str) and one for one in named),
        "jti": not (isinstance(claims["jti"], str) and claims["jti"]),
        "old": time.time() - claims["iat"] > LOGOUT_SECONDS + LEEWAY_SECONDS,
        "audience": not _for_us(claims, client_id),
    }
    return next((rule for rule, is_broken in broken.items() if is_broken), None)


def _decoded(token: str, keys: dict[str, Any]) -> jwt.Token:
    if len(token) > LONGEST:
        raise ValueError("a token this long is none")
    return jwt.decode(token, KeySet([*_readable(keys["keys"])]), algorithms=ALGORITHMS)


def _readable(keys: Iterable[Any]) -> Iterator[Key]:
    """The keys of a provider that we can read: one of a kind that nobody here knows says nothing of the others (RFC 7517, 5)."""
    for one in keys:
        with suppress(JoseError, KeyError, ValueError, TypeError, AttributeError):
            yield from KeySet.import_key_set({"keys": [one]}).keys


def _registry(issuer: str, client_id: str, **more: Any) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client_id},
        **more,
    )


def _for_us(claims: dict[str, Any], client_id: str) -> bool:
    """Whether the token was made for us: of several audiences, `azp` must name the one that it was made for."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    return claims.get("azp") == client_id if several else claims.get("azp", client_id) == client_id
