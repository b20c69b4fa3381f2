"""Fixtures of relations: an installation with small case types, on each kind of database."""

import pytest
from kit.small_types import furnish


@pytest.fixture
def ready(installed):
    return installed(furnish)
