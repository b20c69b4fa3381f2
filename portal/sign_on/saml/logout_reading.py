"""Messages of single logout that a provider sends: its request that somebody signs out here, and its answer to a request of ours.

In: what the browser carried, or an envelope of SOAP. Out: what was signed, checked to be of this provider, for us and of now. Each check has
a word, which the security log shows. Sources: SAML 2.0 bindings, 3.4.4.1 (signature of a redirect) and 3.5; core, 3.7.
"""

import zlib
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import unquote_plus

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from portal.sign_on.errors import LogoutDenied, SamlRefused
from portal.sign_on.saml.answers import OLDEST, SKEW, SUCCESS, refuse_first
from portal.sign_on.saml.documents import Element, each_id_once, moment, one, parse, tag, text_of
from portal.sign_on.saml.own_keys import OwnKey
from portal.sign_on.saml.provider_metadata import ProviderDescription
from portal.sign_on.saml.signatures import MORE, verified
from portal.sign_on.saml.subjects import opened_name
from portal.sign_on.saml.ways import SamlWay

REQUEST, RESPONSE = "SAMLRequest", "SAMLResponse"
LARGEST_LOGOUT: Final = 64_000  # bytes; one with encrypted names takes some 10,000, and anybody may send one
LONGEST_RELAY: Final = 500  # characters; the standard has 80 bytes, and not every provider keeps to it
DIGESTS: Final[Mapping[str, hashes.HashAlgorithm]] = {
    f"{MORE}rsa-sha256": hashes.SHA256(), f"{MORE}rsa-sha384": hashes.SHA384(), f"{MORE}rsa-sha512": hashes.SHA512(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToldLogout:
    """A request of the provider: its ID, the name of who signs out, and the numbers of the sessions; none: all of that person."""

    request_id: str
    name: str
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correspondent:
    """The provider that a message must be of, and we to whom it must be. `here`: the address at which it came; what came `by_browser` must name
    it, so that nobody carries a message of another place to it.
    """

    way: SamlWay
    provider: ProviderDescription
    keys: Sequence[OwnKey]
    here: str
    by_browser: bool = True


def by_redirect(query: bytes, field: str, provider: ProviderDescription) -> Element:
    """The message in the address of a redirect, whose signature covers the words of the address as they came. Raises SamlRefused."""
    parts = _raw_parts(query)
    algorithm = DIGESTS.get(unquote_plus(parts.get("SigAlg", "")))
    if "Signature" not in parts:
        raise SamlRefused("unsigned")
    if algorithm is None:
        raise SamlRefused("signature_method")
    signed = "&".join(f"{name}={parts[name]}" for name in (field, "RelayState", "SigAlg") if name in parts).encode()
    signature = _decoded(unquote_plus(parts["Signature"]), "signature")
    if not any(_fits(signature, signed, algorithm, one) for one in provider.certificates):
        raise SamlRefused("signature")
    return parse(_inflated(_decoded(unquote_plus(parts.get(field, "")), "encoding")))


def by_form(told: str, provider: ProviderDescription) -> Element:
    """The message in a field of a form, with its own signature. Raises SamlRefused."""
    root = parse(_decoded(told, "encoding"))
    each_id_once(root)
    return verified(root, provider.certificates)


def by_soap(envelope: bytes, kind: str, provider: ProviderDescription) -> Element:
    """The message of this kind in an envelope of SOAP, with its own signature. Raises SamlRefused."""
    if len(envelope) > LARGEST_LOGOUT:
        raise SamlRefused("size")
    root = parse(envelope)
    each_id_once(root)
    if root.tag != tag("soap:Envelope"):
        raise SamlRefused("envelope")
    return verified(one(one(root, "soap:Body"), f"samlp:{kind}"), provider.certificates)


def told_logout(told: Element, who: Correspondent) -> ToldLogout:
    """A request to sign somebody out, of this provider, for us and of now. Raises SamlRefused for what this provider did not send here, and
    LogoutDenied for what it did send but that cannot be done.
    """
    _is_of(told, "LogoutRequest", who)
    try:
        return _wanted(told, who)
    except SamlRefused as refused:
        raise LogoutDenied(refused.why, told.get("ID", "")) from refused


def _wanted(told: Element, who: Correspondent) -> ToldLogout:
    _is_of_now(told)
    until = moment(told, "NotOnOrAfter")
    if until is not None and datetime.now(UTC) >= until + SKEW:
        raise SamlRefused("too_late")
    name = opened_name(told, who.keys, who.way.entity_id)
    if name is None or not text_of(name):
        raise SamlRefused("subject")
    sessions = tuple(text_of(each) for each in told.findall(tag("samlp:SessionIndex")))
    if any(not each for each in sessions):
        raise SamlRefused("session_index")
    return ToldLogout(told.get("ID", ""), text_of(name), sessions)


def answered_logout(told: Element, who: Correspondent) -> tuple[str, bool]:
    """The ID of the request that an answer is to, and whether all went well there. Raises SamlRefused."""
    _is_of(told, "LogoutResponse", who)
    _is_of_now(told)
    code = one(one(told, "samlp:Status"), "samlp:StatusCode")
    return told.get("InResponseTo", ""), code.get("Value") == SUCCESS and not len(code)


def _is_of(told: Element, kind: str, who: Correspondent) -> None:
    refuse_first({
        "kind": told.tag != tag(f"samlp:{kind}"),
        "message_id": not told.get("ID"),
        "issuer": text_of(one(told, "saml:Issuer")) != who.provider.entity_id,
        "destination": told.get("Destination", "" if who.by_browser else who.here) != who.here,
    })  # fmt: skip


def _is_of_now(told: Element) -> None:
    made, now = moment(told, "IssueInstant"), datetime.now(UTC)
    refuse_first({
        "version": told.get("Version") != "2.0",
        "issue_instant": made is None or not now - OLDEST < made < now + SKEW,
    })  # fmt: skip


def _raw_parts(query: bytes) -> dict[str, str]:
    """The parts of a query by their names, as they came. A name that comes twice would leave a choice, and so is refused."""
    found: dict[str, str] = {}
    for part in query.decode("ascii", "replace").split("&"):
        name, _, value = part.partition("=")
        if found.setdefault(name, value) != value:
            raise SamlRefused("double_parameter")
    return found


def _decoded(text: str, why: str) -> bytes:
    if len(text) > LARGEST_LOGOUT:
        raise SamlRefused("size")
    try:
        return b64decode("".join(text.split()), validate=True)
    except ValueError as error:
        raise SamlRefused(why) from error


def _inflated(packed: bytes) -> bytes:
    """Never more than we read of such a message, however small it was packed."""
    opener = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        found = opener.decompress(packed, LARGEST_LOGOUT + 1)
    except zlib.error as error:
        raise SamlRefused("encoding") from error
    if len(found) > LARGEST_LOGOUT:
        raise SamlRefused("size")
    return found


def _fits(signature: bytes, signed: bytes, algorithm: hashes.HashAlgorithm, certificate: bytes) -> bool:
    key = x509.load_pem_x509_certificate(certificate).public_key()
    assert isinstance(key, RSAPublicKey)  # noqa: S101 - see portal.sign_on.saml.provider_metadata
    try:
        key.verify(signature, signed, PKCS1v15(), algorithm)
    except InvalidSignature:
        return False
    return True
