"""`zaakspoor check` tries each way over SAML: its files, its certificates, and the provider itself (D10, D11, D12)."""

from datetime import timedelta
from pathlib import Path

import pytest
from kit.saml_keys import Authority
from kit.saml_portal import SamlPortal, saml_portal
from kit.small_portal import services_of

from portal.sign_on.saml.reachable import SAML_TRIES
from processes.jobs.connections import NoConnection

YEAR = timedelta(days=365)


def said(portal: SamlPortal, name: str = "saml_digid_metadata") -> str:
    try:
        return SAML_TRIES[name](services_of(portal.client).settings)
    except NoConnection as error:
        return str(error)


@pytest.fixture
def portal(tmp_path: Path):
    with saml_portal(tmp_path) as made:
        yield made


def test_d10_check_says_that_the_provider_takes_our_certificate(portal: SamlPortal) -> None:
    assert said(portal).startswith(f"Het certificaat in {portal.own} eindigt op ")  # those of tests live for a day
    portal.own.write_bytes(portal.provider.authority.issue("lang", ends=YEAR).read_bytes())
    assert said(portal) == "De inlogdienst antwoordt; wij hebben 1 sleutel, zij 1."
    assert said(portal, "saml_eidas_metadata") == "eIDAS gaat niet over SAML."


def test_d10_check_names_what_is_wrong(portal: SamlPortal, tmp_path: Path) -> None:
    long = portal.provider.authority.issue("lang", ends=YEAR).read_bytes()
    portal.own.write_bytes(long)
    metadata = portal.provider.metadata
    good = metadata.read_text()
    tries = {
        good.replace("https://", "http://"): "(address)",
        good.replace("validUntil", "x").replace("entityID=", 'validUntil="2020-01-01T00:00:00Z" entityID=', 1): "verlopen",
        "<a/>": "niet precies één",
        "<!DOCTYPE a><a/>": "(document_type)",
        "geen XML": "(xml)",
        good.replace("ArtifactResolutionService", "ManageNameIDService"): "geen adres voor artefacten",
    }  # fmt: skip
    found = {}
    for text, part in tries.items():
        metadata.write_text(text)
        found[part] = said(portal)
    assert [part for part, sentence in found.items() if part not in sentence] == []
    metadata.write_text(good)
    stranger = Authority(tmp_path, "vreemd", first=50).issue("wij", ends=YEAR)
    portal.own.write_bytes(stranger.read_bytes())
    assert "neemt geen verbinding met ons certificaat aan" in said(portal)
    portal.own.write_text("geen sleutel")
    assert said(portal).startswith("Een bestand is er niet, of klopt niet")
    metadata.unlink()
    assert said(portal).startswith("Een bestand is er niet, of klopt niet")
