"""Fixtures of the corridor: a furnished house on each kind of database."""

import pytest
from corridor_house import furnish


@pytest.fixture
def ready(house):
    return furnish(house)
