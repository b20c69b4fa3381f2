"""The provider itself: clients, one-time codes and signed ID tokens. As strict as a real one where that matters.

A code works once, for a minute, only for the client and address it was made for, and only with the PKCE verifier.
"""

import hmac
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from portal.sign_on.provider import challenge_of
from processes.demo.people import Citizen, Employee, citizen, employee

CODE_SECONDS = 60
TOKEN_SECONDS = 300
CLIENTS = ("zaakspoor-citizen", "zaakspoor-staff")


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


@dataclass(frozen=True, slots=True)
class _Code:
    asked: AuthorizationRequest
    person: Citizen | Employee
    until: float


@dataclass
class Simulator:
    """Keeps its key and codes in memory: a restart signs no one out, it only makes half-way sign-ins start again."""

    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "demo", "use": "sig"}))
    codes: dict[str, _Code] = field(default_factory=dict)

    def check(self, asked: AuthorizationRequest, own_callback: str, kind: str, method: str) -> None:
        """Raises Refused for a request of an unknown client, to another address, or without PKCE."""
        if asked.client_id not in CLIENTS or not hmac.compare_digest(asked.redirect_uri, own_callback):
            raise AuthorizationRefused("invalid_client")
        if kind != "code" or method != "S256" or not asked.challenge or not asked.nonce or not asked.state:
            raise AuthorizationRefused("invalid_request")

    def code_for(self, asked: AuthorizationRequest, person: str) -> str:
        found = employee(person) if asked.client_id == "zaakspoor-staff" else citizen(person)
        if found is None:
            raise AuthorizationRefused("access_denied")
        now = time.time()
        self.codes = {code: kept for code, kept in self.codes.items() if kept.until > now}
        code = secrets.token_urlsafe(24)
        self.codes[code] = _Code(asked, found, now + CODE_SECONDS)
        return code

    def token_for(self, form: dict[str, str], issuer: str) -> dict[str, Any]:
        """The token answer. The code is spent by the attempt, also when the attempt is refused."""
        kept = self.codes.pop(form.get("code", ""), None)
        if form.get("grant_type") != "authorization_code":
            raise AuthorizationRefused("unsupported_grant_type")
        if kept is None or kept.until < time.time():
            raise AuthorizationRefused("invalid_grant")
        if (form.get("client_id"), form.get("redirect_uri")) != (kept.asked.client_id, kept.asked.redirect_uri):
            raise AuthorizationRefused("invalid_grant")
        if not hmac.compare_digest(challenge_of(form.get("code_verifier", "")), kept.asked.challenge):
            raise AuthorizationRefused("invalid_grant")
        return {
            "token_type": "Bearer",
            "access_token": secrets.token_urlsafe(24),
            "expires_in": TOKEN_SECONDS,
            "id_token": self._sign(kept, issuer),
        }

    def public_keys(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def _sign(self, kept: _Code, issuer: str) -> str:
        now = int(time.time())
        fixed = {
            "iss": issuer, "aud": kept.asked.client_id, "iat": now, "exp": now + TOKEN_SECONDS,
            "nonce": kept.asked.nonce,
        }  # fmt: skip
        return jwt.encode({"alg": "ES256", "kid": "demo"}, fixed | claims_of(kept.person), self.key)


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
