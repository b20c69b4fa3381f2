"""An installation with a committee, for the tests of sessions."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.hearings import EVA, furnish
from kit.installation import installation

from processes.base.actor import Actor
from processes.storage.services import Services


@pytest.fixture
def filling() -> Callable[[Services], None]:
    """For a test that opens the same installation with another clock."""
    return furnish


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("workbench", "citizen")) as opened:
        yield opened


@pytest.fixture
def eva(services: Services) -> Browser:
    return Browser(services, EVA)


@pytest.fixture
def browser(services: Services) -> Callable[[Actor], Browser]:
    return lambda actor: Browser(services, actor)
