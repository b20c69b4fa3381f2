"""Fixtures of the law: an installation on each kind of database that stands on Monday 1 June 2026."""

from dataclasses import replace

import pytest
from law_kit import SetClock, furnish


@pytest.fixture
def law_kit(services):
    return furnish(replace(services, clock=SetClock()))
