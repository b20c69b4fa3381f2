"""`start-up`: seconds of processor time of `zaakspoor --help`, of `zaakspoor lint`, and of `zaakspoor web` until it shows a page.

Processor time, user and system, because that is what loading costs whatever else the machine does. The floor is a Python
that does nothing. Of `lint` the linting itself is taken off.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import httpx

from bench.figures import Effort, Figure
from bench.ground import HOME, SECRET
from bench.postgres import PostgresServer
from bench.rabbit import free_port

HELP, LINT, WEB = 0.5, 1.0, 3.0
LONGEST_SECONDS = 60
PROGRAM = str(Path(sys.executable).parent / "zaakspoor")
DRAWING = "bpmn/bezwaar"
NOTHING = [sys.executable, "-c", "pass"]
LINTING = """
import sys, time
from pathlib import Path
from processes.storage.case_type_folders import check_path
start = time.process_time()
check_path(Path(sys.argv[1]))
print(time.process_time() - start)
"""


def run(server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    server.make_database("start_up", "ready")
    with tempfile.TemporaryDirectory(prefix="zs-start-") as place:
        settings = {"DATABASE": server.address("start_up"), "FILES": f"{place}/files", "DATA": place, "SECRET": SECRET}
        rounds = [_round(settings) for _ in range(effort.rounds)]
    bare = statistics.median(one["bare"] for one in rounds)
    for name, target in (("help", HELP), ("lint", LINT), ("web", WEB)):
        seconds = [one[name] for one in rounds]
        middle = statistics.median(seconds)
        told = {"bare_s": round(bare, 3), "times_bare": round(middle / bare, 1)}
        taken = tuple(round(one, 3) for one in seconds)
        yield Figure(f"start-up-{name}", round(middle, 3), "s", target, taken, told, at_most=True)


def _round(settings: Mapping[str, str]) -> dict[str, float]:
    """Seconds of processor time of each, one after the other."""
    return {
        "bare": _processor_seconds(NOTHING),
        "help": _processor_seconds([PROGRAM, "--help"]),
        "lint": _processor_seconds([PROGRAM, "lint", DRAWING]) - _linting_seconds(),
        "web": _web_seconds(settings),
    }


def _processor_seconds(command: Sequence[str]) -> float:
    """Of a process from its start to its end."""
    started = subprocess.Popen(command, cwd=HOME.parent, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise RuntimeError(f"{command} ends with {started.returncode}")
    return used.ru_utime + used.ru_stime


def _linting_seconds() -> float:
    command = [sys.executable, "-c", LINTING, DRAWING]
    return float(subprocess.run(command, cwd=HOME.parent, capture_output=True, text=True, check=True).stdout)  # noqa: S603 - ours


def _web_seconds(settings: Mapping[str, str]) -> float:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    given = {f"ZAAKSPOOR_{name}": value for name, value in {**settings, "PUBLIC_URL": address}.items()}
    started = subprocess.Popen([PROGRAM, "web", "--port", str(port)], env={**os.environ, **given})  # noqa: S603 - ours
    try:
        _until_it_answers(started, address)
        return _used_so_far(started.pid)
    finally:
        started.terminate()
        started.wait()


def _until_it_answers(started: subprocess.Popen[bytes], address: str) -> None:
    """The first page, with whatever leads to it."""
    end = time.monotonic() + LONGEST_SECONDS
    while started.poll() is None and time.monotonic() < end:
        try:
            httpx.get(address, follow_redirects=True).raise_for_status()
        except httpx.ConnectError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError("zaakspoor web does not answer")


def _used_so_far(process: int) -> float:
    """User and system time of a process that runs, all its threads together."""
    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
