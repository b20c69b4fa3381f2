"""Reads the claims of a provider into an identity here: a blind index for citizens, a user name and roles for staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.sign_on.errors import SignInFailed, TooWeak
from processes.base.actor import StaffRole
from processes.base.email_address import typed_address
from processes.base.typed_values import one_line, read_bsn
from processes.storage.services import Services

ROLES = frozenset(map(str, StaffRole))
WAYS = {"digid": "DigiD", "eherkenning": "eHerkenning", "eidas": "eIDAS"}
CLAIMS = {"bsn": "bsn", "kvk": "kvk", "eidas": "eidas_id"}  # our kind of identity -> the claim that holds it
STRONG = {"substantial", "high"}  # the levels of eIDAS, on which the Dutch ones are mapped by the broker


@dataclass(frozen=True, slots=True)
class Known:
    subject: str
    name: str
    roles: frozenset[str]
    identity: Mapping[str, str]
    email: str | None = None


def known_citizen(services: Services, claims: Mapping[str, Any]) -> Known:
    """`subject` is the blind index of `bsn:...`, `kvk:...` or `eidas:...`. Raises SignInFailed or TooWeak."""
    kind = next((kind for kind, claim in CLAIMS.items() if claims.get(claim)), None)
    if kind is None:
        raise SignInFailed("De inlogdienst heeft niet verteld wie u bent. Meld dit aan de beheerder.")
    value = one_line(str(claims[CLAIMS[kind]]))
    if kind == "bsn":
        value = _bsn(value)
    if claims.get("loa") not in STRONG:
        raise TooWeak
    identity = {kind: value, "level": str(claims["loa"])}
    name = one_line(str(claims.get("name") or "")) or "Onbekende naam"
    return Known(services.secrets.index(f"{kind}:{value}"), name, frozenset(), identity)


def _bsn(value: str) -> str:
    """A broker that sends the number as a number leaves out a zero in front."""
    try:
        return read_bsn(value)
    except ValueError as error:
        raise SignInFailed from error


def known_staff(claims: Mapping[str, Any]) -> Known:
    """`subject` is the user name. Raises SignInFailed for somebody without a role here."""
    username = one_line(str(claims.get("preferred_username") or ""))
    given = claims.get("roles")
    roles = ROLES.intersection(map(str, given)) if isinstance(given, list) else frozenset[str]()
    if not username:
        raise SignInFailed("De inlogdienst heeft niet verteld wie u bent. Meld dit aan de beheerder.")
    if not roles:
        raise TooWeak("U heeft in Zaakspoor nog geen rol. Vraag de functioneel beheerder om een rol.")
    return Known(username, one_line(str(claims.get("name") or "")) or username, roles, {}, _email(claims))


def _email(claims: Mapping[str, Any]) -> str | None:
    """Only an address that mail can go to; a broker may leave it out."""
    return typed_address(str(claims.get("email") or ""), "email", {}) or None
