"""`zaakspoor worker` and `zaakspoor clock`: each until it is stopped."""

import signal
import threading

from portal.background import tick, work
from portal.commands.opening import services


def worker() -> None:
    work(services(), _until_stopped())


def clock() -> None:
    tick(services(), _until_stopped())


def _until_stopped() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
