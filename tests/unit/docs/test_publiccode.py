"""publiccode.yml has what version 0.4 of the standard demands, and says the same as the rest of the repository."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]
FACTS: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

DEMANDED = {
    "publiccodeYmlVersion": str, "name": str, "url": str, "releaseDate": str, "platforms": list, "categories": list,
    "developmentStatus": str, "softwareType": str, "description": dict, "legal.license": str, "maintenance.type": str,
    "maintenance.contacts": list, "localisation.localisationReady": bool, "localisation.availableLanguages": list,
}  # fmt: skip
WORDS = {
    "developmentStatus": {"concept", "development", "beta", "stable", "obsolete"},
    "softwareType": {"standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web", "standalone/backend",
                     "standalone/other", "addon", "library", "configurationFiles"},
    "maintenance.type": {"internal", "contract", "community", "none"},
}  # fmt: skip


def fact(path: str) -> Any:
    found: Any = FACTS
    for key in path.split("."):
        found = found[key]
    return found


@pytest.mark.parametrize(("path", "kind"), DEMANDED.items())
def test_a_demanded_key_is_there_and_of_its_kind(path: str, kind: type) -> None:
    assert isinstance(fact(path), kind)
    assert fact(path) not in ("", [], {})


@pytest.mark.parametrize(("path", "words"), WORDS.items())
def test_a_word_is_one_of_the_standard(path: str, words: set[str]) -> None:
    assert fact(path) in words


@pytest.mark.parametrize("language", FACTS["description"])
def test_a_description_has_the_lengths_of_the_standard(language: str) -> None:
    told = FACTS["description"][language]
    assert 0 < len(told["shortDescription"]) <= 150
    assert 150 <= len(told["longDescription"]) <= 10_000
    assert told["features"]
    assert all((ROOT / picture).is_file() for picture in told.get("screenshots", []))


def test_it_says_the_same_as_the_package_and_the_changes() -> None:
    assert FACTS["publiccodeYmlVersion"] == "0.4"
    assert date.fromisoformat(FACTS["releaseDate"])
    assert (FACTS["softwareVersion"], FACTS["legal"]["license"]) == (PROJECT["version"], PROJECT["license"])
    released = re.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert released[0] == PROJECT["version"]
    assert all(contact["name"] for contact in FACTS["maintenance"]["contacts"])


def test_addresses_are_of_a_domain_that_is_kept_for_examples() -> None:
    hosts = re.findall(r"https?://([^/\s:]+)", (ROOT / "publiccode.yml").read_text())
    assert set(hosts) == {"example.org"}
