"""The house style: an installation of all faces without cases, and Fenna's browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.installation import installation
from kit.people import FENNA

from processes.storage import staff
from processes.storage.services import Services


def furnish(services: Services) -> None:
    with services.sessions.begin() as session:
        staff.remember(session, FENNA)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        yield opened


@pytest.fixture
def fenna(services: Services) -> Browser:
    return Browser(services, FENNA)
