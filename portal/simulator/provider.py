"""The provider itself: clients, one-time codes, signed tokens, and what it says of its people later on.

As strict as a real one where that matters. A code works once, for a minute, only for the client and address it was made for, and
only with the PKCE verifier. Access and refresh tokens are sealed with the secret of the installation, so that a restart signs
nobody out; roles that were taken away are forgotten by it.
"""

import hmac
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import orjson
from joserfc import jwt
from joserfc.jwk import ECKey

from portal.sign_on.provider import challenge_of
from portal.sign_on.tokens import LOGOUT
from portal.simulator.variants import AS_USUAL, FAILURE, told_otherwise
from processes.base.saml_settings import LEVELS
from processes.base.secrets import SealBroken, Secrets
from processes.demo.people import Citizen, Employee, citizen, employee

CODE_SECONDS = 60
TOKEN_SECONDS = 300
CLIENTS = ("zaakspoor-citizen", "zaakspoor-staff")
SEALED = "simulator_token"


class AuthorizationRefused(Exception):
    """The request breaks the protocol; the text is the OAuth error code."""


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """A checked authorization request."""

    client_id: str
    redirect_uri: str
    state: str
    nonce: str
    challenge: str
    way: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class _Code:
    asked: AuthorizationRequest
    person: Citizen | Employee
    until: float
    variant: str


