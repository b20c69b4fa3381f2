"""The shipped case types with two departments, on SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_kit import furnish
from kit.installation import installation

from processes.storage.services import Services


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, demo=True) as opened:
        yield opened
