"""Chooses the provider of a sign-in: the one in the settings, else in the demo the simulator in this same process."""

import httpx
from fastapi import Request

from portal.sign_on.errors import NoProvider
from portal.sign_on.provider import Provider
from processes.base.settings import Settings
from processes.storage.words import SessionKind

CALLBACK = "/inloggen/terug"
SIMULATOR = "/demo/aanmelden"


def simulator_on(settings: Settings) -> bool:
    """The built-in provider stands in where no real one is set, and never in production."""
    return not settings.production and (settings.demo or not settings.oidc)


def own_base(request: Request, settings: Settings) -> str:
    """Our own address. The demo may be opened under any name; elsewhere only the setting counts."""
    return str(request.base_url).rstrip("/") if simulator_on(settings) else settings.public_url.rstrip("/")


def provider_for(request: Request, settings: Settings, kind: SessionKind) -> Provider:
    base = own_base(request, settings)
    issuer = settings.oidc.get(f"{kind}_issuer", "")
    if issuer:
        client_id = settings.oidc.get(f"{kind}_client_id") or settings.oidc.get("client_id", "zaakspoor")
        secret = settings.oidc.get(f"{kind}_client_secret") or settings.oidc.get("client_secret", "")
        return Provider(issuer, client_id, secret, base + CALLBACK)
    if not simulator_on(settings):
        raise NoProvider
    # called inside the process: a server with a single worker thread would otherwise wait for itself
    inside = httpx.ASGITransport(app=request.app)
    return Provider(base + SIMULATOR, f"zaakspoor-{kind}", "", base + CALLBACK, inside)
