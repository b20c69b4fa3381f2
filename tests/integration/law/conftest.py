"""Fixtures of the law: a house on each kind of database that stands on Monday 1 June 2026."""

from dataclasses import replace

import pytest
from law_house import SetClock, furnish


@pytest.fixture
def law_house(house):
    return furnish(replace(house, clock=SetClock()))
