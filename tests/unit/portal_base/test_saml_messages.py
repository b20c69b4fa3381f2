"""All that we send over SAML is valid by the schema of the standard, as another program checks it, and signed with our first key (D10, D11, D12)."""

import zlib
from base64 import b64decode
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from kit.saml_keys import Authority, certificate_in
from kit.saml_portal import SERVICE
from kit.saml_provider import XMLSEC
from lxml import etree
from saml2.config import SPConfig
from saml2.sigver import security_context
from saml2.xml.schema import validate

from portal.sign_on.saml.messages import leaving, question
from portal.sign_on.saml.our_metadata import our_metadata
from portal.sign_on.saml.provider_metadata import REDIRECT, ProviderDescription
from portal.sign_on.saml.ways import SamlWay, saml_way
from processes.base.saml_settings import WAYS
from processes.base.settings import Settings

MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
SITE = "https://zaken.example.org"


@pytest.fixture
def keys(tmp_path: Path) -> list[Path]:
    """Two keys, as while they roll over, and one for TLS."""
    authority = Authority(tmp_path)
    return [authority.issue(name) for name in ("nu", "straks", "tls")]


def way_with(keys: list[Path], way: str, **more: str) -> SamlWay:
    saml = {
        "keys": f"{keys[0]} {keys[1]}", "tls": str(keys[2]), f"{way}_metadata": "/later.xml",
        **{f"{way}_{name}": value for name, value in {**SERVICE, **more}.items()},
    }  # fmt: skip
    found = saml_way(Settings(public_url=SITE, saml=saml), way)
    assert found is not None
    return found


def is_signed_with(text: bytes, key: Path, name: str) -> bool:
    """By xmlsec1, with the certificate in this file."""
    certificate = key.with_suffix(".crt")
    certificate.write_text(certificate_in(key))
    checking = security_context(SPConfig().load({"xmlsec_binary": XMLSEC, "entityid": "urn:x"}))
    return bool(checking.verify_signature(text.decode(), cert_file=str(certificate), node_name=name))


@pytest.mark.parametrize("way", WAYS)
def test_d10_d11_d12_our_metadata_are_valid_and_hold_every_certificate(keys: list[Path], way: str) -> None:
    told = our_metadata(way_with(keys, way), "Gemeente Voorbeeldstad")
    validate(told.decode())
    assert is_signed_with(told, keys[0], "urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor")
    root = etree.fromstring(told)
    uses = [key.get("use") for key in root.iter(f"{MD}KeyDescriptor")]
    shown = {"".join((each.text or "").split()) for each in root.iter(f"{DS}X509Certificate")}
    assert uses == ["signing", "signing", "signing", "encryption", "encryption"]
    assert {"".join(certificate_in(key).splitlines()[1:-1]) for key in keys} <= shown
    answer = root.find(f".//{MD}AssertionConsumerService")
    assert answer is not None
    assert answer.get("Location") == f"{SITE}/inloggen/saml/terug/{way}"
    assert root.get("entityID") == f"{SITE}/inloggen/saml/metadata/{way}"
    wanted = {each.get("Name", "").rpartition(":")[2] for each in root.iter(f"{MD}RequestedAttribute")}
    others = set() if way == "digid" else {"LegalSubjectID", "ActingSubjectID"}
    assert wanted == {"ServiceUUID", *others}


def test_d10_a_name_of_our_own_is_used_everywhere(keys: list[Path]) -> None:
    way = way_with(keys, "digid", entity_id="urn:nl-eid-gdi:1.0:DV:00000001234567890000:entities:0001")
    asked = question(way, way.own_keys()[0], "AAQ=", "https://idp.example/artefact", "_vraag")
    assert way.entity_id.encode() in asked
    assert way.entity_id.encode() in our_metadata(way, "Gemeente Voorbeeldstad")


def test_d10_the_question_of_an_artifact_is_valid_and_signed(keys: list[Path]) -> None:
    way = way_with(keys, "eherkenning")
    envelope = etree.fromstring(question(way, way.own_keys()[0], "AAQ=", "https://idp.example/artefact", "_vraag"))
    asked = etree.tostring(envelope[0][0])
    validate(asked.decode())
    assert is_signed_with(asked, keys[0], "urn:oasis:names:tc:SAML:2.0:protocol:ArtifactResolve")


def test_c20_a_service_of_a_higher_level_stands_in_our_metadata_and_is_asked_for_where_it_is_demanded(
    keys: list[Path],
) -> None:
    """The newer interface of DigiD takes no level in a request: it is that of the service."""
    other = "1f2f8a54-1f0a-4f5e-8f39-6f1e3f3d7a11"
    way = way_with(keys, "digid", service_index_high="2", service_uuid_high=other)
    told = our_metadata(way, "Gemeente Voorbeeldstad")
    validate(told.decode())
    shown = {
        each.get("index"): (each.get("isDefault"), each.findtext(f".//{SAML}AttributeValue"))
        for each in etree.fromstring(told).iter(f"{MD}AttributeConsumingService")
    }
    assert shown == {"1": ("true", SERVICE["service_uuid"]), "2": ("false", other)}
    provider = ProviderDescription("urn:p", None, (), {REDIRECT: "https://idp.example/inloggen"}, {})
    for level, index in (("", "1"), ("substantial", "1"), ("high", "2")):
        by = way.at_least(level)
        address = leaving(by, provider, way.own_keys()[0], "_vraag", "staat").address
        packed = b64decode(parse_qs(urlsplit(address).query)["SAMLRequest"][0])
        request = etree.fromstring(zlib.decompress(packed, -zlib.MAX_WBITS))
        assert request.get("AttributeConsumingServiceIndex") == index
        assert by.service.uuid == (other if index == "2" else SERVICE["service_uuid"])
