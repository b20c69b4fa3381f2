"""Fixtures of the data of one person: the filled cases on SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.installation import installation
from person_kit import Filled, fill, furnish


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    with installation(tmp_path, furnish) as services:
        yield fill(services)


@pytest.fixture(scope="module")
def to_read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """One for all tests of a module that only search and make packages."""
    with installation(tmp_path_factory.mktemp("read"), furnish) as services:
        yield fill(services)