@dataclass
class Simulator:
    """Keeps its key, codes and changed roles in memory. `roles`: those that an employee has now, where they were changed."""

    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "demo", "use": "sig"}))
    codes: dict[str, _Code] = field(default_factory=dict)
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)

    def check(self, asked: AuthorizationRequest, own_callback: str, kind: str, method: str) -> None:
        """Raises Refused for a request of an unknown client, to another address, or without PKCE."""
        if asked.client_id not in CLIENTS or not hmac.compare_digest(asked.redirect_uri, own_callback):
            raise AuthorizationRefused("invalid_client")
        if kind != "code" or method != "S256" or not asked.challenge or not asked.nonce or not asked.state:
            raise AuthorizationRefused("invalid_request")

    def code_for(self, asked: AuthorizationRequest, person: str, variant: str = AS_USUAL) -> str:
        """A code for somebody; `variant` is what is told of a citizen (`portal.simulator.variants`). Raises AuthorizationRefused."""
        found = employee(person) if asked.client_id == "zaakspoor-staff" else citizen(person)
        if found is None or (isinstance(found, Employee) and found.username in self.closed):
            raise AuthorizationRefused("access_denied")
        if variant == FAILURE:
            raise AuthorizationRefused("server_error")
        now = time.time()
        self.codes = {code: kept for code, kept in self.codes.items() if kept.until > now}
        code = secrets.token_urlsafe(24)
        self.codes[code] = _Code(asked, found, now + CODE_SECONDS, variant)
        return code

    def token_for(self, form: dict[str, str], issuer: str, sealing: Secrets) -> dict[str, Any]:
        """The token answer. A code is spent by the attempt, also when the attempt is refused."""
        kept = self.codes.pop(form.get("code", ""), None)
        if form.get("grant_type") == "refresh_token":
            return self._again(form, issuer, sealing)
        if form.get("grant_type") != "authorization_code":
            raise AuthorizationRefused("unsupported_grant_type")
        if kept is None or kept.until < time.time():
            raise AuthorizationRefused("invalid_grant")
        if (form.get("client_id"), form.get("redirect_uri")) != (kept.asked.client_id, kept.asked.redirect_uri):
            raise AuthorizationRefused("invalid_grant")
        if not hmac.compare_digest(challenge_of(form.get("code_verifier", "")), kept.asked.challenge):
            raise AuthorizationRefused("invalid_grant")
        sid = secrets.token_urlsafe(12)
        level = {"loa": kept.asked.level} if kept.asked.level in LEVELS else {}  # whoever is asked for a level has it
        told = told_otherwise({**self.claims_now(kept.person), **level}, kept.variant)
        # it knows nobody from before: whoever chooses a person signs in at that moment
        claims = {"auth_time": int(kept.until - CODE_SECONDS), **told, "sid": sid, "nonce": kept.asked.nonce}
        return self._answer(claims, kept.asked.client_id, issuer, sealing)

    def person_of(self, access_token: str, sealing: Secrets) -> dict[str, Any]:
        """The userinfo answer: the claims as they are now. Raises AuthorizationRefused for who may not come in any more."""
        known = _opened(access_token, "access", sealing)
        if known["until"] < time.time():
            raise AuthorizationRefused("invalid_token")
        return self._claims_of(known["sub"])

    def logout_token(self, username: str, issuer: str) -> str:
        """The token that tells that an employee signed out everywhere (back-channel logout)."""
        now = int(time.time())
        claims = {
            "iss": issuer, "aud": "zaakspoor-staff", "iat": now, "exp": now + 120, "jti": secrets.token_urlsafe(16),
            "sub": username, "events": {LOGOUT: {}},
        }  # fmt: skip
        return jwt.encode({"alg": "ES256", "kid": "demo", "typ": "logout+jwt"}, claims, self.key)

    def change(self, username: str, roles: Collection[str], *, closed: bool) -> None:
        """Give an employee other roles from now on, or close or open the account."""
        self.roles[username] = tuple(roles)
        (self.closed.add if closed else self.closed.discard)(username)

    def public_keys(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def claims_now(self, person: Citizen | Employee) -> dict[str, Any]:
        """The claims of somebody, with the roles of now."""
        claims = claims_of(person)
        if isinstance(person, Employee):
            claims["roles"] = list(self.roles.get(person.username, person.roles))
        return claims

    def _again(self, form: dict[str, str], issuer: str, sealing: Secrets) -> dict[str, Any]:
        known = _opened(form.get("refresh_token", ""), "refresh", sealing)
        if form.get("client_id") != known["client"]:
            raise AuthorizationRefused("invalid_grant")
        return self._answer(self._claims_of(known["sub"]), known["client"], issuer, sealing)

    def _claims_of(self, username: str) -> dict[str, Any]:
        found = employee(username)
        if found is None or username in self.closed:
            raise AuthorizationRefused("invalid_token")
        return self.claims_now(found)

    def _answer(self, claims: dict[str, Any], client: str, issuer: str, sealing: Secrets) -> dict[str, Any]:
        now = int(time.time())
        fixed = {"iss": issuer, "aud": client, "iat": now, "exp": now + TOKEN_SECONDS}
        known = {"sub": claims["sub"], "client": client, "until": now + TOKEN_SECONDS}
        answer = {
            "token_type": "Bearer", "expires_in": TOKEN_SECONDS, "access_token": _sealed(known, "access", sealing),
            "id_token": jwt.encode({"alg": "ES256", "kid": "demo"}, fixed | claims, self.key),
        }  # fmt: skip
        return answer | {"refresh_token": _sealed(known, "refresh", sealing)}


def claims_of(person: Citizen | Employee) -> dict[str, Any]:
    """The claims that a broker would give of this person."""
    if isinstance(person, Employee):
        return {
            "sub": person.username, "preferred_username": person.username, "name": person.name,
            "roles": list(person.roles), "email": person.email,
        }  # fmt: skip
    claims = {"bsn": person.bsn, "kvk": person.kvk, "eidas_id": person.eidas}
    known = {name: value for name, value in claims.items() if value}
    return {"sub": f"demo-{person.key}", "name": person.name, "loa": "substantial", **known}


def _sealed(known: dict[str, Any], use: str, sealing: Secrets) -> str:
    return urlsafe_b64encode(sealing.seal(orjson.dumps({**known, "use": use}), SEALED)).decode()


def _opened(token: str, use: str, sealing: Secrets) -> dict[str, Any]:
    try:
        known: dict[str, Any] = orjson.loads(sealing.open(urlsafe_b64decode(token.encode()), SEALED))
    except (SealBroken, ValueError) as error:
        raise AuthorizationRefused("invalid_token") from error
    if known["use"] != use:
        raise AuthorizationRefused("invalid_token")
    return known
