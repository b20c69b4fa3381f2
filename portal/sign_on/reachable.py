"""Whether the provider of sign-in answers, and is the one of the settings: for `zaakspoor check`."""

from typing import Final

import httpx

from processes.base.settings import Settings
from processes.jobs.connections import NoConnection
from processes.storage.words import SessionKind

SECONDS: Final = 5.0
PLACES: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def try_citizens(settings: Settings) -> str:
    return _try(settings, SessionKind.CITIZEN)


def try_staff(settings: Settings) -> str:
    return _try(settings, SessionKind.STAFF)


def _try(settings: Settings, kind: SessionKind) -> str:
    """Asks for what the provider tells of itself (OpenID Connect Discovery) and for its keys."""
    issuer = settings.oidc.get(f"{kind}_issuer", "")
    if not issuer:
        return "Er is geen inlogdienst ingesteld."
    try:
        with httpx.Client(timeout=SECONDS) as client:
            about = client.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration").raise_for_status().json()
            if about["issuer"] != issuer:
                raise NoConnection(f"De inlogdienst noemt zich '{about['issuer']}', en dat is niet wat hier staat.")
            if any(settings.production and not about[name].startswith("https://") for name in PLACES):
                raise NoConnection("De inlogdienst noemt adressen zonder https.")
            keys = client.get(about["jwks_uri"]).raise_for_status().json()["keys"]
    except httpx.HTTPError as error:
        raise NoConnection(f"De inlogdienst antwoordt niet zoals het hoort ({type(error).__name__}).") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoConnection("Op dit adres staat geen inlogdienst van OpenID Connect.") from error
    return f"De inlogdienst antwoordt, met {len(keys)} sleutels."
