"""Fixtures of corrected parties and decisions: bezwaar and the complaint in use, on each kind of database."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, add_departments, put_in_use, shipped
from kit.people import NOOR, PIET, known

from processes.storage.services import Services


def furnish(services: Services) -> None:
    """Drawings are not rehearsed again here."""
    put_in_use(services, *(replace(shipped(name), rehearsals={}) for name in (*BEZWAAR, "klacht")))
    add_departments(services, "parkeren", "vergunningen")
    for actor in (NOOR, PIET):
        known(services, actor)


@pytest.fixture
def services(installed: Callable[..., Services]) -> Services:
    return installed(furnish)


@pytest.fixture
def noor(services: Services) -> Browser:
    return Browser(services, NOOR)
