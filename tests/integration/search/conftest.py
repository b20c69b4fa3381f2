"""Fixtures of searching: an installation on each kind of database with the small case type in use."""

from dataclasses import replace

import pytest
from kit.business_time import FixedClock

from bench.ground import Ground, furnish


@pytest.fixture
def ground(services):
    clock = FixedClock()
    made = Ground(replace(services, clock=clock), clock)
    furnish(made)
    return made
