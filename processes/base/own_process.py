"""A file that somebody sent is read in a process of its own, with a limit on time and memory.

Bytes in, bytes out. A file that makes its reader hang, grow or fall over takes only that child down. The child knows no secret of
this installation: its environment holds only what Python needs.
"""

import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

HOME: Final = Path(__file__).parents[2]
KNOWN: Final = ("PATH", "LANG", "LD_LIBRARY_PATH")


def ask(module: str, asked: bytes, seconds: float, *arguments: str) -> bytes | None:
    """The answer of `python -m module` to what it reads; None when it fell over or took longer than `seconds` by the clock."""
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; what was uploaded goes in as data
            command, input=asked, capture_output=True, check=False, timeout=seconds, cwd=HOME, env=_known()
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None


def lines_of(module: str, seconds: float, *arguments: str) -> Iterator[bytes]:
    """Each line that `python -m module` says, while it works; it ends early when it fell over or took longer than `seconds`."""
    command = [sys.executable, "-m", module, *arguments]
    running = subprocess.Popen(  # noqa: S603 - a fixed command; what was uploaded lies in files
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=HOME, env=_known(),
        start_new_session=True,
    )  # fmt: skip
    late = threading.Timer(seconds, os.killpg, (running.pid, signal.SIGKILL))
    late.start()
    try:
        yield from running.stdout or ()
    finally:
        late.cancel()
        _end(running)


def run_program(command: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float) -> str | None:
    """Run a program of the system in `folder` to its end, with all processes that it starts; its complaints. None: it took too long."""
    running = subprocess.Popen(  # noqa: S603 - the command is ours; the file is one of its arguments, under a name of ours
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder,
        env=_known() | dict(environment), start_new_session=True,
    )  # fmt: skip
    try:
        return running.communicate(timeout=seconds)[1].decode(errors="replace")
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(running)


def limit(seconds: int, memory: int) -> None:
    """In the child: so much processor time and so many bytes of memory, and nothing written to a disk."""
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _known() -> dict[str, str]:
    return {name: os.environ[name] for name in KNOWN if name in os.environ}


def _end(running: "subprocess.Popen[bytes]") -> None:
    """A program that starts others leaves none of them behind."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    for stream in (running.stdout, running.stderr):
        if stream:
            stream.close()
