"""The claim in which a provider tells the roles of staff, and by which words: a list of our own words, or groups, as Keycloak tells them.

In: the claims as they came. Out: the same with a claim `roles` of our words, which is what every reader here looks at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from processes.base.broker_settings import role_words

ROLES: Final = "roles"


@dataclass(frozen=True, slots=True)
class RoleClaim:
    """`name` may be a path with points, such as `realm_access.roles`. With `words` only those count, and what they mean. `by_settings`: an
    administrator said that the provider tells roles so.
    """

    name: str = ROLES
    words: Mapping[str, str] = field(default_factory=dict)
    by_settings: bool = False

    def told(self, claims: Mapping[str, Any]) -> dict[str, Any]:
        """The claims with `roles` as this claim tells them; without `roles` where it is not there, or no list."""
        found: Any = claims
        for part in [self.name] if self.name in claims else self.name.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        others = {name: value for name, value in claims.items() if name != ROLES}
        if self.words and isinstance(found, str):
            found = [found]  # AD FS tells a list of one so; without words of the settings a text could be anything
        if not isinstance(found, list):
            # what is no list stays as it came, so that it is refused as such
            return dict(claims) if self.name == ROLES else others
        told = [str(one) for one in found]
        return {**others, ROLES: [self.words[one] for one in told if one in self.words] if self.words else told}

    def at_last(self, claims: Mapping[str, Any]) -> dict[str, Any]:
        """The claims that `told` gave, once nothing more can be asked. Providers leave out a list that became empty, so where the settings say how roles
        are told, a claim that is not there takes the last role away. Who is not told of at all keeps them.
        """
        left_out = self.by_settings and claims and not isinstance(claims.get(ROLES), list)
        return {**claims, ROLES: []} if left_out else dict(claims)


ROLES_AS_THEY_ARE: Final = RoleClaim()


def role_claim(oidc: Mapping[str, str]) -> RoleClaim:
    """The claim of the settings of OpenID Connect (`Settings.oidc`)."""
    words, name = oidc.get("staff_roles", ""), oidc.get("staff_roles_claim", "")
    return RoleClaim(name or ROLES, role_words(words) if words else {}, by_settings=bool(words or name))
