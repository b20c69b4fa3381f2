"""Fixtures of the administration: an installation with bezwaar in use, and a browser per staff member."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from admin_kit import BEZWAAR, STAFF, Browser
from kit.cases import BEZWAAR as WITH_CALLED
from kit.cases import add_departments, put_in_use
from kit.installation import installation
from kit.people import FENNA

from processes.storage import staff
from processes.storage.services import Services


def furnish(services: Services) -> None:
    called = [name for name in WITH_CALLED if name != BEZWAAR.name]
    put_in_use(services, *called, BEZWAAR)
    add_departments(services, "parkeren")
    with services.sessions.begin() as session:
        staff.remember(session, FENNA)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("admin",)) as opened:
        yield opened


@pytest.fixture
def browser(services: Services) -> Callable[[str], Browser]:
    return lambda name: Browser(services, STAFF[name])


@pytest.fixture
def fenna(browser: Callable[[str], Browser]) -> Browser:
    return browser("fenna")
