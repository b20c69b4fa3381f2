"""One installation for all experiments, and the path that a case takes without faults."""

import sys
from collections.abc import Iterator

import pytest
from fault_checker import Trace, trace_of
from fault_experiment import Experiment
from fault_play import Inside, Play
from fault_stage import SECRET, Stage, furnish, open_stage

from processes.actors import drain
from processes.opening import close_house, open_house
from processes.settings import Settings


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    with open_stage() as opened:
        yield opened
        tally = ", ".join(f"{name} {point} {count}x" for (name, point), count in sorted(opened.programs.hits.items()))
        sys.stderr.write(f"\nkilled: {tally}\n")


@pytest.fixture(scope="session")
def legal(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    """What one case goes through when nothing fails."""
    place = tmp_path_factory.mktemp("legal")
    settings = Settings(database=f"sqlite:///{place}/zaken.db", files=f"{place}/files", data=place, secret=SECRET)
    house = open_house(settings, migrate=True)
    furnish(house)
    play = Play(house, Inside(house), 1)
    play.whole()
    drain(house)
    trace = trace_of(house, play.numbers[0])
    close_house(house)
    return trace


@pytest.fixture
def experiment(stage: Stage, legal: Trace) -> Experiment:
    return Experiment(stage, legal)
