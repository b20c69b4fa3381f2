"""The processes of production: web, worker and clock. None holds state, so each can be started as often as needed."""

import threading

import uvicorn
from prometheus_client import start_http_server

from portal.app import create_app
from processes.actors import start_embedded, stop
from processes.clockwork import HOUSE_SWEEPS, Sweep, run_clock
from processes.house import House
from processes.opening import close_house
from processes.post.pdf import load_layout
from processes.retention.sweeping import sweep_retention
from processes.timers import sweep as sweep_timers
from processes.warning_sweep import sweep_warnings

SWEEPS = (
    *HOUSE_SWEEPS,
    Sweep("timers", 1, sweep_timers),
    Sweep("warnings", 60, sweep_warnings),
    Sweep("retention", 600, sweep_retention),
)
GRACE_SECONDS = 20  # what a running request or upload gets before a stop


def serve(house: House, host: str, port: int) -> None:
    """Serve the pages until stopped; with the embedded broker also work and tick in this process."""
    background = Background(house) if house.settings.broker == "embedded" else None
    try:
        uvicorn.run(
            create_app(house), host=host, port=port, log_level="warning", access_log=False, server_header=False,
            proxy_headers=bool(house.settings.trusted_proxies), forwarded_allow_ips=list(house.settings.trusted_proxies),
            timeout_graceful_shutdown=GRACE_SECONDS,
        )  # fmt: skip
    finally:
        if background:
            background.stop()
        close_house(house)


def work(house: House, stopped: threading.Event) -> None:
    """Carry out the outbox until stopped."""
    load_layout()  # whoever cannot make letters says so at once, not at the first letter
    _show_figures(house)
    running = start_embedded(house)
    stopped.wait()
    stop(running)
    close_house(house)


def tick(house: House, stopped: threading.Event) -> None:
    """Run every sweep until stopped."""
    _show_figures(house)
    run_clock(house, stopped, SWEEPS)
    close_house(house)


def _show_figures(house: House) -> None:
    if house.settings.metrics_port:
        start_http_server(house.settings.metrics_port)


class Background:
    """Worker and clock beside the pages, in one process."""

    def __init__(self, house: House) -> None:
        load_layout()
        self._stopped = threading.Event()
        self._worker = start_embedded(house)
        self._clock = threading.Thread(target=run_clock, args=(house, self._stopped, SWEEPS), name="clock", daemon=True)
        self._clock.start()

    def stop(self) -> None:
        self._stopped.set()
        self._clock.join(timeout=GRACE_SECONDS)
        stop(self._worker)
