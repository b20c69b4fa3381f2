"""Messages of single logout that we send: the request that somebody signs out at the provider, and our answer to a request of its own.

Sources: SAML 2.0 core, 3.7; profiles, 4.4 (Single Logout).
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import orjson
from lxml import etree

from portal.sign_on.saml.documents import Element, parse, tag
from portal.sign_on.saml.messages import fresh_id, message
from portal.sign_on.saml.ways import SamlWay
from processes.storage.services import Services

LIVES: Final = timedelta(minutes=5)
BY_CHOICE: Final = "urn:oasis:names:tc:SAML:2.0:logout:user"
STATUS: Final = "urn:oasis:names:tc:SAML:2.0:status:"
# what the provider hears of a request that broke a rule: the code, with the finer one inside it (core, 3.2.2.2)
UNKNOWN_PERSON: Final = ("Requester", "UnknownPrincipal")
DENIED: Final = {
    "version": ("VersionMismatch",), "issue_instant": ("Requester", "RequestDenied"), "too_late": ("Requester", "RequestDenied"),
    "time": ("Requester", "RequestDenied"), "session_index": ("Requester", "RequestDenied"),
}  # fmt: skip
RANDOM: Final = 20  # bytes
IN_HEX: Final = 2 * RANDOM


@dataclass(frozen=True, slots=True)
class NamedSession:
    """A session at a provider of SAML: the way by which somebody came in, the name that the provider gave, and its number."""

    way: str
    name_id: str
    session_index: str


def kept_words(way: str, name: Element, session_index: str) -> str:
    """The words that are kept with a session here, so that its person can sign out at the provider: the name to the letter, as the standard asks."""
    text = etree.tostring(name, method="c14n", exclusive=True, with_comments=False).decode()
    return orjson.dumps({"way": way, "name_id": text, "session_index": session_index}).decode()


def named_session(kept: str) -> NamedSession | None:
    """The session of `kept_words`; None for an ID token, which is what OpenID Connect keeps in that place."""
    return NamedSession(**orjson.loads(kept)) if kept.startswith("{") else None


def logout_id(services: Services, way: str) -> str:
    """An ID of a request that we know again when it is answered, without keeping it."""
    random = secrets.token_hex(RANDOM)
    return f"_{random}{_marks(services, way, random)[0]}"


def is_of_us(services: Services, way: str, request_id: str) -> bool:
    """Whether we made this ID, for this way."""
    random, mark = request_id[1 : 1 + IN_HEX], request_id[1 + IN_HEX :]
    return any(hmac.compare_digest(mark.encode(), one.encode()) for one in _marks(services, way, random))


def _marks(services: Services, way: str, random: str) -> tuple[str, ...]:
    return services.secrets.digests(f"saml_logout:{way}:{random}")


def logout_request(way: SamlWay, session: NamedSession, address: str, request_id: str) -> Element:
    """The request that somebody chose to sign out, not signed yet."""
    asked = message("LogoutRequest", request_id, way, address)
    asked.set("NotOnOrAfter", (datetime.now(UTC) + LIVES).strftime("%Y-%m-%dT%H:%M:%SZ"))
    asked.set("Reason", BY_CHOICE)
    asked.append(parse(session.name_id.encode()))
    if session.session_index:
        etree.SubElement(asked, tag("samlp:SessionIndex")).text = session.session_index
    return asked


def logout_answer(way: SamlWay, address: str, request_id: str, broken: str = "") -> Element:
    """The answer that somebody was signed out here, or, with the rule that the request broke, why not; not signed yet."""
    answer = message("LogoutResponse", fresh_id(), way, address)
    answer.set("InResponseTo", request_id)
    inside = etree.SubElement(answer, tag("samlp:Status"))
    for code in DENIED.get(broken, UNKNOWN_PERSON) if broken else ("Success",):
        inside = etree.SubElement(inside, tag("samlp:StatusCode"), Value=f"{STATUS}{code}")
    return answer
