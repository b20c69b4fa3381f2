"""The variants of a sign-in of a citizen at the simulator: all is told, or it goes otherwise.

In: the claims of a person and the word of a variant. Out: the claims as a provider would tell them then.
"""

from collections.abc import Mapping
from typing import Any, Final

AS_USUAL: Final = "all"
NO_NAME, TOO_WEAK, BRANCH, FAILURE = "no_name", "too_weak", "branch", "failure"
WORDS: Final[Mapping[str, str]] = {
    AS_USUAL: "Alles, met de naam",
    NO_NAME: "Geen naam",
    TOO_WEAK: "Een te laag niveau",
    BRANCH: "Een machtiging voor één vestiging",
    FAILURE: "Niets: er is een storing",
}
ONLY: Final[Mapping[str, str]] = {BRANCH: "eherkenning"}  # a variant -> the only way that has it
RESTRICTION: Final = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"  # as a broker that changes no names gives it


def variants_of(way: str) -> list[tuple[str, str]]:
    """The variants that somebody may choose who signs in this way: word and Dutch text."""
    return [(variant, text) for variant, text in WORDS.items() if ONLY.get(variant, way) == way]


def told_otherwise(claims: Mapping[str, Any], variant: str) -> dict[str, Any]:
    """The claims of this variant; what is no variant changes nothing."""
    if variant == NO_NAME:
        return {name: value for name, value in claims.items() if name != "name"}
    if variant == TOO_WEAK:
        return {**claims, "loa": "low"}
    return {**claims, RESTRICTION: "000012345678"} if variant == BRANCH else dict(claims)
