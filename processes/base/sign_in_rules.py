"""The settings of sign-in that production refuses: no provider, one without TLS, no secret, no key; each with what to do."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from processes.base.saml_settings import SAML, WAYS, saml_value, saml_ways
from processes.base.settings import OIDC, Face, Settings, WrongSetting, variable

STAFF_FACES: Final = {Face.WORKBENCH, Face.ADMIN}
OTHERS: Final = stat.S_IROTH | stat.S_IWOTH


def unsafe_sign_in(settings: Settings) -> Iterator[WrongSetting]:
    """All that is wrong with how people sign in, for those who sign in at this process."""
    citizens = Face.CITIZEN in settings.faces
    by_saml = saml_ways(settings.saml) if citizens else ()
    wanted = {
        "citizen": citizens and not by_saml,  # over SAML there may be a broker for the other ways, but it is not needed
        "staff": bool(STAFF_FACES.intersection(settings.faces)),
    }
    for kind, needed in wanted.items():
        yield from _issuer(settings, kind, needed=needed)
    if any(needed and not _client_secret(settings, kind) for kind, needed in wanted.items()):
        yield _wrong(f"{OIDC}client_secret", "is leeg. Vul het geheim in dat de inlogdienst u gaf.")
    for way in by_saml:
        yield from _files(settings, way)
    yield from _without_provider(settings)


def _issuer(settings: Settings, kind: str, *, needed: bool) -> Iterator[WrongSetting]:
    name, issuer = f"{OIDC}{kind}_issuer", settings.oidc.get(f"{kind}_issuer", "")
    if needed and not issuer:
        yield _wrong(name, "is leeg, en in productie is er geen simulator. Noem uw inlogdienst.")
    elif issuer and not issuer.startswith("https://"):
        yield _wrong(name, "moet beginnen met https://: over http kan een ander zich voor de inlogdienst uitgeven.")


def _client_secret(settings: Settings, kind: str) -> str:
    return settings.oidc.get(f"{kind}_client_secret") or settings.oidc.get("client_secret", "")


def _files(settings: Settings, way: str) -> Iterator[WrongSetting]:
    """A way over SAML has a key to sign with, and nobody else on the machine reads it."""
    if not saml_value(settings.saml, way, "keys"):
        yield _wrong(
            f"{SAML}{way}_keys", "is leeg. Noem het bestand met uw sleutel en certificaat (of zet ZAAKSPOOR_SAML_KEYS)."
        )
    for of in ("metadata", "keys", "tls", "authorities"):
        for place in map(Path, saml_value(settings.saml, way, of).split()):
            if not place.is_file():
                yield _wrong(
                    _named(settings, way, of), f"noemt {place}, en dat bestand is er niet. Controleer het pad."
                )
            elif of in {"keys", "tls"} and place.stat().st_mode & OTHERS:
                yield _wrong(
                    _named(settings, way, of),
                    f"noemt {place}, en iedereen op deze machine kan dat lezen. Doe: chmod o= {place}",
                )


def _named(settings: Settings, way: str, of: str) -> str:
    """The setting that was used: that of the way, or that of all ways."""
    return f"{SAML}{way}_{of}" if settings.saml.get(f"{way}_{of}") else f"{SAML}{of}"


def _without_provider(settings: Settings) -> Iterator[WrongSetting]:
    """A setting of a way without the metadata of its provider does nothing: somebody expects a sign-in that is not there."""
    for way in WAYS:
        if saml_value(settings.saml, way, "metadata"):
            continue
        for name in sorted(one for one in settings.saml if one.startswith(f"{way}_")):
            yield _wrong(
                f"{SAML}{name}", f"doet niets zolang ZAAKSPOOR_SAML_{way.upper()}_METADATA leeg is. Vul die in."
            )


def _wrong(name: str, sentence: str) -> WrongSetting:
    return WrongSetting(variable(name), sentence)
