"""Messages that we send: the request to sign in, signed for the browser to carry, and the question what an artifact stands for; with what
other messages need to be made and carried so.

Sources: SAML 2.0 bindings, 3.4 (redirect), 3.5 (POST), 3.6 (artifact); SAML 2.0 core, 3.4.1 and 3.5.1.
"""

import secrets
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import new as digest_named
from typing import Final
from urllib.parse import urlencode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from lxml import etree

from portal.sign_on.errors import NoProvider, SamlRefused
from portal.sign_on.saml.documents import NS, Element, tag
from portal.sign_on.saml.levels import level_words
from portal.sign_on.saml.own_keys import OwnKey
from portal.sign_on.saml.provider_metadata import POST, REDIRECT, ProviderDescription
from portal.sign_on.saml.signatures import MORE, sign
from portal.sign_on.saml.ways import SamlWay

ARTIFACT_BYTES: Final = 44  # type, index, source and handle of an artifact of type 4
TYPE_4: Final = b"\x00\x04"


@dataclass(frozen=True, slots=True)
class LeavingBy:
    """How the browser leaves: `fields` are those of a form that it posts to `address`; none when it is redirected there."""

    address: str
    fields: dict[str, str]


def fresh_id() -> str:
    """An ID of XML may not begin with a digit."""
    return f"_{secrets.token_hex(20)}"


def now_text() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def leaving(way: SamlWay, provider: ProviderDescription, key: OwnKey, request_id: str, relay_state: str) -> LeavingBy:
    """The signed request: by redirect where the provider takes it so, else by a form. Raises NoProvider."""
    for binding in (REDIRECT, POST):
        if provider.sign_in.get(binding):
            address = provider.sign_in[binding]
            return carried(binding, address, _request(way, address, request_id), key, relay_state)
    raise NoProvider


def carried(
    binding: str, address: str, told: Element, key: OwnKey, relay_state: str, field: str = "SAMLRequest"
) -> LeavingBy:
    """A message for the browser to bring, signed as its binding asks: REDIRECT or POST. `field`: SAMLRequest or SAMLResponse."""
    return (_by_redirect if binding == REDIRECT else _by_form)(address, told, key, relay_state, field)


def _request(way: SamlWay, address: str, request_id: str) -> Element:
    request = message("AuthnRequest", request_id, way, address)
    request.set("ForceAuthn", "true")  # on a computer of a library the person before may still be signed in there
    request.set("AssertionConsumerServiceIndex", "0")  # as our metadata say: an address in the request is not needed
    if way.service.index:
        request.set("AttributeConsumingServiceIndex", way.service.index)
        if way.way == "digid":
            return request  # the newer interface of DigiD knows the level of each service, and takes no other
    asked = etree.SubElement(request, tag("samlp:RequestedAuthnContext"), Comparison="minimum")
    etree.SubElement(asked, tag("saml:AuthnContextClassRef")).text = level_words(way.way, way.level)
    return request


def _by_redirect(address: str, told: Element, key: OwnKey, relay_state: str, field: str) -> LeavingBy:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(etree.tostring(told)) + packer.flush()
    passed = {"RelayState": relay_state} if relay_state else {}  # what nobody sent along is left out
    query = urlencode({field: b64encode(packed).decode(), **passed, "SigAlg": f"{MORE}rsa-sha256"})
    signature = key.private.sign(query.encode(), PKCS1v15(), hashes.SHA256())
    joint = "&" if "?" in address else "?"
    signed = f"{query}&{urlencode({'Signature': b64encode(signature).decode()})}"
    return LeavingBy(f"{address}{joint}{signed}", {})


def _by_form(address: str, told: Element, key: OwnKey, relay_state: str, field: str) -> LeavingBy:
    sign(told, key)
    return LeavingBy(address, {field: b64encode(etree.tostring(told)).decode(), "RelayState": relay_state})


def question(way: SamlWay, key: OwnKey, artifact: str, address: str, question_id: str) -> bytes:
    """A signed ArtifactResolve in its envelope of SOAP."""
    asked = message("ArtifactResolve", question_id, way, address)
    etree.SubElement(asked, tag("samlp:Artifact")).text = artifact
    return in_envelope(asked, key)


def in_envelope(told: Element, key: OwnKey) -> bytes:
    """A message, signed, in an envelope of SOAP."""
    sign(told, key)
    envelope = etree.Element(tag("soap:Envelope"), nsmap={"soap": NS["soap"]})
    etree.SubElement(envelope, tag("soap:Body")).append(told)
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")


def message(kind: str, message_id: str, way: SamlWay, address: str) -> Element:
    """A message of this kind, such as `AuthnRequest`, from us to this address; not signed yet. An answer over SOAP has no address."""
    names = {"samlp": NS["samlp"], "saml": NS["saml"]}
    made = etree.Element(tag(f"samlp:{kind}"), nsmap=names)
    for name, value in {
        "ID": message_id, "Version": "2.0", "IssueInstant": now_text(), "Destination": address,
    }.items():  # fmt: skip
        if value:
            made.set(name, value)
    etree.SubElement(made, tag("saml:Issuer")).text = way.entity_id
    return made


def artifact_index(artifact: str, provider: ProviderDescription) -> int:
    """The index of the place where this artifact is exchanged, when it is one of this provider. Raises SamlRefused."""
    try:
        found = b64decode(artifact, validate=True)
    except ValueError as error:
        raise SamlRefused("artifact") from error
    if len(found) != ARTIFACT_BYTES or not found.startswith(TYPE_4):
        raise SamlRefused("artifact")
    # the standard names a provider by this digest; it only tells providers apart
    source = digest_named("sha1", provider.entity_id.encode(), usedforsecurity=False).digest()
    if found[4:24] != source:
        raise SamlRefused("artifact_of_another")
    return int.from_bytes(found[2:4])
