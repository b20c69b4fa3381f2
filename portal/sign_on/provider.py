"""One identity provider as we see it: where it lives, and its answer to a code, checked.

Checked of every ID token: signature by a key of the issuer, issuer, audience, expiry and the nonce of this sign-in.
"""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from portal.sign_on.errors import SignInFailed
from processes.base.errors import Busy

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
LEEWAY_SECONDS = 60  # clocks of two organisations differ
SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Provider:
    """`transport` is set only for the simulator, which lives in this same process."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    transport: httpx.AsyncBaseTransport | None = None


def challenge_of(verifier: str) -> str:
    """The S256 challenge of RFC 7636."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


async def authorize_address(
    provider: Provider, *, state: str, nonce: str, verifier: str, acr: str = "", scope: str = "openid profile"
) -> str:
    """The address to which the browser goes to sign in."""
    about = await _discover(provider)
    asked = {
        "response_type": "code", "client_id": provider.client_id, "redirect_uri": provider.redirect_uri,
        "scope": scope, "state": state, "nonce": nonce,
        "code_challenge": challenge_of(verifier), "code_challenge_method": "S256",
    }  # fmt: skip
    if acr:
        asked["acr_values"] = acr
    joint = "&" if "?" in about["authorization_endpoint"] else "?"
    return f"{about['authorization_endpoint']}{joint}{urlencode(asked)}"


async def claims_for(provider: Provider, *, code: str, verifier: str, nonce: str) -> dict[str, Any]:
    """Exchange the code and give the checked claims of the ID token. Raises SignInFailed or Busy."""
    about = await _discover(provider)
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": provider.redirect_uri,
        "code_verifier": verifier, "client_id": provider.client_id,
    }  # fmt: skip
    secret = httpx.BasicAuth(provider.client_id, provider.client_secret) if provider.client_secret else None
    answer = await _ask(provider, "POST", about["token_endpoint"], data=form, auth=secret)
    keys = await _ask(provider, "GET", about["jwks_uri"])
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise SignInFailed
    return check_token(token, keys, provider, nonce)


def check_token(token: str, keys: dict[str, Any], provider: Provider, nonce: str) -> dict[str, Any]:
    """The claims of an ID token that is truly this provider's, for us, for this sign-in, and still valid."""
    try:
        decoded = jwt.decode(token, KeySet.import_key_set({"keys": keys["keys"]}), algorithms=ALGORITHMS)
        registry = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": provider.issuer},
            aud={"essential": True, "value": provider.client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        registry.validate(decoded.claims)
    except (JoseError, KeyError, ValueError, TypeError) as error:
        raise SignInFailed from error
    if isinstance(decoded.claims["aud"], list) and decoded.claims.get("azp", provider.client_id) != provider.client_id:
        raise SignInFailed
    return dict(decoded.claims)


async def _discover(provider: Provider) -> dict[str, Any]:
    about = await _ask(provider, "GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if about.get("issuer") != provider.issuer:
        raise SignInFailed("De inlogdienst noemt zich anders dan hier is ingesteld. Meld dit aan de beheerder.")
    return about


async def _ask(provider: Provider, method: str, address: str, **more: Any) -> dict[str, Any]:
    try:
        async with httpx.AsyncClient(transport=provider.transport, timeout=SECONDS) as client:
            answer = await client.request(method, address, headers={"Accept": "application/json"}, **more)
        if answer.status_code >= 500:  # noqa: PLR2004 - server errors
            raise Busy("De inlogdienst is nu even niet bereikbaar. Probeer het over een paar minuten opnieuw.")
        if answer.status_code != 200:  # noqa: PLR2004
            raise SignInFailed
        found: dict[str, Any] = answer.json()
    except httpx.HTTPError as error:
        raise Busy("De inlogdienst is nu even niet bereikbaar. Probeer het over een paar minuten opnieuw.") from error
    except ValueError as error:
        raise SignInFailed from error
    return found
