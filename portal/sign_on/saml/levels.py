"""Levels of assurance: the words of each provider, and those of eIDAS that the program knows.

Source: the table in the interface of DigiD, which lays the levels of DigiD, eHerkenning and eIDAS side by side. What is below
`substantial` has no word here: nobody comes in by it.
"""

from typing import Final

SUBSTANTIAL, HIGH = "substantial", "high"
CLASSES: Final = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
ETOEGANG: Final = "urn:etoegang:core:assurance-class:"
EIDAS: Final = "http://eidas.europa.eu/LoA/"
# what a provider says -> our word
KNOWN: Final = {
    f"{CLASSES}Smartcard": SUBSTANTIAL,
    f"{CLASSES}SmartcardPKI": HIGH,
    f"{ETOEGANG}loa3": SUBSTANTIAL,
    f"{ETOEGANG}loa4": HIGH,
    f"{EIDAS}substantial": SUBSTANTIAL,
    f"{EIDAS}high": HIGH,
}
# what we ask for, by way and level
ASKED: Final = {
    ("digid", SUBSTANTIAL): f"{CLASSES}Smartcard",
    ("digid", HIGH): f"{CLASSES}SmartcardPKI",
    ("eherkenning", SUBSTANTIAL): f"{ETOEGANG}loa3",
    ("eherkenning", HIGH): f"{ETOEGANG}loa4",
    ("eidas", SUBSTANTIAL): f"{ETOEGANG}loa3",
    ("eidas", HIGH): f"{ETOEGANG}loa4",
}


def level_words(way: str, level: str) -> str:
    """The level in the words of the provider of this way."""
    return ASKED[way, level]


def level_of(told: str) -> str:
    """Our word for what a provider told; empty for what is too weak, or unknown."""
    return KNOWN.get(told, "")


def enough(level: str, demanded: str) -> bool:
    return level == HIGH or (level == SUBSTANTIAL and demanded == SUBSTANTIAL)
