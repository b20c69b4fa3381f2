"""An installation with the case types of the demo in use, for what a citizen and a department read in English."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.cases import BEZWAAR, add_departments, put_in_use
from kit.installation import installation

from processes.storage.services import Services


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("citizen", "department", "public")) as opened:
        yield opened
