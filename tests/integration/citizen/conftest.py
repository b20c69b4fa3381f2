"""Fixtures of the citizen's pages: an installation with bezwaar in use, and browsers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from citizen_kit import TESS, Browser
from kit.cases import BEZWAAR, add_departments, put_in_use
from kit.installation import installation

from processes.storage.services import Services


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, upload_megabytes=1, faces=("citizen",)) as opened:
        yield opened


@pytest.fixture
def browser(services: Services) -> Callable[[str], Browser]:
    return lambda identity=TESS: Browser(services, identity)


@pytest.fixture
def tess(browser: Callable[[str], Browser]) -> Browser:
    return browser(TESS)
