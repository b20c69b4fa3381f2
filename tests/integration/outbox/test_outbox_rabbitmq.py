"""The outbox on a real RabbitMQ, and what happens when it is killed and wiped: nothing is lost."""

import gc
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bench.rabbit import Rabbit
from processes import actors, dispatcher, outbox
from processes.clockwork import HOUSE_SWEEPS, run_clock
from processes.house import House
from processes.outbox_kinds import KINDS

pytestmark = pytest.mark.parametrize("database", ["postgres"], indirect=True)


@pytest.fixture
def rabbit() -> Iterator[Rabbit]:
    server = Rabbit()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def put(house: House, names: str) -> list[int]:
    with house.sessions.begin() as session:
        return [outbox.enqueue(session, "work", f"work:{n}", {"name": n}, None, datetime.now(UTC)) for n in names]


def until(condition: Callable[[], bool], seconds: float = 40) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
    return condition()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # pika leaves the socket of a killed broker to the collector
def test_a_broker_killed_and_wiped_loses_nothing(house: House, rabbit: Rabbit, monkeypatch: pytest.MonkeyPatch) -> None:
    done: Counter[str] = Counter()
    monkeypatch.setitem(KINDS, "work", lambda _, payload: done.update([payload["name"]]))
    monkeypatch.setattr(actors, "QUIET_SECONDS", 1.0)
    monkeypatch.setattr(actors, "RING_AGAIN_SECONDS", 2.0)
    settings = replace(house.settings, broker=rabbit.address)
    there = replace(house, settings=settings, bell=dispatcher.make_doorbell(settings))
    worker, stop = actors.start_embedded(there), threading.Event()
    clock = threading.Thread(target=run_clock, args=(there, stop, HOUSE_SWEEPS))
    clock.start()

    outbox.ring(there, put(house, "abc"))
    assert until(lambda: done == Counter("abc"))
    rabbit.wipe()
    started = time.monotonic()
    outbox.ring(there, put(house, "def"))
    assert time.monotonic() - started < 10
    rabbit.start()
    assert until(lambda: done == Counter("abcdef"))

    stop.set()
    clock.join()
    actors.stop(worker)
    assert there.bell is not None
    there.bell.close()
    del worker, there
    gc.collect()
