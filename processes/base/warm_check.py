"""The check of `isolated_check`, fast enough for somebody who is drawing: the checking process stays, with everything loaded.

One process per web process. It reads the models in use once, and forks for every folder that it is asked about: only the
fork reads what is not trusted, within the same limits, and only the fork dies of it. It knows no secret and no database.
Messages between the processes are JSON with their length before them.
"""

import hashlib
import json
import os
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import IO, Any, Final

from engine import Finding, Folder, LegalTerm, Model
from processes.base.isolated_check import (
    HOME,
    WAIT_SECONDS,
    Verdict,
    as_folder,
    as_json,
    bare_environment,
    findings_of,
    folders_of,
    limit,
    models_of,
    too_heavy,
    unreadable,
)

LENGTH: Final = struct.Struct(">I")
CHUNK: Final = 65_536
HEAVY, BROKEN = "heavy", "broken"
NO_MEMORY: Final = 3  # how a fork ends that ran out of memory


class WarmCheck:
    """The checking process, started at the first question and again when it is gone. One question at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._library = ""

    def check(
        self,
        folder: Folder,
        library: Mapping[str, Folder],
        law: Mapping[str, LegalTerm],
        retention: Collection[str],
    ) -> Verdict:
        """All findings of a folder, as `check_apart` gives them."""
        asked = {
            "folder": as_json(folder),
            "law": {code: asdict(term) for code, term in law.items()},
            "retention": sorted(retention),
        }
        with self._lock:
            answer = self._ask(asked, library) or self._ask(asked, library) or {"trouble": BROKEN}
        if trouble := answer.get("trouble"):
            return too_heavy(folder) if trouble == HEAVY else unreadable(folder)
        findings = tuple(Finding(**one) for one in answer["findings"])
        return Verdict(str(answer["process"]), folder, findings, finished=True)

    def stop(self) -> None:
        """End the checking process; the next question starts another."""
        with self._lock:
            self._forget()

    def _ask(self, asked: Mapping[str, Any], library: Mapping[str, Folder]) -> dict[str, Any] | None:
        """The answer; None when the process turned out to be gone."""
        try:
            into, out = self._running()
            key = _fingerprint(library)
            if key != self._library:
                _write(into, {"library": {name: as_json(one) for name, one in library.items()}})
                self._library = key
            _write(into, asked)
            answer = _read(out)
        except (BrokenPipeError, ConnectionError):
            answer = None
        if answer is None:
            self._forget()
        return answer

    def _running(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None or self._process.poll() is not None:
            self._forget()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "processes.base.warm_check"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=HOME, env=bare_environment(),
            )  # fmt: skip
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise BrokenPipeError
        return process.stdin, process.stdout

    def _forget(self) -> None:
        process, self._process, self._library = self._process, None, ""
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue  # what was not read any more


WARM: Final = WarmCheck()


def _fingerprint(library: Mapping[str, Folder]) -> str:
    """What models are read from: names and drawings."""
    digest = hashlib.sha256()
    for name in sorted(library):
        digest.update(name.encode() + b"\0" + hashlib.sha256(library[name].drawing).digest())
    return digest.hexdigest()


def _write(stream: IO[bytes], message: Mapping[str, Any]) -> None:
    packed = json.dumps(message).encode()
    stream.write(LENGTH.pack(len(packed)) + packed)
    stream.flush()


def _read(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message; None at the end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    packed = stream.read(size)
    if len(packed) < size:
        return None
    message: dict[str, Any] = json.loads(packed)
    return message


# -- in the checking process -----------------------------------------------------------------------------------------


def main() -> None:
    """Questions on standard input until it ends, an answer to each folder on standard output."""
    known: Mapping[str, Model] = {}
    while (message := _read(sys.stdin.buffer)) is not None:
        if "library" in message:
            known = models_of(folders_of(message["library"]))
        else:
            _write(sys.stdout.buffer, _in_a_fork(message, known))


def _in_a_fork(asked: Mapping[str, Any], known: Mapping[str, Model]) -> dict[str, Any]:
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        _answer_and_end(into, asked, known)
    os.close(into)
    try:
        packed = _all_of(out, child)
    finally:
        os.close(out)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == NO_MEMORY:
        return {"trouble": HEAVY}
    if status:
        return {"trouble": BROKEN}
    answer: dict[str, Any] = json.loads(packed)
    return answer


def _answer_and_end(into: int, asked: Mapping[str, Any], known: Mapping[str, Model]) -> None:
    """In the fork: never returns, so that nothing of the process that stays happens twice."""
    code = 1
    try:
        limit()
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        packed = json.dumps(findings_of(as_folder(asked["folder"]), known, asked)).encode()
        while packed:
            packed = packed[os.write(into, packed) :]
        code = 0
    except MemoryError:
        code = NO_MEMORY
    finally:
        os._exit(code)


def _all_of(stream: int, child: int) -> bytes:
    """Everything that the fork writes; one that takes too long by the clock is ended."""
    end = time.monotonic() + WAIT_SECONDS
    found = bytearray()
    while True:
        ready, _, _ = select.select([stream], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            os.kill(child, signal.SIGKILL)
            return b""
        chunk = os.read(stream, CHUNK)
        if not chunk:
            return bytes(found)
        found += chunk


if __name__ == "__main__":
    main()
