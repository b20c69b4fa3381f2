"""The settings by which a broker of OpenID Connect may name things otherwise, for each way to sign in: claims, levels, scope, `acr_values`."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from processes.base import setting_values
from processes.base.saml_settings import LEVELS, WAYS

OF_A_WAY: Final = (
    "claim", "level_claim", "name_claim", "branch_claim", "acting_claim", "other_claim", "other_name_claim", "until_claim", "levels", "kind", "scope", "acr", "acr_high",
)  # fmt: skip
BROKER_NAMES: Final = frozenset(f"{way}_{one}" for way in WAYS for one in OF_A_WAY)


class Logout(StrEnum):
    """The way in which the browser brings the ID token along to the page of a provider where one signs out; or not at all."""

    FORM = "form"
    ADDRESS = "address"
    OFF = "off"


def levels(text: str) -> dict[str, str]:
    """`loa:3=substantial loa:4=high`: what the broker says, and our word for it."""
    parts = [word.rpartition("=") for word in setting_values.words(text)]
    found = {told: level for told, _, level in parts}
    if not found or "" in found or set(found.values()) - set(LEVELS):
        raise ValueError(f"moet woorden hebben zoals loa:3={LEVELS[0]} loa:4={LEVELS[1]}, niet '{text}'.")
    return found


def logout(text: str) -> str:
    """A word of Logout: how somebody signs out at the provider too."""
    if text not in list(Logout):
        raise ValueError(f"moet een van {' '.join(Logout)} zijn, niet '{text}'.")
    return text


def role_words(text: str) -> dict[str, str]:
    """`/zaken/behandelaars=worker /zaken/beheer=admin`: the groups of a provider, and our word for what their members may."""
    parts = [word.rpartition("=") for word in setting_values.words(text)]
    found = {group: role for group, _, role in parts}
    if not found or "" in found or "" in found.values():
        raise ValueError(f"moet groepen met een rol hebben zoals /zaken/behandelaars=worker, niet '{text}'.")
    return found


def kind(text: str) -> tuple[str, str]:
    """`namequalifier=urn:...`: the claim that tells which number it is, and what it says for this way."""
    claim, _, value = text.partition("=")
    if not claim or not value or len(text.split()) > 1:
        raise ValueError(f"moet een claim met zijn waarde zijn, zoals soort=KvKnr, niet '{text}'.")
    return claim, value


# by the name in the environment, without ZAAKSPOOR_OIDC_ and in small letters
BROKER_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    f"{way}_{name}": read for way in WAYS for name, read in (("levels", levels), ("kind", kind))
}
