"""Fixtures of what is filed: bezwaar in use on each kind of database, with the department that took the decision."""

from collections.abc import Callable

import pytest
from kit.cases import BEZWAAR, add_departments, put_in_use

from processes.storage.services import Services


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren", "wonen")


@pytest.fixture
def services(installed: Callable[..., Services]) -> Services:
    return installed(furnish)
