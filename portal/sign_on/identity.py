"""Reads the claims of a provider into an identity here: a blind index for citizens, an account with roles for staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from engine.words import Confidentiality
from portal.sign_on.broker_claims import DEFAULTS, ClaimNames
from portal.sign_on.errors import NotForOthers, NotLetIn, SignInFailed, TooWeak, WrongWay
from portal.sign_on.mandates import kept_of, told_by_broker
from portal.sign_on.numbers import UNKNOWN, number_of
from processes.base.actor import CLEARANCE, TEAM, StaffRole
from processes.base.email_address import typed_address
from processes.base.typed_values import one_line
from processes.reads.citizen import name_of_citizen
from processes.storage.citizens import identity_of, index_now
from processes.storage.services import Services
from processes.storage.sign_in import Account
from processes.storage.staff_sessions import ProviderTokens

ROLES = frozenset(map(str, StaffRole))
CLEARANCES = frozenset(f"{CLEARANCE}{level}" for level in Confidentiality)
WAYS = {"digid": "DigiD", "eherkenning": "eHerkenning", "eidas": "eIDAS"}
KINDS = {"digid": "bsn", "eherkenning": "kvk", "eidas": "eidas"}  # way to sign in -> our kind of identity
CLAIMS = {"bsn": "bsn", "kvk": "kvk", "eidas": "eidas_id"}  # our kind of identity -> the claim that holds it
LONGEST_USERNAME, LONGEST_NAME = 80, 200  # what the columns hold; they are shown, and identify nobody
LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2
NAMED = (
    "named"  # kept with a session of which sign-in itself told the name: any other may be what that person once typed
)
STRONG = {"substantial", "high"}  # the levels of eIDAS, on which the Dutch ones are mapped by the broker
TOO_WEAK_STAFF = "U bent niet sterk genoeg ingelogd. Log opnieuw in, en gebruik ook de tweede stap van uw inlogdienst."


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who signed in: `subject` is the blind index and `name` that of who acts; `identity` is what the session keeps of it."""

    subject: str
    name: str
    identity: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Demands:
    """How strongly staff must have signed in: one of the levels `acr`, and every method of `amr`. Empty: any."""

    acr: tuple[str, ...] = ()
    amr: tuple[str, ...] = ()


def way_of(identity: Mapping[str, str]) -> str:
    """The way by which somebody came in, by what is kept of it: who came by eIDAS may have a BSN beside the foreign identifier."""
    kinds = {kind: way for way, kind in KINDS.items()}
    return next(kinds[kind] for kind in ("eidas", "kvk", "bsn") if identity.get(kind))


def known_citizen(
    services: Services, claims: Mapping[str, Any], way: str, names: Mapping[str, ClaimNames] = DEFAULTS
) -> Known:
    """`subject` is the blind index of `bsn:...`, `kvk:...` or `eidas:...`; `names` are the claims of every way.

    The kind of identity must be that of the chosen way, and the only one: a person never comes in as somebody else than they
    chose to be. Who acts for another comes in as who they are, with for whom beside it.
    Raises WrongWay, Restricted, NotForOthers, SignInFailed or TooWeak.
    """
    told = [each for each in WAYS if names[each].told(claims)]
    if not told:
        raise SignInFailed(UNKNOWN)
    if told != [way]:
        raise WrongWay
    return _known(services, KINDS[way], told_by_broker(claims, way, names), names[way].level_in(claims))


def known_by_assertion(services: Services, claims: Mapping[str, str], way: str) -> Known:
    """The same of an assertion of SAML, whose attributes were read for this way alone.

    Who comes by eIDAS and has a BSN is the person of that BSN, as by DigiD; the foreign identifier is kept beside it. Of who acts for a
    company the pseudonym is kept. Raises NotForOthers, SignInFailed or TooWeak.
    """
    kind = KINDS[way]
    foreign = claims.get("eidas_id", "")
    if kind == "eidas" and claims.get("bsn"):
        kind = "bsn"
    told = {**claims, "number": claims.get(CLAIMS[kind], "")}
    if kind != "kvk" and not claims.get("for"):
        told["until"] = ""  # here it is the session at the provider that ends; each sign-in asks there anew
    return _known(services, kind, told, claims["loa"], {"eidas": foreign} if kind == "bsn" and foreign else {})


