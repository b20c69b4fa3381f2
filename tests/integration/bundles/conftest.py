"""Fixtures of bundles: the filled case on SQLite, one for each test and one to read from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bundle_kit import Filled, fill, furnish
from kit.installation import installation


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    with installation(tmp_path, furnish) as services:
        yield fill(services)


@pytest.fixture(scope="module")
def to_read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """For all tests of a module that only make bundles."""
    with installation(tmp_path_factory.mktemp("read"), furnish) as services:
        yield fill(services)
