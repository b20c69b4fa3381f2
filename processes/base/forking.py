"""The side of a warm process (processes.base.warm_process) that makes a child for each question.

It stops when its parent does, and after ten quiet minutes.
"""

import gc
import json
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

from processes.base.warm_process import FELL, FINISHED, HEAVY

QUIET_SECONDS: Final = 600
MOST_ANSWERED: Final = 20_000_000  # bytes
AT_ONCE: Final = 1 << 16
OUT_OF_MEMORY: Final = 3  # how the child ends


def serve(answered: Callable[[Any], bytes]) -> None:
    """Questions (JSON) on standard input, answers on standard output; each is its length in eight bytes, and then that many."""
    asks, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a line of the log is no answer
    while select.select([asks], [], [], QUIET_SECONDS)[0]:
        size = asks.read(8)
        if not size:
            return
        answer = answered(json.loads(asks.read(int.from_bytes(size, "big"))))
        answers.write(len(answer).to_bytes(8, "big") + answer)
        answers.flush()


def in_child(work: Callable[[], object], limit: Callable[[], None], wait_seconds: float) -> bytes:
    """The JSON of `work()`, made in a child under `limit`; or the word for how the child died."""
    with BegunChild(work, limit) as child:
        return child.answer(wait_seconds)


def memory_in_use() -> int:
    """Bytes of address space that this process has: a child begins with as many as its parent, and a limit counts them."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


class BegunChild:
    """A child that works while its parent does something else. What is not waited for at the end is stopped."""

    def __init__(self, work: Callable[[], object], limit: Callable[[], None]) -> None:
        out, into = os.pipe()
        self._child = os.fork()
        if not self._child:
            os.close(out)
            _work(work, limit, into)
        os.close(into)
        self._stream = os.fdopen(out, "rb")
        self._ended = False

    def answer(self, wait_seconds: float) -> bytes:
        """The JSON of the work, or the word for how the child died. Asked once; seconds by the clock from now."""
        answer = _read_until(self._stream, time.monotonic() + wait_seconds)
        status = self._end(at_once=answer is None)
        if answer is None or os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == OUT_OF_MEMORY:
            return HEAVY
        return FINISHED + answer if os.WEXITSTATUS(status) == 0 else FELL

    def _end(self, *, at_once: bool) -> int:
        self._ended = True
        self._stream.close()
        if at_once:
            os.kill(self._child, signal.SIGKILL)
        return os.waitpid(self._child, 0)[1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if not self._ended:
            self._end(at_once=True)


def _read_until(stream: BinaryIO, end: float) -> bytes | None:
    """All that comes; None when it takes too long or is too much."""
    found = b""
    while select.select([stream], [], [], max(0.0, end - time.monotonic()))[0]:
        piece = os.read(stream.fileno(), AT_ONCE)
        if not piece:
            return found
        found += piece
        if len(found) > MOST_ANSWERED:
            return None
    return None


def _work(work: Callable[[], object], limit: Callable[[], None], into: int) -> None:
    """Never comes back."""
    ended = 1
    gc.freeze()  # to look for garbage among what the parent made would copy all of it
    try:
        limit()
        with os.fdopen(into, "wb") as stream:
            stream.write(json.dumps(work()).encode())
        ended = 0
    except MemoryError:
        ended = OUT_OF_MEMORY
    except BaseException:  # noqa: BLE001 - whatever a drawing brings about: the exit says that it fell over
        ended = 1
    finally:
        os._exit(ended)
