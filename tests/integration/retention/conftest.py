"""An installation with one model version and one department, on each kind of database."""

import pytest
from kit.dossiers import prepare

from processes.storage.services import Services


@pytest.fixture
def archive(services: Services) -> Services:
    prepare(services)
    return services
