"""One installation for all experiments, and the path that a case takes without faults."""

import sys
from collections.abc import Iterator

import pytest
from fault_checker import Trace, trace_of
from fault_experiment import Experiment
from fault_installation import Installation, furnish, open_installation
from fault_play import Inside, Play
from kit.business_time import MachineClock
from kit.installation import TEST_SECRET as SECRET

from processes.base.settings import Settings
from processes.jobs.workers import drain
from processes.wiring import close_services, open_services


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    with open_installation() as opened:
        yield opened
        tally = ", ".join(f"{name} {point} {count}x" for (name, point), count in sorted(opened.programs.hits.items()))
        sys.stderr.write(f"\nkilled: {tally}\n")


@pytest.fixture(scope="session")
def legal(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    """What one case goes through when nothing fails."""
    place = tmp_path_factory.mktemp("legal")
    settings = Settings(database=f"sqlite:///{place}/zaken.db", files=f"{place}/files", data=place, secret=SECRET)
    services = open_services(settings, migrate=True, clock=MachineClock())
    furnish(services)
    play = Play(services, Inside(services), 1)
    play.whole()
    drain(services)
    trace = trace_of(services, play.numbers[0])
    close_services(services)
    return trace


@pytest.fixture
def experiment(installation: Installation, legal: Trace) -> Experiment:
    return Experiment(installation, legal)
