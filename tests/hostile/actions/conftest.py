"""The shipped case types with two departments, on SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.cases import BEZWAAR, add_departments, put_in_use
from kit.installation import installation

from processes.storage.services import Services


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren", "wonen")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, demo=True) as opened:
        yield opened
