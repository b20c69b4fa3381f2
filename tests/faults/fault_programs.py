"""Real processes of `zaakspoor web | worker | clock` that die and come back, and a tally of where they died.

A fork server that has imported the program once gives each start in a moment, so that a short run can kill often.
"""

import faulthandler
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

from kit.fork_server import CONTEXT

from processes.base.crash_points import VARIABLE


def program(words: tuple[str, ...], environment: Mapping[str, str], log: str) -> None:
    """What runs in the process: the command as an operator gives it, with shorter waits so that a test need not wait."""
    from datetime import timedelta

    os.environ.clear()
    os.environ.update(environment)
    with Path(log).open("ab") as file:
        for number in (1, 2):
            os.dup2(file.fileno(), number)
    faulthandler.register(signal.SIGUSR1)
    from portal.commands import logs, main
    from processes import wiring
    from processes.base.logs import set_up_logs
    from processes.storage import dispatcher, outbox

    logs.set_up_logs = lambda **_: set_up_logs(production=True)
    wiring.upgrade = lambda _: None  # the installation made the schema
    outbox.LEASE, outbox.FIRST_WAIT = timedelta(seconds=5), timedelta(seconds=0.5)
    dispatcher.QUIET_SECONDS, dispatcher.DISPATCH_AGAIN_SECONDS = 1.0, 2.0
    sys.argv = ["zaakspoor", *words]
    main()


@dataclass
class Program:
    """One place in which a process runs. `points` are armed one after the other, each in a life of its own."""

    name: str
    words: tuple[str, ...]
    points: list[str] = field(default_factory=list)
    armed: str = ""
    process: BaseProcess | None = None


class Programs:
    """Starts, watches and counts. Whatever dies is started again, until `stop`."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self.hits: Counter[tuple[str, str]] = Counter()
        self.odd: list[str] = []  # deaths that no test asked for
        self.log = log
        self.environment = dict(environment)
        self._all: list[Program] = []
        self._lock = threading.RLock()
        self._stopped = threading.Event()
        self._watch = threading.Thread(target=self._watching, daemon=True)
        self._watch.start()

    def start(self, *names: str, **words: tuple[str, ...]) -> None:
        """Start one process of each name: a command, with more words for it."""
        for name in names:
            one = Program(name, (name, *words.get(name, ())))
            with self._lock:
                self._all.append(one)
                self._begin(one)

    def beside(self, *words: str, **more: str) -> BaseProcess:
        """One more process that nobody watches; `more` are settings of its own."""
        log = str(self.log / "beside.log")
        process = CONTEXT.Process(target=program, args=(words, {**self.environment, **more}, log))
        process.start()
        return process

    def arm(self, name: str, *points: str) -> None:
        """Kill one process of this name and let each next life end at the next of these points."""
        with self._lock:
            self._arm(next(self._of(name)), points)

    def arm_all(self, name: str, *points: str) -> None:
        """As `arm`, every process of this name: whichever takes the work dies."""
        with self._lock:
            for one in self._of(name):
                self._arm(one, points)

    def armed(self) -> list[tuple[str, str]]:
        """What waits to be hit."""
        with self._lock:
            return [(one.name, point) for one in self._all for point in filter(None, [one.armed, *one.points])]

    def stacks(self) -> None:
        """Let each armed process write in its log what it is doing."""
        with self._lock:
            for one in self._all:
                if one.armed and one.process and one.process.pid:
                    os.kill(one.process.pid, signal.SIGUSR1)
        time.sleep(0.5)

    def disarm(self) -> None:
        with self._lock:
            for one in self._all:
                one.points = []
                if one.armed:
                    self._kill(one)
                    self._begin(one)

    def kill(self, name: str) -> None:
        """kill -9 at whatever moment it is, of every process of this name."""
        with self._lock:
            for one in self._of(name):
                self._kill(one)
                self.hits[name, "any moment"] += 1
                self._begin(one)

    def terminate(self, name: str, seconds: float = 120) -> list[int | None]:
        """SIGTERM, and the exit codes; these processes do not come back."""
        with self._lock:
            gone = list(self._of(name))
            self._all = [one for one in self._all if one not in gone]
        for one in gone:
            assert one.process
            one.process.terminate()
        for one in gone:
            assert one.process
            one.process.join(seconds)
        return [one.process.exitcode for one in gone if one.process]

    def stop(self) -> None:
        self._stopped.set()
        self._watch.join()
        with self._lock:
            for one in self._all:
                self._kill(one)

    def _of(self, name: str) -> Iterator[Program]:
        return (one for one in self._all if one.name == name)

    def _watching(self) -> None:
        while not self._stopped.wait(0.05):
            with self._lock:
                for one in self._all:
                    if one.process and one.process.exitcode is not None:
                        self._note(one)
                        self._begin(one)

    def _note(self, one: Program) -> None:
        assert one.process
        if one.process.exitcode == -signal.SIGKILL and one.armed:
            self.hits[one.name, one.armed.partition(":")[0]] += 1
        else:
            self.odd.append(f"{one.name} ended with {one.process.exitcode}")
            time.sleep(0.5)  # a process that cannot start must not take the machine

    def _begin(self, one: Program) -> None:
        one.armed = one.points.pop(0) if one.points else ""
        armed = {VARIABLE: one.armed} if one.armed else {}
        log = str(self.log / f"{one.name}.log")
        one.process = CONTEXT.Process(target=program, args=(one.words, {**self.environment, **armed}, log))
        one.process.start()

    def _arm(self, one: Program, points: tuple[str, ...]) -> None:
        one.points += points
        if not one.armed:
            self._kill(one)
            self._begin(one)

    @staticmethod
    def _kill(one: Program) -> None:
        if one.process and one.process.exitcode is None:
            one.process.kill()
            one.process.join()
