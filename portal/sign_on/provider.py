"""One identity provider as we see it: where it lives, its answer to a code, and what it says of somebody later on."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx

from portal.sign_on.errors import CannotBeAsked, SignInFailed
from portal.sign_on.remembered import Remembered
from portal.sign_on.role_claims import ROLES_AS_THEY_ARE, RoleClaim
from portal.sign_on.tokens import check_id_token, check_logout_token, kid_of
from processes.base.errors import Busy
from processes.storage.staff_sessions import ProviderTokens

SECONDS = 5.0
NOT_REACHED = "De inlogdienst is nu even niet bereikbaar. Probeer het over een paar minuten opnieuw."
TOO_MANY, SERVER_ERRORS = 429, 500


@dataclass(frozen=True, slots=True)
class Provider:
    """`transport` is set only for the simulator, which lives in this same process; `known_as` is then its fixed name."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    transport: httpx.AsyncBaseTransport | None = None
    known_as: str = ""
    remembered: Remembered = field(default_factory=Remembered)
    roles: RoleClaim = ROLES_AS_THEY_ARE

    @property
    def accounts(self) -> str:
        """The issuer under which accounts are kept."""
        return self.known_as or self.issuer


def challenge_of(verifier: str) -> str:
    """The S256 challenge of RFC 7636."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


async def authorize_address(
    provider: Provider,
    *,
    state: str,
    nonce: str,
    verifier: str,
    acr: str = "",
    scope: str = "openid profile",
    anew: bool = False,
    says_when: bool = False,
) -> str:
    """The address to which the browser goes to sign in. `anew`: who is signed in there already does so once more. `says_when`: the
    provider tells when that was (Core 1.0, 3.1.2.1: a `max_age` obliges it to tell `auth_time`).
    """
    about = await _discover(provider)
    asked = {
        "response_type": "code", "client_id": provider.client_id, "redirect_uri": provider.redirect_uri,
        "scope": scope, "state": state, "nonce": nonce,
        "code_challenge": challenge_of(verifier), "code_challenge_method": "S256",
    }  # fmt: skip
    more = {"acr_values": acr, "prompt": "login" if anew else "", "max_age": "0" if says_when else ""}
    asked |= {name: value for name, value in more.items() if value}
    joint = "&" if "?" in about["authorization_endpoint"] else "?"
    return f"{about['authorization_endpoint']}{joint}{urlencode(asked)}"


async def claims_for(
    provider: Provider, *, code: str, verifier: str, nonce: str
) -> tuple[dict[str, Any], ProviderTokens]:
    """Exchange the code: the checked claims of the ID token, and with what to ask again. Raises SignInFailed or Busy."""
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": provider.redirect_uri,
        "code_verifier": verifier,
    }  # fmt: skip
    answer = await _token(provider, form)
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise SignInFailed
    claims = provider.roles.told(check_token(token, await _keys(provider, token), provider, nonce))
    return claims, _tokens(answer, ProviderTokens(provider.accounts, claims["sub"]))


def check_token(token: str, keys: dict[str, Any], provider: Provider, nonce: str) -> dict[str, Any]:
    """The claims of an ID token that is truly this provider's, for us, for this sign-in, and still valid."""
    return check_id_token(token, keys, provider.issuer, provider.client_id, nonce=nonce)


async def checked_logout(provider: Provider, token: str) -> dict[str, Any]:
    """The claims of a logout token of this provider. Raises TokenRefused, SignInFailed or Busy."""
    return check_logout_token(token, await _keys(provider, token), provider.issuer, provider.client_id)


async def is_of(provider: Provider, iss: str) -> bool:
    """Whether an answer that names its provider so is of this one (RFC 9207, 2.4): one that always names itself never leaves that out.

    Raises SignInFailed or Busy.
    """
    if iss:
        return iss == provider.issuer
    return (await _discover(provider)).get("authorization_response_iss_parameter_supported") is not True


async def end_session_address(provider: Provider) -> str:
    """Where somebody signs out at the provider too (RP-Initiated Logout 1.0, 2.1); empty where it has no such place.

    Raises SignInFailed or Busy.
    """
    return str((await _discover(provider)).get("end_session_endpoint") or "")


async def asked_again(provider: Provider, tokens: ProviderTokens) -> tuple[dict[str, Any], ProviderTokens]:
    """The claims of somebody now, as far as the provider tells them, and with what to ask the next time.

    Raises SignInFailed when it does not know this person or this sign-in any more, CannotBeAsked when it neither answers such a question nor tells
    of its own who is out, and Busy when it cannot be reached.
    """
    claims, fresh = await _told_now(provider, await _discover(provider), tokens)
    return provider.roles.at_last(claims), fresh


