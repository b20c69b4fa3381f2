"""The settings of signing in over SAML 2.0: their names, and what each may hold.

A way to sign in (DigiD, eHerkenning, eIDAS) goes over SAML when the metadata of its provider are set; else over OpenID Connect.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from processes.base import setting_values

SAML: Final = "saml_"
WAYS: Final = ("digid", "eherkenning", "eidas")
OF_ALL: Final = (
    "keys",
    "tls",
    "authorities",
    "level",
    "logout",
)  # each may also be set for one way: ZAAKSPOOR_SAML_DIGID_KEYS
SERVICE: Final = ("service_index", "service_id", "service_uuid")
OF_ONE_WAY: Final = ("metadata", "provider", "entity_id", *SERVICE, *(f"{one}_high" for one in SERVICE))
LEVELS: Final = ("substantial", "high")  # of eIDAS; below them nobody comes in
LARGEST_INDEX: Final = 65_535  # unsignedShort in the schema of SAML
NAME: Final = re.compile(r"[^\s<>\"']{1,1024}")  # an entity id: an address or a URN (SAML 2.0 core, 8.3.6)
UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def files(text: str) -> tuple[str, ...]:
    """Paths with white space between them; empty stays empty."""
    return tuple(text.split())


def file(text: str) -> str:
    if len(text.split()) > 1:
        raise ValueError("moet het pad van één bestand zijn, zonder spaties.")
    return text.strip()


def level(text: str) -> str:
    if text not in LEVELS:
        raise ValueError(f"moet {' of '.join(LEVELS)} zijn, niet '{text}'.")
    return text


def name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise ValueError("moet een naam van SAML zijn: een adres of een urn, zonder spaties.")
    return text


def index(text: str) -> int:
    if setting_values.number(text) > LARGEST_INDEX:
        raise ValueError(f"moet een getal zijn, hoogstens {LARGEST_INDEX}, niet '{text}'.")
    return int(text)


def uuid(text: str) -> str:
    if not UUID.fullmatch(text):
        raise ValueError("moet een UUID zijn, zoals hij in de dienstencatalogus staat.")
    return text


_BY_NAME: Final[Mapping[str, Callable[[str], object]]] = {
    "keys": files, "tls": file, "authorities": file, "metadata": file, "level": level, "provider": name, "entity_id": name,
    "service_index": index, "service_id": name, "service_uuid": uuid, "logout": setting_values.switch,
    "service_index_high": index, "service_id_high": name, "service_uuid_high": uuid,
}  # fmt: skip
# by the whole name in the environment, without ZAAKSPOOR_ and in small letters
SAML_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    f"{SAML}{one}": _BY_NAME[one] for one in OF_ALL
} | {f"{SAML}{way}_{one}": _BY_NAME[one] for way in WAYS for one in (*OF_ALL, *OF_ONE_WAY)}  # fmt: skip


def saml_value(saml: Mapping[str, str], way: str, of: str) -> str:
    """The setting of one way, else that of all ways, else nothing."""
    return saml.get(f"{way}_{of}", "") or (saml.get(of, "") if of in OF_ALL else "")


def saml_ways(saml: Mapping[str, str]) -> tuple[str, ...]:
    """The ways that go over SAML."""
    return tuple(way for way in WAYS if saml_value(saml, way, "metadata"))
