"""Worker and clock: what works without a page, and so loads none. Each can be started as often as needed."""

import threading

from portal.figures import FiguresServer
from processes.jobs.clock_process import SWEEPS, run_clock
from processes.jobs.workers import start_embedded, stop
from processes.post.pdf import load_layout
from processes.storage.services import Services
from processes.wiring import close_services

# the system may hand a signal to any thread, and Python acts on it in the main one: that may not sleep without an end
LOOK_SECONDS = 1.0
GRACE_SECONDS = 20  # what a running sweep gets before a stop


def work(services: Services, stopped: threading.Event) -> None:
    """Carry out the outbox until stopped."""
    load_layout()  # whoever cannot make letters says so at once, not at the first letter
    _show_figures(services)
    running = start_embedded(services)
    while not stopped.wait(LOOK_SECONDS):
        pass
    stop(running)
    close_services(services)


def tick(services: Services, stopped: threading.Event) -> None:
    """Run every sweep until stopped."""
    _show_figures(services)
    run_clock(services, stopped, SWEEPS)
    close_services(services)


def _show_figures(services: Services) -> None:
    if services.settings.metrics_port:
        FiguresServer(services.settings, services.settings.metrics_port).begin()


class Background:
    """Worker and clock beside the pages, in one process."""

    def __init__(self, services: Services) -> None:
        load_layout()
        self._stopped = threading.Event()
        self._worker = start_embedded(services)
        self._clock = threading.Thread(
            target=run_clock, args=(services, self._stopped, SWEEPS), name="clock", daemon=True
        )
        self._clock.start()

    def stop(self) -> None:
        self._stopped.set()
        self._clock.join(timeout=GRACE_SECONDS)
        stop(self._worker)
