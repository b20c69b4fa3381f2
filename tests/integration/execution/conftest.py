"""Fixtures of execution: a furnished installation on each kind of database."""

import pytest
from execution_kit import furnish


@pytest.fixture
def ready(installed):
    return installed(furnish)
