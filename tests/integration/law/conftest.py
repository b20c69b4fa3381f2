"""Fixtures of the law: an installation on each kind of database that stands on Monday 1 June 2026."""

import pytest
from law_kit import SetClock, furnish


@pytest.fixture
def law_kit(installed):
    return installed(furnish, clock=SetClock())