def _known(
    services: Services, kind: str, told: Mapping[str, str], level: str, beside: Mapping[str, str] = MappingProxyType({})
) -> Known:
    """`told`: the `number` and `name` of who acts, and of a mandate what `portal.sign_on.mandates` tells."""
    number, mandate = number_of(kind, told["number"]), kept_of(told)
    if level not in STRONG:
        raise TooWeak
    identity = {kind: number, "level": level, **beside, **mandate}
    if mandate.get("for"):
        identity |= _for_whom(services, mandate["for"], mandate.get("for_name", ""))
        if identity["for"] == f"{kind}:{number}" and not mandate.get("branch"):
            raise NotForOthers  # a mandate of somebody for themselves is no mandate
    if one_line(told.get("name", "")):
        identity[NAMED] = "yes"
    subject = index_now(services, identity_of(identity) or "")
    return Known(subject, _name(services, f"{kind}:{number}", told.get("name", "")), identity)


def _for_whom(services: Services, other: str, name: str) -> dict[str, str]:
    kind, _, number = other.partition(":")
    known = f"{kind}:{number_of(kind, number)}"
    return {"for": known, "for_name": _name(services, known, name)}


def _name(services: Services, identity: str, told: str) -> str:
    return one_line(told) or name_of_citizen(services, identity, index_now(services, identity))


def known_staff(claims: Mapping[str, Any], issuer: str, demands: Demands = Demands()) -> Account:
    """The account of a member of staff. Raises SignInFailed, NotLetIn for who has no role, and TooWeak for who signed in too weakly."""
    username = one_line(str(claims.get("preferred_username") or ""))
    roles = _roles(claims) or frozenset[str]()
    subject = str(claims.get("sub") or "")
    if not username or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise SignInFailed(UNKNOWN)
    if not roles:
        raise NotLetIn("U heeft in Zaakspoor nog geen rol. Vraag de functioneel beheerder om een rol.")
    _strong_enough(claims, demands)
    name = one_line(str(claims.get("name") or "")) or username
    known = (username[:LONGEST_USERNAME], name[:LONGEST_NAME])
    return Account(issuer, subject, *known, roles, _email(claims), _teams(claims))


def told_account(claims: Mapping[str, Any], tokens: ProviderTokens) -> Account | None:
    """The account as the provider tells of it later on; what it leaves out is empty. None when it tells no roles."""
    roles = _roles(claims)
    if roles is None:
        return None
    username, name = (one_line(str(claims.get(claim) or "")) for claim in ("preferred_username", "name"))
    known = (username[:LONGEST_USERNAME], name[:LONGEST_NAME])
    return Account(tokens.issuer, tokens.subject, *known, roles, _email(claims), _teams(claims))


def _roles(claims: Mapping[str, Any]) -> frozenset[str] | None:
    """The roles that we know, of those in the claim, and the clearance beside them; None when there is no such claim."""
    given = claims.get("roles")
    if not isinstance(given, list):
        return None
    told = frozenset(map(str, given))
    return told & (ROLES | CLEARANCES) if told & ROLES else frozenset()


def _teams(claims: Mapping[str, Any]) -> frozenset[str]:
    """The codes of teams among the words of the claim with roles."""
    given = claims.get("roles")
    words = map(str, given) if isinstance(given, list) else ()
    return frozenset(one.removeprefix(TEAM) for one in words if one.startswith(TEAM))


def _strong_enough(claims: Mapping[str, Any], demands: Demands) -> None:
    methods = claims.get("amr")
    used = set(map(str, methods)) if isinstance(methods, list) else set()
    if (demands.acr and claims.get("acr") not in demands.acr) or not used.issuperset(demands.amr):
        raise TooWeak(TOO_WEAK_STAFF)


def _email(claims: Mapping[str, Any]) -> str | None:
    """Only an address that mail can go to; a broker may leave it out."""
    return typed_address(str(claims.get("email") or ""), "email", {}) or None
