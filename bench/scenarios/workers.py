"""`workers`: what new cases send out, carried out by more and more `zaakspoor worker` processes on RabbitMQ.

The same load for each: so many bezwaren that were just registered, of each a letter as PDF that becomes a document of its
case, and the mail that tells of it. PostgreSQL itself says who waited for a lock longer than a millisecond.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import func, select

from bench.figures import Effort, Figure, at_most
from bench.ground import HOME, SECRET, WORKER, Ground, ground
from bench.postgres import PostgresServer
from bench.rabbit import Rabbit
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.base.actor import SYSTEM
from processes.storage.case_type_folders import all_folders
from processes.storage.dispatcher import QUEUE, Dispatcher, make_dispatcher
from processes.storage.tables import OutboxRow

CORES_BUSY = 0.9
LONGEST_SECONDS = 300
SAME_CASE = 'in relation "case"'  # the row of a case is its lock: who waits for that one waits for the same case


@dataclass(frozen=True, slots=True)
class Load:
    """One load carried out: work per second, and which share of all cores was busy meanwhile, with whatever."""

    per_second: float
    busy: float


def run(server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    with ground(server, "workers") as here, _rabbit() as rabbit:
        for folder in all_folders(HOME.parent / "bpmn"):  # bezwaar is refused without all that it calls
            act(here.services, SYSTEM, DeployFolder(folder))
        server.tell_of_waits("workers")
        dispatcher = make_dispatcher(replace(here.services.settings, broker=rabbit.address))
        try:
            rounds = [
                {count: _load(here, dispatcher, rabbit, count, effort.times) for count in effort.workers}
                for _ in range(effort.rounds)
            ]
        finally:
            dispatcher.close()
    yield from _figures(rounds, effort.workers)
    waits = server.waits()
    between = waits_between_cases(waits)
    yield at_most("workers-lock-waits", [between], 0, {"for_the_same_case": len(waits) - between})


def _figures(rounds: list[dict[int, Load]], workers: Sequence[int]) -> Iterator[Figure]:
    for count in workers:
        speeds = [one[count].per_second for one in rounds]
        busy = statistics.median(one[count].busy for one in rounds)
        told = {"cores_busy": round(busy, 2)}
        middle = round(statistics.median(speeds), 1)
        yield Figure(f"workers-{count}", middle, "per_s", None, tuple(round(one, 1) for one in speeds), told)
    most = [round(one[workers[-1]].busy, 2) for one in rounds]
    yield Figure("workers-cores-busy", statistics.median(most), "cores", CORES_BUSY, tuple(most))


def waits_between_cases(waits: Sequence[str]) -> int:
    """How many of these waits were for something else than the lock of the own case."""
    return sum(SAME_CASE not in one for one in waits)


@contextmanager
def _rabbit() -> Iterator[Rabbit]:
    rabbit = Rabbit()
    try:
        rabbit.start()
        yield rabbit
    finally:
        rabbit.remove()


def _load(here: Ground, dispatcher: Dispatcher, rabbit: Rabbit, count: int, cases: int) -> Load:
    for _ in range(cases):
        act(here.services, WORKER, replace(here.registration(), case_type="bezwaar", values={"grounds": "Een reden"}))
    with here.services.sessions() as session:
        waiting = list(session.scalars(select(OutboxRow.id).where(OutboxRow.done_at.is_(None))))
    with _workers(here, dispatcher, rabbit, count):
        idle, started = _idle_and_total(), time.perf_counter()
        dispatcher.dispatch(waiting)
        _until(lambda: _open(here) == 0)
        seconds = time.perf_counter() - started
        less, total = (after - before for before, after in zip(idle, _idle_and_total(), strict=True))
    return Load(len(waiting) / seconds, 1 - less / total)


@contextmanager
def _workers(here: Ground, dispatcher: Dispatcher, rabbit: Rabbit, count: int) -> Iterator[None]:
    """So many processes, each of which listens to the queue already."""
    dispatcher.broker.declare_queue(QUEUE, ensure=True)  # type: ignore[call-arg]  # of the broker of RabbitMQ alone
    given = here.services.settings
    settings = {
        "DATABASE": given.database, "BROKER": rabbit.address, "FILES": given.files, "DATA": str(given.data),
        "SECRET": SECRET,  # no production: that wants a mail server
    }  # fmt: skip
    environment = {**os.environ, **{f"ZAAKSPOOR_{name}": value for name, value in settings.items()}}
    command = [Path(sys.executable).parent / "zaakspoor", "worker"]
    with tempfile.TemporaryFile() as words:
        running = [
            subprocess.Popen(command, env=environment, stdout=words, stderr=words)  # noqa: S603 - ours
            for _ in range(count)
        ]
        try:
            _until(lambda: _listening(dispatcher) == count)
            yield
        finally:
            for one in running:
                one.terminate()
            for one in running:
                one.wait()


def _listening(dispatcher: Dispatcher) -> int:
    declared = dispatcher.broker.channel.queue_declare(QUEUE, passive=True)  # type: ignore[attr-defined]
    return int(declared.method.consumer_count)


def _open(here: Ground) -> int:
    with here.services.sessions() as session:
        return session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.done_at.is_(None))) or 0


def _until(met: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST_SECONDS
    while not met():
        if time.monotonic() > end:
            raise RuntimeError("the workers do not finish")
        time.sleep(0.02)


def _idle_and_total() -> tuple[int, int]:
    """Ticks of all cores since the machine started: those in which nothing ran, and all."""
    ticks = [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return ticks[3] + ticks[4], sum(ticks)
