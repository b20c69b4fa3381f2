"""Fixtures of who looked: an installation with bezwaar in use, on SQLite, and one case of Tess."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.business_time import FixedClock
from kit.cases import register_bezwaar
from kit.installation import installation
from kit.people import NOOR
from looks_kit import furnish

from processes.storage.services import Services


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def services(tmp_path: Path, clock: FixedClock) -> Iterator[Services]:
    with installation(tmp_path, furnish, clock=clock) as opened:
        yield opened


@pytest.fixture
def case(services: Services) -> str:
    return register_bezwaar(services)


@pytest.fixture
def browser(services: Services) -> Callable[..., Browser]:
    return lambda who=NOOR: Browser(services, who)
