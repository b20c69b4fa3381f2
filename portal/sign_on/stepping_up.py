"""The way up for who signed in below the level of a case (C20): where one press begins a stronger sign-in, when there is any."""

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlencode

from portal.sign_on.broker_claims import claim_names
from portal.sign_on.choose import ways_of
from portal.sign_on.identity import way_of
from portal.sign_on.saml.ways import saml_way
from processes.base.settings import Settings

START: Final = "/inloggen/start"


def address_up(settings: Settings, identity: Mapping[str, str], level: str, back: str) -> str:
    """Where somebody with this identity begins to sign in at `level`, to come back to `back`; empty when no way of theirs leads there."""
    way = next((one for one in _ways(identity) if one in ways_of(settings) and _reaches(settings, one, level)), "")
    return f"{START}/{way}?{urlencode({'niveau': level, 'terug': back})}" if way else ""


def _ways(identity: Mapping[str, str]) -> Iterator[str]:
    """The ways by which this very person can come in, that of now first: with a BSN beside a foreign identifier also DigiD."""
    yield way_of(identity)
    if identity.get("bsn") and not identity.get("for"):
        yield "digid"


def _reaches(settings: Settings, way: str, level: str) -> bool:
    """Whether the provider of this way can tell the level: what its words are is in the settings."""
    by_saml = saml_way(settings, way)
    if by_saml is not None:
        return by_saml.reaches(level)
    words = claim_names(settings.oidc)[way].levels
    return words is None or level in words.values()
