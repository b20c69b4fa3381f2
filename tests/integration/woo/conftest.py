"""Fixtures of the Woo request: an installation on each kind of database."""

import pytest
from woo_kit import FACES, Request, furnish

from processes.storage.services import Services


@pytest.fixture
def services(installed) -> Services:
    return installed(furnish, faces=FACES)


@pytest.fixture
def asked(services: Services) -> Request:
    """A request that just came in."""
    return Request.made(services)
