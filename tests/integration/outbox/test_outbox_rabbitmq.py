"""The outbox on a real RabbitMQ, and what happens when it is killed and wiped: nothing is lost."""

import gc
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from kit.waiting import until

from bench.rabbit import Rabbit
from processes.jobs import workers
from processes.jobs.clock_process import INSTALLATION_SWEEPS, run_clock
from processes.jobs.outbox_kinds import KINDS
from processes.storage import dispatcher, outbox
from processes.storage.services import Services

pytestmark = pytest.mark.parametrize("kind_of_database", ["postgres"], indirect=True)


@pytest.fixture
def rabbit() -> Iterator[Rabbit]:
    server = Rabbit()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def put(services: Services, names: str) -> list[int]:
    with services.sessions.begin() as session:
        return [outbox.enqueue(session, "work", f"work:{n}", {"name": n}, None, datetime.now(UTC)) for n in names]


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # pika leaves the socket of a killed broker to the collector
def test_a_broker_killed_and_wiped_loses_nothing(
    services: Services, rabbit: Rabbit, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: Counter[str] = Counter()
    monkeypatch.setitem(KINDS, "work", lambda _, payload: done.update([payload["name"]]))
    monkeypatch.setattr(dispatcher, "QUIET_SECONDS", 1.0)
    monkeypatch.setattr(dispatcher, "DISPATCH_AGAIN_SECONDS", 2.0)
    settings = replace(services.settings, broker=rabbit.address)
    there = replace(services, settings=settings, dispatcher=dispatcher.make_dispatcher(settings))
    worker, stop = workers.start_embedded(there), threading.Event()
    clock = threading.Thread(target=run_clock, args=(there, stop, INSTALLATION_SWEEPS))
    clock.start()

    outbox.dispatch(there, put(services, "abc"))
    assert until(lambda: done == Counter("abc"))
    rabbit.wipe()
    started = time.monotonic()
    outbox.dispatch(there, put(services, "def"))
    assert time.monotonic() - started < 10
    rabbit.start()
    assert until(lambda: done == Counter("abcdef"))

    stop.set()
    clock.join()
    workers.stop(worker)
    assert there.dispatcher is not None
    there.dispatcher.close()
    del worker, there
    gc.collect()
