from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.clamd import Clamd, clamd
from kit.desk import Desk, desk

FACES = ("department", "workbench", "citizen", "admin", "public")


@pytest.fixture(scope="package")
def daemon() -> Iterator[Clamd]:
    with clamd() as made:
        yield made


@pytest.fixture
def office(daemon: Clamd, tmp_path: Path) -> Iterator[Desk]:
    """A desk whose installation has what comes in scanned."""
    with desk(tmp_path, faces=FACES, clamav=daemon.address, clamav_seconds=1) as made:
        yield made
