"""The names that a broker of OpenID Connect gives to things: the claims of each way, by the settings or else as we ask brokers to name them.

No standard says how a broker tells a BSN or a level, and each does it in its own way; docs/sign-in.md has what their pages show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from portal.sign_on.errors import NotForOthers
from portal.sign_on.numbers import told_name, told_text
from portal.sign_on.restrictions import is_between, is_branch, is_restriction, restricted_to
from portal.sign_on.saml.levels import level_of
from processes.base.broker_settings import kind, levels
from processes.base.saml_settings import LEVELS, WAYS

NUMBERS: Final = {"digid": "bsn", "eherkenning": "kvk", "eidas": "eidas_id"}
LEVEL, NAME = "loa", "name"
# who acts for another: the claims with the number and the name of that other (DigiD Machtigen), or of who stands between (eHerkenning)
OTHERS: Final = {
    "digid": ("represented_bsn", "represented_name"),
    "eherkenning": ("intermediate_kvk", "intermediate_name"),
}
UNTIL: Final = "mandate_until"


@dataclass(frozen=True, slots=True)
class ClaimNames:
    """The claims of one way. `kind` is a claim with the value that it must have, for a broker that tells several numbers in one claim.

    `other` and `other_name` are of who is represented by DigiD Machtigen, or of who stands between in a chain of eHerkenning; `until` is the
    moment at which a mandate ends.
    """

    number: str
    level: str = LEVEL
    name: str = NAME
    branch: str = ""
    acting: str = ""
    other: str = ""
    other_name: str = ""
    until: str = UNTIL
    kind: tuple[str, str] | None = None
    levels: Mapping[str, str] | None = None

    def told(self, claims: Mapping[str, Any]) -> bool:
        """Whether these claims tell a number of this way."""
        number = claims.get(self.number) or (self.acting and self.other and claims.get(self.other))
        return bool(number) and (self.kind is None or claims.get(self.kind[0]) == self.kind[1])

    def level_in(self, claims: Mapping[str, Any]) -> str:
        """Our word for the level; empty for one that is too weak or unknown. With levels in the settings only those count."""
        told = claims.get(self.level)
        if not isinstance(told, str):
            return ""
        if self.levels is not None:
            return self.levels.get(told, "")
        return told if told in LEVELS else level_of(told)

    def acting_in(self, claims: Mapping[str, Any]) -> str:
        """The one who acts, where the settings name a claim for it: a pseudonym, or by DigiD a number. Raises SignInFailed for what is no text."""
        return told_text(claims, self.acting)

    def until_in(self, claims: Mapping[str, Any]) -> str:
        """The moment at which a mandate ends, as an ISO text; empty without one."""
        return _moment(claims.get(self.until))

    def branch_in(self, claims: Mapping[str, Any]) -> str:
        """The one branch that a mandate is for, told in the claim of the settings or by its own name; empty without. Raises Restricted."""
        limits = [name for name in claims if is_restriction(name) or name == self.branch]
        names = [name for name in limits if claims[name] is not None]  # one that is told as empty cannot be read
        told = [claims[name] for name in names if is_branch(name) or name == self.branch]
        many = [one for value in told for one in (value if isinstance(value, list) else [value])]
        return restricted_to(names, [str(one) for one in many])

    def other_in(self, claims: Mapping[str, Any]) -> tuple[str, str]:
        """Number and name of who else stands in it; empty where nobody does. Raises NotForOthers when we are told of somebody, and not by which
        number, and SignInFailed for a number that is no text.
        """
        number = told_text(claims, self.other)
        theirs = {self.other, self.other_name} - {self.number, self.name}
        between = [name for name in claims if (is_between(name) or name in theirs) and claims[name] is not None]
        if not number and between:
            raise NotForOthers
        return number, told_name(claims, self.other_name)


def claim_names(oidc: Mapping[str, str]) -> dict[str, ClaimNames]:
    """The claims of every way, by the settings of OpenID Connect (`Settings.oidc`)."""
    return {way: _names(oidc, way) for way in WAYS}


def _names(oidc: Mapping[str, str], way: str) -> ClaimNames:
    other, other_name = OTHERS.get(way, ("", ""))

    def value(of: str) -> str:
        return oidc.get(f"{way}_{of}", "")

    return ClaimNames(
        number=value("claim") or NUMBERS[way], level=value("level_claim") or LEVEL, name=value("name_claim") or NAME,
        branch=value("branch_claim"), acting=value("acting_claim"), other=value("other_claim") or other,
        other_name=value("other_name_claim") or other_name, until=value("until_claim") or UNTIL, kind=kind(value("kind")) if value("kind") else None,
        levels=levels(value("levels")) if value("levels") else None,
    )  # fmt: skip


def _moment(told: Any) -> str:
    """Seconds since 1970, as tokens tell a moment, as an ISO text; what is none ends at once, for it was meant to end."""
    if told is None or told == "":
        return ""
    try:
        return datetime.fromtimestamp(float(str(told)), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC).isoformat()


DEFAULTS: Final = claim_names({})
