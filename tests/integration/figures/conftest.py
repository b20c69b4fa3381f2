"""Fixtures of figures: an installation on each kind of database with cases that can be counted by hand, and the head of a team."""

import pytest
from figures_kit import furnish, played
from kit.browser import Browser
from kit.people import LIES

from processes.storage.services import Services


@pytest.fixture
def services(installed) -> Services:
    opened: Services = installed(furnish, faces=("workbench", "citizen"))
    played(opened)
    return opened


@pytest.fixture
def lies(services: Services) -> Browser:
    return Browser(services, LIES)
