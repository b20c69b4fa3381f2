"""What the program is made of: nothing unused, nothing unnamed, every licence one that we may pass on (T8)."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tools.parts import RUNS, TESTS, Part, all_parts

ROOT = Path(__file__).parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
ROOMS = ("engine", "processes", "portal")
LOADED_BY_OTHERS = {"pika": "dramatiq.brokers.rabbitmq"}
ALLOWED = {
    "EUPL-1.2", "MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "BSD License", "Apache-2.0", "MPL-1.1", "MPL-2.0",
    "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "GNU Library or Lesser General Public License (LGPL)",
    "PSF-2.0", "ISC", "Unlicense", "OFL-1.1",
    "bpmn.io License",  # MIT, and the mark of bpmn.io stays visible in the drawing
}  # fmt: skip


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(words: list[str]) -> set[str]:
    """Names of packages, without versions and extras."""
    return {normal(re.match(r"[A-Za-z0-9._-]+", word)[0]) for word in words}


DECLARED = declared(PROJECT["dependencies"])


def imported(rooms: tuple[str, ...]) -> set[str]:
    """The packages of others that these folders import, as they are installed."""
    names: set[str] = set()
    for path in (path for room in rooms for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
    tops = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - {*ROOMS, "bench", "tools"}
    known = packages_distributions()
    return {normal(known[top][0]) for top in tops}


def test_t8_every_package_that_is_asked_for_is_used() -> None:
    assert imported(ROOMS) >= DECLARED - set(LOADED_BY_OTHERS)


def test_t8_every_package_that_is_used_is_asked_for() -> None:
    assert imported(ROOMS) <= DECLARED


def test_t8_what_is_loaded_by_another_is_loaded_there() -> None:
    for package, module in LOADED_BY_OTHERS.items():
        __import__(module)
        assert package in sys.modules


@pytest.mark.parametrize("name", ["authlib", "aiosmtpd"])
def test_t8_what_only_tests_need_does_not_run(name: str) -> None:
    assert not re.search(rf"^{name}==", RUNS.read_text(), re.MULTILINE)
    assert name not in DECLARED


def test_t8_the_locks_hold_every_package_with_hashes_and_name_no_host() -> None:
    for lock in (RUNS, TESTS):
        text = lock.read_text()
        blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
        assert all(re.match(r"[A-Za-z0-9._-]+==\S+ \\\n    --hash=sha256:[0-9a-f]{64}", block) for block in blocks)
        assert "://" not in text
        assert declared(PROJECT["dependencies"]) <= {normal(block.partition("==")[0]) for block in blocks}
    tests = declared(PROJECT["optional-dependencies"]["dev"])
    assert tests <= {normal(block.partition("==")[0]) for block in re.split(r"\n(?=[A-Za-z0-9])", TESTS.read_text())}


def test_t8_what_runs_runs_in_the_tests_in_the_same_version() -> None:
    pinned = [set(re.findall(r"^([A-Za-z0-9._-]+==\S+)", lock.read_text(), re.MULTILINE)) for lock in (RUNS, TESTS)]
    assert pinned[0] <= pinned[1]


def may_be_passed_on(licence: str) -> bool:
    """An expression of SPDX: of `OR` one part must be allowed, of `AND` each."""
    if licence in ALLOWED:
        return True
    inner = re.sub(r"\(([^()]*)\)", lambda found: "MIT" if may_be_passed_on(found[1]) else "no", licence)
    if inner != licence:
        return may_be_passed_on(inner)
    if " AND " in licence:
        return all(may_be_passed_on(one) for one in licence.split(" AND "))
    return " OR " in licence and any(may_be_passed_on(one) for one in licence.split(" OR "))


@pytest.mark.parametrize("part", [part for part in all_parts() if part.runs], ids=lambda part: part.purl)
def test_t8_the_licence_of_what_runs_is_one_that_may_be_passed_on(part: Part) -> None:
    assert may_be_passed_on(part.licence), part.licence


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later OR MIT", True),
        ("GPL-2.0-only AND MIT", False),
        ("MPL-2.0 AND (Apache-2.0 OR GPL-3.0-only)", True),
        ("MIT AND (SSPL-1.0 OR GPL-3.0-only)", False),
        ("unknown", False),
        ("", False),
    ],
)
def test_t8_an_expression_of_licences_is_read_as_it_says(licence: str, may: bool) -> None:
    assert may_be_passed_on(licence) is may
