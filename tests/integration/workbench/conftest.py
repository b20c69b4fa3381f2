"""Fixtures of the workbench: an installation with bezwaar in use, staff who have signed in before, and browsers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.installation import installation
from kit.people import NOOR
from workbench_kit import furnish

from processes.base.actor import Actor
from processes.storage.services import Services


@pytest.fixture
def filling() -> Callable[[Services], None]:
    """For a test that opens the same installation with another clock."""
    return furnish


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("workbench",)) as opened:
        yield opened


@pytest.fixture
def browser(services: Services) -> Callable[[Actor], Browser]:
    return lambda actor: Browser(services, actor)


@pytest.fixture
def noor(services: Services) -> Browser:
    return Browser(services, NOOR)
