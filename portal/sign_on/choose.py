"""Chooses the provider of a sign-in: the one in the settings, else in the demo the simulator in this same process."""

from typing import cast

import httpx
from starlette.requests import HTTPConnection

from portal.sign_on.errors import NoProvider
from portal.sign_on.identity import WAYS, Demands
from portal.sign_on.provider import Provider
from portal.sign_on.remembered import Remembered
from portal.sign_on.role_claims import ROLES_AS_THEY_ARE, role_claim
from processes.base.saml_settings import saml_ways
from processes.base.settings import Face, Settings
from processes.storage.sign_in import SIMULATED
from processes.storage.words import SessionKind

CALLBACK = "/inloggen/terug"
SIMULATOR = "/demo/aanmelden"
# the faces behind which somebody signs in; a process that shows none of them has no such sign-in
FACES = {
    SessionKind.CITIZEN: frozenset({Face.CITIZEN}),
    SessionKind.STAFF: frozenset({Face.WORKBENCH, Face.ADMIN}),
}


def simulator_on(settings: Settings) -> bool:
    """The built-in provider stands in where no real one is set, and never in production."""
    return not settings.production and (settings.demo or not settings.oidc)


def kinds_of(settings: Settings) -> tuple[SessionKind, ...]:
    """The kinds of people who sign in at this process."""
    return tuple(kind for kind, faces in FACES.items() if faces.intersection(settings.faces))


def ways_of(settings: Settings) -> tuple[str, ...]:
    """The ways in which citizens sign in here: a broker gives all of them, SAML those that were set."""
    by_broker = settings.oidc.get("citizen_issuer") or simulator_on(settings)
    return tuple(way for way in WAYS if by_broker or way in saml_ways(settings.saml))


def demands_of(settings: Settings) -> Demands:
    """How strongly staff must have signed in."""
    acr, amr = (settings.oidc.get(name, "") for name in ("staff_acr", "staff_amr"))
    return Demands(tuple(acr.split()), tuple(amr.split()))


def own_base(request: HTTPConnection, settings: Settings) -> str:
    """Our own address. The demo may be opened under any name; elsewhere only the setting counts."""
    return str(request.base_url).rstrip("/") if simulator_on(settings) else settings.public_url.rstrip("/")


def provider_for(request: HTTPConnection, settings: Settings, kind: SessionKind) -> Provider:
    """The provider of this kind of people. Raises NoProvider."""
    base, remembered = own_base(request, settings), _remembered(request)
    issuer = settings.oidc.get(f"{kind}_issuer", "")
    if issuer:
        client_id = settings.oidc.get(f"{kind}_client_id") or settings.oidc.get("client_id", "zaakspoor")
        secret = settings.oidc.get(f"{kind}_client_secret") or settings.oidc.get("client_secret", "")
        roles = role_claim(settings.oidc) if kind == SessionKind.STAFF else ROLES_AS_THEY_ARE
        return Provider(issuer, client_id, secret, base + CALLBACK, remembered=remembered, roles=roles)
    if not simulator_on(settings):
        raise NoProvider
    # called inside the process: a server with a single worker thread would otherwise wait for itself
    inside = httpx.ASGITransport(app=request.app)
    return Provider(base + SIMULATOR, f"zaakspoor-{kind}", "", base + CALLBACK, inside, SIMULATED, remembered)


def _remembered(request: HTTPConnection) -> Remembered:
    """One for each application, as the simulator in it has keys of its own."""
    return cast("Remembered", request.app.state.remembered)
