"""The names that a broker of OpenID Connect gives to things: the claims of each way, by the settings or else as we ask brokers to name them.

No standard says how a broker tells a BSN or a level, and each does it in its own way; docs/sign-in.md has what their pages show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from portal.sign_on.restrictions import is_restriction
from portal.sign_on.saml.levels import level_of
from processes.base.broker_settings import kind, levels
from processes.base.saml_settings import LEVELS, WAYS

NUMBERS: Final = {"digid": "bsn", "eherkenning": "kvk", "eidas": "eidas_id"}
LEVEL, NAME = "loa", "name"


@dataclass(frozen=True, slots=True)
class ClaimNames:
    """The claims of one way. `kind` is a claim with the value that it must have, for a broker that tells several numbers in one claim."""

    number: str
    level: str = LEVEL
    name: str = NAME
    branch: str = ""
    acting: str = ""
    kind: tuple[str, str] | None = None
    levels: Mapping[str, str] | None = None

    def told(self, claims: Mapping[str, Any]) -> bool:
        """Whether these claims tell a number of this way."""
        return bool(claims.get(self.number)) and (self.kind is None or claims.get(self.kind[0]) == self.kind[1])

    def level_in(self, claims: Mapping[str, Any]) -> str:
        """Our word for the level; empty for one that is too weak or unknown. With levels in the settings only those count."""
        told = claims.get(self.level)
        if not isinstance(told, str):
            return ""
        if self.levels is not None:
            return self.levels.get(told, "")
        return told if told in LEVELS else level_of(told)

    def beside(self, claims: Mapping[str, Any]) -> dict[str, str]:
        """The values that are kept beside the number, where the settings name a claim for it."""
        return {"acting": str(claims.get(self.acting) or "")} if self.acting else {}

    def restricted(self, claims: Mapping[str, Any]) -> bool:
        """Whether a mandate is for a part of a company, such as a branch: told in the claim of the settings, or by its own name."""
        return bool(self.branch and claims.get(self.branch)) or any(
            is_restriction(name) and claims[name] for name in claims
        )


def claim_names(oidc: Mapping[str, str]) -> dict[str, ClaimNames]:
    """The claims of every way, by the settings of OpenID Connect (`Settings.oidc`)."""
    return {way: _names(oidc, way) for way in WAYS}


def _names(oidc: Mapping[str, str], way: str) -> ClaimNames:
    def value(of: str) -> str:
        return oidc.get(f"{way}_{of}", "")

    return ClaimNames(
        number=value("claim") or NUMBERS[way], level=value("level_claim") or LEVEL, name=value("name_claim") or NAME,
        branch=value("branch_claim"), acting=value("acting_claim"), kind=kind(value("kind")) if value("kind") else None,
        levels=levels(value("levels")) if value("levels") else None,
    )  # fmt: skip


DEFAULTS: Final = claim_names({})