async def _told_now(
    provider: Provider, about: dict[str, Any], tokens: ProviderTokens
) -> tuple[dict[str, Any], ProviderTokens]:
    """From the userinfo endpoint, or else from a refresh: the first answer that tells roles, or the last one."""
    if tokens.access and about.get("userinfo_endpoint"):
        try:
            claims = await _person(provider, about, tokens)
        except SignInFailed:
            if not tokens.refresh:
                raise
        else:
            if isinstance(claims.get("roles"), list) or not tokens.refresh:
                return claims, tokens
    elif not tokens.refresh:
        if about.get("backchannel_logout_supported") is not True:
            raise CannotBeAsked
        return {}, tokens  # it offers no way to ask, and tells by itself who is out
    return await _refreshed(provider, about, tokens)


async def _refreshed(
    provider: Provider, about: dict[str, Any], tokens: ProviderTokens
) -> tuple[dict[str, Any], ProviderTokens]:
    answer = await _token(provider, {"grant_type": "refresh_token", "refresh_token": tokens.refresh})
    fresh, token = _tokens(answer, tokens), answer.get("id_token")
    claims: dict[str, Any] = {}
    if isinstance(token, str):
        keys = await _keys(provider, token)
        claims = provider.roles.told(
            check_id_token(token, keys, provider.issuer, provider.client_id, subject=tokens.subject)
        )
    if not isinstance(claims.get("roles"), list) and fresh.access and about.get("userinfo_endpoint"):
        claims = await _person(provider, about, fresh)
    return claims, fresh


async def _person(provider: Provider, about: dict[str, Any], tokens: ProviderTokens) -> dict[str, Any]:
    """The answer of the userinfo endpoint, which counts only when it is about the same person (Core 5.3.2)."""
    claims = await _ask(provider, "GET", about["userinfo_endpoint"], bearer=tokens.access)
    if claims.get("sub") != tokens.subject:
        raise SignInFailed
    return provider.roles.told(claims)


def _tokens(answer: dict[str, Any], before: ProviderTokens) -> ProviderTokens:
    """The tokens of an answer; a provider that gives no new refresh token lets the old one live."""
    access, refresh, told = (str(answer.get(f"{one}_token") or "") for one in ("access", "refresh", "id"))
    lasting = (refresh or before.refresh, told or before.sign_out_with)
    return ProviderTokens(before.issuer, before.subject, access, *lasting)


async def _token(provider: Provider, form: dict[str, str]) -> dict[str, Any]:
    about = await _discover(provider)
    secret = httpx.BasicAuth(provider.client_id, provider.client_secret) if provider.client_secret else None
    return await _ask(
        provider, "POST", about["token_endpoint"], data={**form, "client_id": provider.client_id}, auth=secret
    )


async def _keys(provider: Provider, token: str) -> dict[str, Any]:
    about = await _discover(provider)
    address = about["jwks_uri"]
    return await provider.remembered.keys(address, kid_of(token), lambda: _ask(provider, "GET", address))


async def _discover(provider: Provider) -> dict[str, Any]:
    address = f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"
    return await provider.remembered.get(address, lambda: _about(provider, address))


async def _about(provider: Provider, address: str) -> dict[str, Any]:
    about = await _ask(provider, "GET", address)
    if about.get("issuer") != provider.issuer:
        raise SignInFailed("De inlogdienst noemt zich anders dan hier is ingesteld. Meld dit aan de beheerder.")
    return about


async def _ask(provider: Provider, method: str, address: str, *, bearer: str = "", **more: Any) -> dict[str, Any]:
    headers = {"Accept": "application/json", **({"Authorization": f"Bearer {bearer}"} if bearer else {})}
    try:
        async with httpx.AsyncClient(transport=provider.transport, timeout=SECONDS) as client:
            answer = await client.request(method, address, headers=headers, **more)
        if answer.status_code >= SERVER_ERRORS or answer.status_code == TOO_MANY:
            raise Busy(NOT_REACHED)
        if answer.status_code != 200:  # noqa: PLR2004
            raise SignInFailed
        found = answer.json()
    except httpx.HTTPError as error:
        raise Busy(NOT_REACHED) from error
    except ValueError as error:
        raise SignInFailed from error
    if not isinstance(found, dict):
        raise SignInFailed
    return found
