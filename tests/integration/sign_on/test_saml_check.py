"""`zaakspoor check` tries each way over SAML: its files, its certificates, and the provider itself (D10, D11, D12)."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kit.saml_keys import Authority
from kit.saml_portal import SERVICE, SamlPortal, saml_portal
from kit.small_portal import services_of

from portal.sign_on.saml.reachable import SAML_TRIES
from processes.jobs.connections import NoConnection, Unfinished

YEAR = timedelta(days=365)
SOON = (datetime.now(UTC) + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M:%SZ")
# the certificate of the provider of tests lives for a day, which is told each time
THEIRS_ENDS = re.compile(
    r" Een certificaat van de inlogdienst eindigt op [0-9-]*\. Vraag of er al nieuwe metadata zijn\."
)


def said(portal: SamlPortal, name: str = "saml_digid_metadata") -> str:
    try:
        return SAML_TRIES[name](services_of(portal.client).settings)
    except (NoConnection, Unfinished) as error:
        return str(error)


@pytest.fixture
def portal(tmp_path: Path):
    with saml_portal(tmp_path) as made:
        yield made


def test_d10_check_says_that_the_provider_takes_our_certificate(portal: SamlPortal) -> None:
    assert said(portal).startswith(f"Het certificaat in {portal.own} eindigt op ")  # those of tests live for a day
    portal.own.write_bytes(portal.provider.authority.issue("lang", ends=YEAR).read_bytes())
    assert said(portal).startswith("De inlogdienst antwoordt; wij hebben 1 sleutel, zij 1.")
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
    portal.own.write_bytes(long)
    metadata.write_text(re.sub(r"https://127.0.0.1:\d+", "https://127.0.0.1:9", good))
    assert said(portal).startswith("De inlogdienst is niet te bereiken op 127.0.0.1:9.")
    metadata.write_text(good)
    portal.own.write_text("geen sleutel")
    assert said(portal).startswith("Een bestand is er niet, of klopt niet")
    metadata.unlink()
    assert said(portal).startswith("Een bestand is er niet, of klopt niet")


NO_PLACE = "geen adres om uit te loggen (SingleLogoutService)"


@pytest.mark.parametrize(
    ("way", "settings", "change", "named"),
    [
        ("digid", {}, ("", ""), {}),
        ("digid", {}, ("<[^<>]*SingleLogoutService[^<>]*/>", ""), {NO_PLACE, "ZAAKSPOOR_SAML_DIGID_LOGOUT"}),
        ("digid", {"logout": "off"}, ("<[^<>]*SingleLogoutService[^<>]*/>", ""), {}),
        ("digid", {}, (r"(<[^<>]*SingleLogoutService[^<>]*)https://", r"\1http://"), {NO_PLACE, "zonder https"}),
        ("digid", {"service_index": "1"}, ("", ""), {"ZAAKSPOOR_SAML_DIGID_SERVICE_UUID niet"}),
        ("digid", {"service_uuid_high": SERVICE["service_uuid"]}, ("", ""), {"ZAAKSPOOR_SAML_DIGID_SERVICE_INDEX_HIGH niet"}),
        ("eherkenning", {}, ("", ""), {"ZAAKSPOOR_SAML_EHERKENNING_SERVICE_INDEX is niet ingevuld"}),
        ("eherkenning", SERVICE, ("", ""), {}),
        ("digid", {}, (r'validUntil="[^"]*"', ""), {}),
        ("digid", {}, ("entityID=", f'validUntil="{SOON}" entityID='), {"Hun metadata gelden tot"}),
    ],
)  # fmt: skip
def test_d10_check_names_what_is_registered_but_missing(
    tmp_path: Path, way: str, settings: dict[str, str], change: tuple[str, str], named: set[str]
) -> None:
    with saml_portal(tmp_path, way, **settings) as portal:
        portal.own.write_bytes(portal.provider.authority.issue("lang", ends=YEAR).read_bytes())
        metadata = portal.provider.metadata
        text = re.sub(r' validUntil="[^"]*"', "", metadata.read_text())
        metadata.write_text(re.sub(*change, text) if change[0] else text)
        told = said(portal, f"saml_{way}_metadata").replace(
            THEIRS_ENDS.search(said(portal, f"saml_{way}_metadata"))[0], ""
        )
        assert {part for part in named if part not in told} == set()
        assert named or told == "De inlogdienst antwoordt; wij hebben 1 sleutel, zij 1."
