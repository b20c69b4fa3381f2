"""Fixtures of work for one person: a furnished installation on each kind of database."""

from collections.abc import Callable, Iterator

import pytest
from kit.complaint import Browser, Play, furnish, investigated
from kit.installation import SQLITE, installation

from processes.storage.services import Services


@pytest.fixture
def services(installed: Callable[..., Services]) -> Services:
    return installed(furnish)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def services_to_read(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """One for all tests of a module that only look."""
    server = SQLITE if request.param == "sqlite" else request.getfixturevalue("postgres")
    with installation(tmp_path_factory.mktemp("read"), furnish, server=server) as opened:
        yield opened


@pytest.fixture
def play(services: Services) -> Play:
    """A complaint in which the person was asked for a reaction; Noor handles it."""
    return investigated(services)


@pytest.fixture
def guest(services: Services) -> Browser:
    """A browser that is signed in nowhere."""
    return Browser(services)
