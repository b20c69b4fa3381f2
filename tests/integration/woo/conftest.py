"""Fixtures of the Woo request: an installation on each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from woo_kit import Request, open_woo_services

from processes.storage.services import Services
from processes.wiring import close_services


@pytest.fixture
def services(database: str, tmp_path: Path) -> Iterator[Services]:
    opened = open_woo_services(database, tmp_path)
    yield opened
    close_services(opened)


@pytest.fixture
def asked(services: Services) -> Request:
    """A request that just came in."""
    return Request.made(services)
