"""The parts that the lock files name: each with its hashes, who asked for it, and its licence.

Python: `requirements.lock` (what runs) and `requirements-dev.lock` (what tests need besides); the licences are read from
what is installed. Pages: `portal/assets/package-lock.json`, which names the licences itself.
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

HOME: Final = Path(__file__).parent.parent
RUNS: Final = HOME / "requirements.lock"
TESTS: Final = HOME / "requirements-dev.lock"
PAGES: Final = HOME / "portal" / "assets" / "package-lock.json"

# read in their own licence files: what they tell installers does not say how the licences go together
READ_BY_US: Final = {
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "bpmn-js": "bpmn.io License",
    "imapclient": "BSD-3-Clause",
    "combine-errors": "MIT",  # says its readme; used by tus-js-client in Node only
}
BY_CLASSIFIER: Final = {
    "MIT License": "MIT",
    "ISC License (ISCL)": "ISC",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
}
SPDX: Final = re.compile(r"[A-Za-z0-9.+-]+(?: (?:OR|AND|WITH) [A-Za-z0-9.+-]+)*")
# makes the files of the pages, or is what a part may use outside a browser; nothing of it is in them
BUILDS_ONLY: Final = ("esbuild", "@esbuild/", "@napi-rs/", "node-readable-to-web-readable-stream")


@dataclass(frozen=True, slots=True)
class Part:
    """One package of a lock. `hashes` are hexadecimal, of the algorithm as CycloneDX spells it; `needed_by` are names."""

    name: str
    version: str
    ecosystem: str  # pypi or npm, as in a package URL
    runs: bool  # part of the program as it runs, not of its tests or its building
    hashes: tuple[str, ...]
    algorithm: str
    needed_by: tuple[str, ...]
    licence: str

    @property
    def purl(self) -> str:
        """The package URL: `pkg:pypi/alembic@1.20.1`, `pkg:npm/%40utrecht/root-css@3.1.0`."""
        return f"pkg:{self.ecosystem}/{'/'.join(map(quote_all, self.name.split('/')))}@{quote_all(self.version)}"


class NotInstalled(Exception):
    """A package of a lock is not installed, or in another version: run `make install`."""


def quote_all(text: str) -> str:
    return quote(text, safe="")


def all_parts() -> list[Part]:
    """Every part once, by its package URL. Raises NotInstalled."""
    running = {name for name, _, _, _ in _locked(RUNS)}
    found = [*_python_parts(running), *_page_parts(json.loads(PAGES.read_text()))]
    return sorted({part.purl: part for part in found}.values(), key=lambda part: part.purl)


def _python_parts(running: set[str]) -> Iterator[Part]:
    for name, version, hashes, needed_by in _locked(TESTS):
        runs = name in running
        # what tests need may be missing where only the program is installed: its licence is not ours to pass on
        licence = licence_of(name, version) if runs else ""
        yield Part(name, version, "pypi", runs, hashes, "SHA-256", needed_by, licence)


def _locked(lock: Path) -> Iterator[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Name, version, hashes and who asked for it, of each package of a lock that `uv pip compile` wrote."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", lock.read_text()):
        name, version = re.match(r"([A-Za-z0-9._-]+)==(\S+)", block).groups()  # type: ignore[union-attr]
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))
        asked = re.findall(r"^    #(?: via|  ) ([A-Za-z0-9._-]+)(?: \(pyproject\.toml\))?$", block, re.MULTILINE)
        yield name, version, hashes, tuple(one for one in asked if one != "via")


def licence_of(name: str, version: str) -> str:
    """An SPDX expression where the package tells one, else the words that it uses."""
    try:
        told = metadata(name)
    except PackageNotFoundError as error:
        raise NotInstalled(f"{name} {version}") from error
    if told["Version"] != version:
        raise NotInstalled(f"{name} {version}, not {told['Version']}")
    if name in READ_BY_US or told.get("License-Expression"):
        return READ_BY_US.get(name) or str(told["License-Expression"])
    named = str(told.get("License") or "")
    if (SPDX.fullmatch(named) and "-" in named) or named == "MIT":
        return named
    classifiers = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or [] if one.startswith("License")]
    return " AND ".join(BY_CLASSIFIER.get(one, one) for one in classifiers) or "unknown"


def _page_parts(lock: Mapping[str, Any]) -> Iterator[Part]:
    packages: Mapping[str, Mapping[str, Any]] = lock["packages"]
    asked: dict[str, set[str]] = {}
    for place, told in packages.items():
        for name in told.get("dependencies", {}):
            asked.setdefault(_place_of(name, place, packages), set()).add(_name_of(place) or "zaakspoor")
    for place, told in packages.items():
        name = _name_of(place)
        if not name:
            continue
        algorithm, _, packed = told["integrity"].partition("-")
        yield Part(
            name,
            told["version"],
            "npm",
            not told.get("dev") and not name.startswith(BUILDS_ONLY),  # `dev`: only tests need it
            (base64.b64decode(packed).hex(),),
            algorithm.upper().replace("SHA", "SHA-"),
            tuple(sorted(asked.get(place, ()))),
            READ_BY_US.get(name) or told["license"],
        )


def _name_of(place: str) -> str:
    """`@utrecht/root-css` of `node_modules/@utrecht/root-css`; of the project itself nothing."""
    return place.rpartition("node_modules/")[2]


def _place_of(name: str, asker: str, packages: Mapping[str, Any]) -> str:
    """Where Node finds a package that another one asks for: with itself first, then upward."""
    while True:
        place = f"{asker}/node_modules/{name}".lstrip("/")
        if place in packages or not asker:
            return place
        asker = asker.rpartition("node_modules/")[0].rstrip("/")
