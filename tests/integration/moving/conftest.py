"""Moving cases: an installation with three small case types, on each kind of database."""

from collections.abc import Callable

import pytest
from kit.people import FENNA
from kit.small_types import furnish as furnish_types

from processes.storage import staff
from processes.storage.services import Services


def furnish(services: Services) -> None:
    furnish_types(services)
    with services.sessions.begin() as session:
        staff.remember(session, FENNA)


@pytest.fixture
def services(installed: Callable[..., Services]) -> Services:
    return installed(furnish, faces=("admin", "workbench"))
