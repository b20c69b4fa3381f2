"""Our own metadata, signed: what a provider needs to know of us. Source: SAML 2.0 metadata, 2.3 and 2.4.4.

All our certificates stand in it, so that a provider knows the next one before we sign with it; that of TLS too, which DigiD asks.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from portal.sign_on.errors import UnreadableFile
from portal.sign_on.saml.documents import NS, Element, tag
from portal.sign_on.saml.kept_files import as_it_is_now
from portal.sign_on.saml.messages import fresh_id
from portal.sign_on.saml.provider_metadata import BINDINGS, POST, REDIRECT, SOAP
from portal.sign_on.saml.signatures import sign
from portal.sign_on.saml.subjects import CORE, GDI
from portal.sign_on.saml.ways import SamlService, SamlWay

LIVES: Final = timedelta(days=365)
ARTIFACT: Final = f"{BINDINGS}HTTP-Artifact"
LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
ASKED: Final = {
    "digid": (),
    "eherkenning": (f"{CORE}LegalSubjectID", f"{CORE}ActingSubjectID"),
    "eidas": (f"{CORE}ActingSubjectID", f"{CORE}LegalSubjectID"),
}
BASIC: Final = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"
Shown = tuple[str, str]  # the name of a certificate, and the certificate in base64


def our_metadata(way: SamlWay, organisation: str) -> bytes:
    """The metadata of one way. Raises UnreadableFile."""
    keys = way.own_keys()
    entity = etree.Element(tag("md:EntityDescriptor"), nsmap={"md": NS["md"], "ds": NS["ds"], "saml": NS["saml"]})
    until = datetime.now(UTC).replace(microsecond=0) + LIVES
    for name, value in {
        "ID": fresh_id(), "entityID": way.entity_id, "validUntil": until.isoformat().replace("+00:00", "Z"),
    }.items():  # fmt: skip
        entity.set(name, value)
    role = etree.SubElement(
        entity, tag("md:SPSSODescriptor"), AuthnRequestsSigned="true", WantAssertionsSigned="true",
        protocolSupportEnumeration=NS["samlp"],
    )  # fmt: skip
    own = [(key.name, key.certificate_text) for key in keys]
    tls = as_it_is_now(way.tls, _certificate)
    for shown in dict.fromkeys([*own, tls]):
        _key(role, "signing", shown)
    for shown in own:
        _key(role, "encryption", shown)
    if way.single_logout:
        for binding, place in ((REDIRECT, way.logout_at), (POST, way.logout_at), (SOAP, way.told_at)):
            etree.SubElement(role, tag("md:SingleLogoutService"), Binding=binding, Location=place)
    etree.SubElement(
        role, tag("md:AssertionConsumerService"), Binding=ARTIFACT, Location=way.answer_at, index="0", isDefault="true"
    )
    for service in (way.service, way.service_high):
        _service(role, way, service, organisation)
    sign(entity, keys[0])
    return etree.tostring(entity, xml_declaration=True, encoding="UTF-8")


def _key(role: Element, use: str, shown: Shown) -> None:
    key = etree.SubElement(role, tag("md:KeyDescriptor"), use=use)
    info = etree.SubElement(key, tag("ds:KeyInfo"))
    etree.SubElement(info, tag("ds:KeyName")).text = shown[0]
    data = etree.SubElement(info, tag("ds:X509Data"))
    etree.SubElement(data, tag("ds:X509Certificate")).text = shown[1]


def _service(role: Element, way: SamlWay, service: SamlService, organisation: str) -> None:
    """A service that we ask for, when the settings say which one."""
    uuid = f"{GDI if way.way == 'digid' else CORE}ServiceUUID"
    wanted = [*([(uuid, service.uuid)] if service.uuid else []), *((name, "") for name in ASKED[way.way])]
    if not service.index or not wanted:
        return
    is_default = "true" if service == way.service else "false"
    shown = etree.SubElement(role, tag("md:AttributeConsumingService"), index=service.index, isDefault=is_default)
    name = etree.SubElement(shown, tag("md:ServiceName"))
    name.set(LANGUAGE, "nl")
    name.text = organisation
    for attribute, value in wanted:
        asked = etree.SubElement(shown, tag("md:RequestedAttribute"), Name=attribute, NameFormat=BASIC)
        if value:
            etree.SubElement(asked, tag("saml:AttributeValue")).text = value


def _certificate(data: bytes) -> Shown:
    try:
        found = x509.load_pem_x509_certificates(data)[0]
    except ValueError as error:
        raise UnreadableFile from error
    return found.fingerprint(hashes.SHA256()).hex(), "".join(
        found.public_bytes(Encoding.PEM).decode().splitlines()[1:-1]
    )


def certificate_ends(place: Path) -> datetime:
    """When the certificate in a file ends. Raises UnreadableFile."""
    return as_it_is_now(place, _ends)


def _ends(data: bytes) -> datetime:
    try:
        return x509.load_pem_x509_certificates(data)[0].not_valid_after_utc
    except ValueError as error:
        raise UnreadableFile from error
