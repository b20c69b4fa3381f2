"""Settings of signing in over SAML: what each may hold, and what production refuses (D10, D11, D12, T6)."""

from pathlib import Path

import pytest
from kit.production import safe_environment

from processes.base.production_rules import unsafe
from processes.base.saml_settings import SAML_READERS, saml_value, saml_ways
from processes.base.settings import read_settings, settings_in

UUID = "0d2f8a54-1f0a-4f5e-8f39-6f1e3f3d7a10"
GOOD = {"level": "high", "logout": "off", "service_index": "3", "service_uuid": UUID}


def refusals(environment: dict[str, str]) -> set[tuple[str, str]]:
    """The variable and the first word of the sentence of each."""
    found = unsafe(read_settings(environment), environment)
    return {(one.variable.removeprefix("ZAAKSPOOR_"), one.sentence.split()[0]) for one in found}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """A key that only its owner reads, and metadata."""
    key, metadata = tmp_path / "sleutel.pem", tmp_path / "digid.xml"
    for place in (key, metadata):
        place.write_text("")
    key.chmod(0o600)
    return {"key": str(key), "metadata": str(metadata)}


@pytest.mark.parametrize("name", sorted(SAML_READERS))
def test_d10_each_setting_of_saml_can_be_set_and_an_empty_one_is_none(name: str) -> None:
    value = next(
        (text for end, text in GOOD.items() if name.removesuffix("_high").endswith(end)), "/etc/zaakspoor/bestand"
    )
    assert read_settings({f"ZAAKSPOOR_{name.upper()}": value}).saml == {name.removeprefix("saml_"): value}
    assert read_settings({f"ZAAKSPOOR_{name.upper()}": ""}).saml == {}


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("SAML_LEVEL", "midden", "moet substantial of high zijn, niet 'midden'."),
        ("SAML_EIDAS_LEVEL", "low", "moet substantial of high zijn"),
        ("SAML_LOGOUT", "misschien", "geen ja of nee"),
        ("OIDC_CITIZEN_AUTH_TIME", "soms", "geen ja of nee"),
        ("OIDC_CITIZEN_LOGOUT", "soms", "moet een van form address off zijn, niet 'soms'."),
        ("CITIZEN_SESSION_MINUTES", "5", "moet tussen 15 en 720 minuten zijn, niet '5'."),
        ("CITIZEN_SESSION_MINUTES", "twee uur", "moet een getal zijn"),
        ("SAML_DIGID_ENTITY_ID", "een naam", "moet een naam van SAML zijn"),
        ("SAML_DIGID_SERVICE_INDEX", "-1", "moet een getal zijn"),
        ("SAML_DIGID_SERVICE_INDEX", "70000", "hoogstens 65535"),
        ("SAML_EHERKENNING_SERVICE_UUID", "geen", "moet een UUID zijn"),
        ("SAML_DIGID_METADATA", "/een /twee", "moet het pad van één bestand zijn"),
        ("SAML_DIGID_METADATAS", "/een", "Bedoelt u ZAAKSPOOR_SAML_DIGID_METADATA?"),
        ("SAML_METADATA", "/een", "is geen instelling van Zaakspoor."),
    ],
)  # fmt: skip
def test_d10_a_setting_that_makes_no_sense_is_named_with_what_to_do(name: str, text: str, sentence: str) -> None:
    _, wrong = settings_in({f"ZAAKSPOOR_{name}": text})
    assert [(one.variable, sentence in one.sentence) for one in wrong] == [(f"ZAAKSPOOR_{name}", True)]


def test_d10_a_setting_of_one_way_goes_before_that_of_all() -> None:
    saml = {"keys": "/alle", "eidas_keys": "/eidas", "digid_metadata": "/digid.xml"}
    assert [saml_value(saml, way, "keys") for way in ("digid", "eidas")] == ["/alle", "/eidas"]
    assert saml_ways(saml) == ("digid",)


def test_d10_over_saml_production_needs_no_broker_for_citizens(tmp_path: Path, files: dict[str, str]) -> None:
    saml = {"SAML_KEYS": files["key"], "SAML_DIGID_METADATA": files["metadata"]}
    assert refusals(safe_environment(tmp_path, OIDC_CITIZEN_ISSUER=None, **saml)) == set()
    assert refusals(safe_environment(tmp_path, OIDC_STAFF_ISSUER=None, **saml)) == {("OIDC_STAFF_ISSUER", "is")}


def test_d10_production_refuses_saml_without_keys_or_with_a_key_that_all_can_read(
    tmp_path: Path, files: dict[str, str]
) -> None:
    metadata = {"SAML_EIDAS_METADATA": files["metadata"]}
    assert refusals(safe_environment(tmp_path, **metadata)) == {("SAML_EIDAS_KEYS", "is")}
    assert refusals(safe_environment(tmp_path, SAML_KEYS="/geen", **metadata)) == {("SAML_KEYS", "noemt")}
    gone = {"SAML_EIDAS_METADATA": "/geen", "SAML_KEYS": files["key"], "SAML_TLS": "/weg"}
    assert refusals(safe_environment(tmp_path, **gone)) == {("SAML_EIDAS_METADATA", "noemt"), ("SAML_TLS", "noemt")}
    Path(files["key"]).chmod(0o644)
    assert refusals(safe_environment(tmp_path, SAML_EIDAS_KEYS=files["key"], **metadata)) == {
        ("SAML_EIDAS_KEYS", "noemt")
    }


def test_d10_a_setting_of_a_way_without_its_provider_is_named(tmp_path: Path) -> None:
    assert refusals(safe_environment(tmp_path, SAML_DIGID_LEVEL="high")) == {("SAML_DIGID_LEVEL", "doet")}
