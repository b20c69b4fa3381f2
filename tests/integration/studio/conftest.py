"""Drafts: an installation with klacht in use, on each kind of database."""

from collections.abc import Callable

import pytest
from kit.cases import put_in_use
from kit.people import FENNA

from processes.storage import staff
from processes.storage.services import Services


def furnish(services: Services) -> None:
    put_in_use(services, "klacht")
    with services.sessions.begin() as session:
        staff.remember(session, FENNA)


@pytest.fixture
def services(installed: Callable[..., Services]) -> Services:
    return installed(furnish, faces=("admin",))
