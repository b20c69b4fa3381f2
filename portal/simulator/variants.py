"""The variants of a sign-in of a citizen at the simulator: all is told, or it goes otherwise.

In: the claims of a person and the word of a variant. Out: the claims as a provider would tell them then.
"""

from collections.abc import Mapping
from typing import Any, Final

from processes.demo.people import citizen

AS_USUAL: Final = "all"
NO_NAME, TOO_WEAK, FAILURE = "no_name", "too_weak", "failure"
MANDATE, CHAIN, BRANCH, PART, ENDED = "mandate", "chain", "branch", "part", "ended"
WORDS: Final[Mapping[str, str]] = {
    AS_USUAL: "Alles, met de naam",
    NO_NAME: "Geen naam",
    TOO_WEAK: "Een te laag niveau",
    MANDATE: "Een machtiging van een ander (DigiD Machtigen)",
    CHAIN: "Een machtiging via een kantoor (ketenmachtiging)",
    BRANCH: "Een machtiging voor één vestiging",
    PART: "Een machtiging voor een deel dat wij niet kennen",
    ENDED: "Een machtiging die al voorbij is",
    FAILURE: "Niets: er is een storing",
}
# a variant -> the only way that has it
ONLY: Final[Mapping[str, str]] = {MANDATE: "digid", **dict.fromkeys((CHAIN, BRANCH, PART, ENDED), "eherkenning")}
RESTRICTION: Final = "urn:etoegang:1.9:ServiceRestriction:"  # as a broker that changes no names gives it
PLAIN: Final[Mapping[str, Mapping[str, Any]]] = {
    TOO_WEAK: {"loa": "low"},
    BRANCH: {f"{RESTRICTION}Vestigingsnr": "000012345678"},
    PART: {f"{RESTRICTION}SubdossierNr": "0001"},
    ENDED: {"mandate_until": 1},
}
REPRESENTED: Final = ("tess", "bram")  # who is represented: the first, or by the first the second
OFFICE: Final = "toga"


def variants_of(way: str) -> list[tuple[str, str]]:
    """The variants that somebody may choose who signs in this way: word and Dutch text."""
    return [(variant, text) for variant, text in WORDS.items() if ONLY.get(variant, way) == way]


def told_otherwise(claims: Mapping[str, Any], variant: str) -> dict[str, Any]:
    """The claims of this variant; what is no variant changes nothing."""
    if variant == NO_NAME:
        return {name: value for name, value in claims.items() if name != "name"}
    return {**claims, **_beside(claims, variant)}


def _beside(claims: Mapping[str, Any], variant: str) -> dict[str, Any]:
    if variant == MANDATE:
        others = [one for key in REPRESENTED if (one := citizen(key)) and one.bsn != claims.get("bsn")]
        return {"represented_bsn": others[0].bsn, "represented_name": others[0].name}
    if variant == CHAIN and (office := citizen(OFFICE)) and office.kvk != claims.get("kvk"):
        return {"intermediate_kvk": office.kvk, "intermediate_name": office.name}
    return dict(PLAIN.get(variant, {}))
