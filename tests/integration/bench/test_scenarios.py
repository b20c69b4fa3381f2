"""Every scenario of the benchmarks runs to its end, in its smallest form. Nothing is judged: a figure of so little says nothing."""

import math

import pytest

from bench.__main__ import SCENARIOS
from bench.figures import Effort
from bench.ground import server


@pytest.fixture(scope="module")
def running():
    with server() as started:
        yield started


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_runs_to_its_end_and_gives_its_figures(running, name):
    figures = list(SCENARIOS[name](running, Effort.smallest()))
    names = [figure.name for figure in figures]
    assert names
    assert len(set(names)) == len(names)
    assert all(one == name or one.startswith(f"{name}-") for one in names)
    assert all(math.isfinite(figure.value) and figure.unit for figure in figures)
