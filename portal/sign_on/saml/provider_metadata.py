"""The metadata of a provider, from the file that it gave: its name, where it is reached, and by which certificates it is known.

The file is trusted because an administrator put it there. Several certificates may stand in it: the provider rolls over too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding

from portal.sign_on.errors import NoProvider, SamlRefused
from portal.sign_on.saml.documents import Element, moment, parse, tag, text_of
from portal.sign_on.saml.own_keys import SHORTEST

BINDINGS: Final = "urn:oasis:names:tc:SAML:2.0:bindings:"
REDIRECT, POST, SOAP = f"{BINDINGS}HTTP-Redirect", f"{BINDINGS}HTTP-POST", f"{BINDINGS}SOAP"
ENCRYPTION: Final = "encryption"


@dataclass(frozen=True, slots=True)
class ProviderDescription:
    """`artifacts` by their index; `certificates` in PEM. `sign_in` and `sign_out` hold an address for each binding that it offers, and
    `sign_out_answers` where it wants to hear that somebody was signed out here. `left_out`: addresses to sign out without TLS.
    """

    entity_id: str
    until: datetime | None
    certificates: tuple[bytes, ...]
    sign_in: dict[str, str]
    artifacts: dict[int, str]
    sign_out: dict[str, str] = field(default_factory=dict)
    sign_out_answers: dict[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def resolver(self, index: int) -> str:
        """Where an artifact with this index is exchanged. Raises SamlRefused."""
        try:
            return self.artifacts[index]
        except KeyError as error:
            raise SamlRefused("artifact_index") from error


@dataclass(frozen=True, slots=True)
class ProviderFile:
    """All providers in one file: that of a broker may hold several."""

    providers: tuple[ProviderDescription, ...]

    def named(self, name: str) -> ProviderDescription:
        """The provider of this name, or the only one. Raises NoProvider when there is none, or its metadata are too old to be used."""
        found = [each for each in self.providers if each.entity_id == name or not name]
        if len(found) != 1 or (found[0].until is not None and found[0].until < datetime.now(UTC)):
            raise NoProvider
        return found[0]


def read_metadata(data: bytes) -> ProviderFile:
    """Raises SamlRefused for what are no metadata."""
    root = parse(data)
    entities = [root] if root.tag == tag("md:EntityDescriptor") else root.findall(f".//{tag('md:EntityDescriptor')}")
    return ProviderFile(
        tuple(_described(one, root) for one in entities if one.find(tag("md:IDPSSODescriptor")) is not None)
    )


def _described(entity: Element, root: Element) -> ProviderDescription:
    role = entity.find(tag("md:IDPSSODescriptor"))
    assert role is not None  # noqa: S101 - see read_metadata
    # one without TLS is as good as none: there nobody signs out, but everybody still signs in
    places = role.findall(tag("md:SingleLogoutService"))
    outs = [each for each in places if _has_tls(each)]
    ends = [end for each in {root, entity, role} if (end := moment(each, "validUntil"))]
    return ProviderDescription(
        entity_id=entity.get("entityID", ""),
        until=min(ends, default=None),
        certificates=tuple(_certificates(role)),
        sign_in={each.get("Binding", ""): _safe(each) for each in role.findall(tag("md:SingleSignOnService"))},
        artifacts={
            int(each.get("index", "0")): _safe(each)
            for each in role.findall(tag("md:ArtifactResolutionService"))
            if each.get("Binding") == SOAP and each.get("index", "0").isdigit()
        },
        sign_out={each.get("Binding", ""): _safe(each) for each in outs},
        sign_out_answers={
            each.get("Binding", ""): _safe(each, "ResponseLocation" if each.get("ResponseLocation") else "Location")
            for each in outs
        },
        left_out=tuple(each.get("Location", "") for each in places if not _has_tls(each)),
    )


def _has_tls(endpoint: Element) -> bool:
    places = [endpoint.get(name) for name in ("Location", "ResponseLocation")]
    return all(place.startswith("https://") for place in places if place) and any(places)


def _safe(endpoint: Element, attribute: str = "Location") -> str:
    """Its address: without TLS another could pretend to be the provider."""
    address = endpoint.get(attribute, "")
    if not address.startswith("https://"):
        raise SamlRefused("address")
    return address


def _certificates(role: Element) -> Iterator[bytes]:
    for key in role.findall(tag("md:KeyDescriptor")):
        if key.get("use") == ENCRYPTION:
            continue
        for given in key.iter(tag("ds:X509Certificate")):
            yield _strong("".join(text_of(given).split()))


def _strong(text: str) -> bytes:
    pem = f"-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n"
    try:
        certificate = x509.load_pem_x509_certificate(pem.encode())
    except ValueError as error:
        raise SamlRefused("certificate") from error
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey) or key.key_size < SHORTEST:
        raise SamlRefused("weak_key")
    return certificate.public_bytes(Encoding.PEM)
