"""Fixtures of relations: a house with small case types, on each kind of database."""

import pytest
from small_types import furnish


@pytest.fixture
def ready(house):
    return furnish(house)
