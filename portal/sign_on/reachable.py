"""Whether the provider of sign-in answers, and is the one of the settings: for `zaakspoor check`."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import httpx

from portal.sign_on.tokens import ALGORITHMS
from processes.base.broker_settings import Logout
from processes.base.setting_values import switch
from processes.base.settings import Settings
from processes.jobs.connections import NoConnection, Unfinished
from processes.storage.words import SessionKind

SECONDS: Final = 5.0
NO_LOGOUT: Final = "Zij noemt geen adres om uit te loggen (end_session_endpoint): wie hier uitlogt, blijft daar ingelogd. Vraag ernaar, of zet {variable} op off."
NO_MOMENT: Final = "Zij noemt auth_time niet bij de claims: vraag of het token zegt wanneer iemand inlogde. Zonder dat komt geen burger binnen."
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
    words = f"De inlogdienst antwoordt, met {len(keys)} {'sleutel' if len(keys) == 1 else 'sleutels'}."
    if missing := list(_missing(settings, kind, about)):
        raise Unfinished(" ".join((words, *missing)))
    return words


def _missing(settings: Settings, kind: SessionKind, about: Mapping[str, Any]) -> Iterator[str]:
    """All that we count on and the provider does not tell of. Of what it may leave out by the standard only what it lists counts."""
    oidc = settings.oidc
    if not about.get("end_session_endpoint") and oidc.get(f"{kind}_logout") != Logout.OFF:
        yield NO_LOGOUT.format(variable=f"ZAAKSPOOR_OIDC_{kind}_LOGOUT".upper())
    if not _lists(about, "code_challenge_methods_supported", "S256"):
        yield "Zij noemt PKCE met S256 niet, en dat vragen wij bij elke keer inloggen."
    if not _lists(about, "id_token_signing_alg_values_supported", *ALGORITHMS):
        yield f"Zij ondertekent op geen manier die wij aannemen ({', '.join(ALGORITHMS)}): niemand kan inloggen."
    says_when = kind == SessionKind.CITIZEN and switch(oidc.get("citizen_auth_time") or "on")
    if says_when and not _lists(about, "claims_supported", "auth_time"):
        yield NO_MOMENT


def _lists(about: Mapping[str, Any], name: str, *wanted: str) -> bool:
    told = about.get(name)
    return not isinstance(told, list) or any(one in told for one in wanted)
