"""The list of all parts is what CycloneDX 1.6 asks, and holds what the locks hold (T8)."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tools.make_sbom import main, sbom
from tools.parts import PAGES, RUNS, TESTS, all_parts

MADE = datetime(2026, 11, 28, 12, tzinfo=UTC)
PARTS = all_parts()
LIST: dict[str, Any] = sbom(PARTS, MADE)
# of the standard: bom-1.6.schema.json
KINDS = {
    "application", "framework", "library", "container", "platform", "operating-system", "device", "device-driver",
    "firmware", "file", "machine-learning-model", "data", "cryptographic-asset",
}  # fmt: skip
LENGTHS = {"MD5": 32, "SHA-1": 40, "SHA-256": 64, "SHA-384": 96, "SHA-512": 128}
URN = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
PURL = re.compile(r"pkg:(pypi/[a-z0-9-]+|npm/(%40[a-z0-9-]+/)?[a-z0-9._-]+)@[A-Za-z0-9.%-]+")
COMPONENT = {"type", "bom-ref", "group", "name", "version", "scope", "hashes", "licenses", "purl", "description"}
PHASES = {"design", "pre-build", "build", "post-build", "operations", "discovery", "decommission"}


def locked(path: Path) -> set[str]:
    return set(re.findall(r"^([A-Za-z0-9._-]+==\S+) ", path.read_text(), re.MULTILINE))


def test_t8_the_head_is_that_of_the_standard() -> None:
    assert set(LIST) == {
        "bomFormat", "specVersion", "serialNumber", "version", "metadata", "components", "dependencies",
    }  # fmt: skip
    assert (LIST["bomFormat"], LIST["specVersion"], LIST["version"]) == ("CycloneDX", "1.6", 1)
    assert URN.fullmatch(LIST["serialNumber"])
    about = LIST["metadata"]
    assert MOMENT.fullmatch(about["timestamp"])
    assert {one["phase"] for one in about["lifecycles"]} <= PHASES
    assert all({"type", "name"} <= set(one) for one in about["tools"]["components"])
    assert about["component"]["name"] == "zaakspoor"
    assert about["component"]["licenses"] == [{"license": {"id": "EUPL-1.2"}}]


@pytest.mark.parametrize("one", [LIST["metadata"]["component"], *LIST["components"]], ids=lambda one: one["bom-ref"])
def test_t8_each_part_is_told_as_the_standard_asks(one: dict[str, Any]) -> None:
    assert set(one) <= COMPONENT
    assert {"type", "name", "version", "bom-ref"} <= set(one)
    assert one["type"] in KINDS
    assert one.get("scope", "required") in {"required", "optional", "excluded"}
    for told in one.get("hashes", []):
        assert re.fullmatch(rf"[0-9a-f]{{{LENGTHS[told['alg']]}}}", told["content"])
    hashes = [(told["alg"], told["content"]) for told in one.get("hashes", [])]
    assert len(set(hashes)) == len(hashes)
    if one["type"] == "library":
        assert PURL.fullmatch(one["purl"])
        assert hashes
    for told in one.get("licenses", []):
        # one expression, or licences each with either an id or a name
        assert set(told) in ({"expression"}, {"license"})
        assert "license" not in told or set(told["license"]) in ({"id"}, {"name"})
    assert len(one.get("licenses", [])) <= 1


def test_t8_references_are_unique_and_lead_somewhere() -> None:
    refs = [LIST["metadata"]["component"]["bom-ref"], *(one["bom-ref"] for one in LIST["components"])]
    assert len(set(refs)) == len(refs)
    assert [one["ref"] for one in LIST["dependencies"]] == sorted(refs)
    for one in LIST["dependencies"]:
        assert set(one["dependsOn"]) <= set(refs)
        assert len(set(one["dependsOn"])) == len(one["dependsOn"])


def test_t8_every_part_of_the_locks_is_in_it_and_no_other() -> None:
    python = {f"{one['name']}=={one['version']}" for one in LIST["components"] if one["purl"].startswith("pkg:pypi/")}
    assert python == locked(TESTS)
    required = {
        f"{one['name']}=={one['version']}"
        for one in LIST["components"]
        if one["scope"] == "required" and one["purl"].startswith("pkg:pypi/")
    }
    assert required == locked(RUNS)
    pages = json.loads(PAGES.read_text())["packages"]
    told = {"/".join(filter(None, [one.get("group"), one["name"]])) for one in LIST["components"]}
    assert {place.rpartition("node_modules/")[2] for place in pages if place} <= told


def test_t8_what_runs_has_a_licence_and_is_needed_by_something() -> None:
    needed = {ref for one in LIST["dependencies"] for ref in one["dependsOn"]}
    running = [one for one in LIST["components"] if one["scope"] == "required"]
    assert [one["purl"] for one in running if not one.get("licenses")] == []
    assert [one["purl"] for one in running if one["purl"] not in needed] == []


def test_t8_the_same_locks_give_the_same_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(MADE.timestamp())))
    main(tmp_path / "diep" / "lijst.json")
    assert json.loads((tmp_path / "diep" / "lijst.json").read_text()) == sbom(all_parts(), MADE) == LIST
    other = sbom(PARTS[1:], MADE)
    assert other["serialNumber"] != LIST["serialNumber"]
