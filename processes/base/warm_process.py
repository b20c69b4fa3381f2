"""A process that has loaded everything once and makes a child for each question (processes.base.forking is its other side).

What comes from outside is read or played in such a child, under limits: one that hangs or grows takes only itself down. Neither knows
a secret of this installation: the environment holds only what Python needs.
"""

import hashlib
import os
import select
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Final

HEAVY_SECONDS: Final = 300  # a page of a draft asks again at each look
HOME: Final = Path(__file__).parents[2]
FINISHED, HEAVY, FELL = b"f", b"h", b"x"  # the first byte of an answer


class TooHeavy(Exception):
    """The child ran out of time or memory."""


class Broken(Exception):
    """The child fell over."""


class WarmProcess:
    """Started when it is first asked and again when it is gone. One question at a time; a next one waits its turn."""

    def __init__(self, command: Callable[[], Sequence[str]], wait_seconds: float) -> None:
        """`wait_seconds`: how long an answer may take by the clock before the process counts as gone."""
        self._command, self._wait = command, wait_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._heavy: dict[bytes, float] = {}  # by digest, until when what took too much is not tried again

    def ask(self, asked: bytes) -> bytes:
        """The answer of the child. Raises TooHeavy and Broken."""
        name = hashlib.sha256(asked).digest()
        with self._lock:
            if self._heavy.get(name, 0) > time.monotonic():
                raise TooHeavy
            try:
                answer = self._asked(asked)
            except (OSError, EOFError):  # it stops by itself when nobody asks for a while
                self._stop()
                answer = self._again(asked)
            if answer[:1] == HEAVY:
                self._remember(name)
                raise TooHeavy
        if answer[:1] != FINISHED:
            raise Broken
        return answer[1:]

    def _remember(self, name: bytes) -> None:
        now = time.monotonic()
        self._heavy = {one: until for one, until in self._heavy.items() if until > now}
        self._heavy[name] = now + HEAVY_SECONDS

    def stop(self) -> None:
        """The next question starts a new one."""
        with self._lock:
            self._heavy.clear()
            self._stop()

    def _again(self, asked: bytes) -> bytes:
        try:
            return self._asked(asked)
        except (OSError, EOFError) as cause:
            self._stop()
            raise TooHeavy from cause

    def _asked(self, asked: bytes) -> bytes:
        process = self._process = self._process or _started(self._command())
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        process.stdin.write(len(asked).to_bytes(8, "big") + asked)
        process.stdin.flush()
        if not select.select([process.stdout], [], [], self._wait)[0]:
            raise EOFError
        size = int.from_bytes(_exactly(process.stdout, 8), "big")
        return _exactly(process.stdout, size)

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _started(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    # only what Python needs: no secret of this installation is known to the child
    known = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - a fixed command; what was uploaded goes in as data
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=HOME, env=known
    )


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size)
    if len(found) != size:
        raise EOFError
    return found
