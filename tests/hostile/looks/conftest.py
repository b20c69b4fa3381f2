"""An installation with a case that was looked at, on SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.cases import add_departments, put_in_use, register_bezwaar
from kit.installation import installation

from processes.storage.services import Services


def furnish(services: Services) -> None:
    put_in_use(services, "stukkenverzoek", "nazending", "hoorzitting-antwoord", "bezwaar")
    add_departments(services, "parkeren")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        yield opened


@pytest.fixture
def case(services: Services) -> str:
    return register_bezwaar(services)
