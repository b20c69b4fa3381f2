"""A house with one model version and one department, on each kind of database."""

import pytest
from dossiers import prepare

from processes.house import House


@pytest.fixture
def archive(house: House) -> House:
    prepare(house)
    return house
