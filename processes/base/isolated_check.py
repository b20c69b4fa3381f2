"""An uploaded drawing, or one of a draft, is read and checked in a process of its own, with a limit on time and memory.

A folder in, findings out. A drawing that makes the reader hang or grow takes only that child down, and gives one finding.
What the child did not finish may not be read anywhere else either: see `Verdict.finished`. Children are made by a process
that has loaded everything once (processes.base.checking), so that a page need not wait for that.
"""

import base64
import hashlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Final

from engine import Finding, Folder, LegalTerm
from engine.words import Severity

SECONDS: Final = 10  # of processor time; our largest drawing takes a fifth of a second
WAIT_SECONDS: Final = 20  # by the clock, for a machine that is busy with other things as well
HEAVY_SECONDS: Final = 300  # a page of a draft asks again at each look
HOME: Final = Path(__file__).parents[2]
COMMAND: Final = (sys.executable, "-m", "processes.base.checking")
FINISHED, HEAVY, FELL = b"f", b"h", b"x"  # the first byte of an answer
TOO_HEAVY: Final = (
    f"Het lezen van deze tekening duurt langer dan {SECONDS} seconden of vraagt te veel geheugen. "
    "Splits de tekening in kleinere processen, of bewaar haar opnieuw vanuit de modelleertool."
)
BROKEN: Final = (
    "Deze tekening is niet te lezen. Bewaar haar opnieuw vanuit de modelleertool en probeer het nog een keer."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of the check in a child process. `finished` is False when it did not come to an end: then the drawing
    may not be read anywhere else.

    `folder` is what was checked: with forms and mails borrowed when only a drawing was given.
    """

    process: str
    folder: Folder
    findings: tuple[Finding, ...]
    finished: bool

    @property
    def may_be_used(self) -> bool:
        return self.finished and not any(finding.severity == Severity.ERROR for finding in self.findings)


class _TooHeavy(Exception):
    """The child ran out of time or memory."""


class _Broken(Exception):
    """The child fell over."""


class NotReadApart(Exception):
    """A child did not come to an end with a drawing: a code of findings, and a sentence for the person who sent it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


def check_apart(
    folder: Folder,
    library: Mapping[str, Folder],
    law: Mapping[str, LegalTerm],
    retention: Collection[str],
    *,
    lone_drawing: bool = False,
) -> Verdict:
    """All findings of a folder. A `lone_drawing` takes the rest from the folder of the same process in `library`."""
    asked = {
        "folder": as_json(folder),
        "library": {name: as_json(one) for name, one in library.items()},
        "law": {code: asdict(term) for code, term in law.items()},
        "retention": sorted(retention),
        "lone": lone_drawing,
    }
    try:
        answer = answered_apart(asked)
    except NotReadApart as why:
        return Verdict("", folder, (Finding("", Severity.ERROR, why.code, why.sentence),), finished=False)
    findings = tuple(Finding(**one) for one in answer["findings"])
    process = str(answer["process"])
    return Verdict(process, completed(folder, process, library) if lone_drawing else folder, findings, finished=True)


def answered_apart(asked: Mapping[str, Any]) -> Any:
    """The answer of a child to a question, as JSON holds both. Raises NotReadApart."""
    try:
        return json.loads(_ask(json.dumps(asked, sort_keys=True).encode()))
    except _TooHeavy as cause:
        raise NotReadApart("too-heavy", TOO_HEAVY) from cause
    except _Broken as cause:
        raise NotReadApart("unreadable", BROKEN) from cause


@lru_cache(maxsize=16)  # the check page asks, and taking into use asks the same: that must not wait in a transaction
def _ask(asked: bytes) -> bytes:
    return _checker.ask(asked)


class _Checker:
    """The process that makes the children, started when it is first asked and again when it is gone. One question at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._heavy: dict[bytes, float] = {}  # by digest, until when what took too much is not tried again

    def ask(self, asked: bytes) -> bytes:
        """Raises _TooHeavy and _Broken."""
        name = hashlib.sha256(asked).digest()
        with self._lock:
            if self._heavy.get(name, 0) > time.monotonic():
                raise _TooHeavy
            try:
                answer = self._asked(asked)
            except (OSError, EOFError):  # it stops by itself when nobody asks for a while
                self._stop()
                answer = self._again(asked)
            if answer[:1] == HEAVY:
                self._remember(name)
                raise _TooHeavy
        if answer[:1] != FINISHED:
            raise _Broken
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
            raise _TooHeavy from cause

    def _asked(self, asked: bytes) -> bytes:
        process = self._process = self._process or _started()
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        process.stdin.write(len(asked).to_bytes(8, "big") + asked)
        process.stdin.flush()
        if not select.select([process.stdout], [], [], 2 * WAIT_SECONDS)[0]:
            raise EOFError
        size = int.from_bytes(_exactly(process.stdout, 8), "big")
        return _exactly(process.stdout, size)

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _started() -> "subprocess.Popen[bytes]":
    # only what Python needs: no secret of this installation is known to the child
    known = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - a fixed command; what was uploaded goes in as data
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=HOME, env=known
    )


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size)
    if len(found) != size:
        raise EOFError
    return found


_checker = _Checker()


def completed(folder: Folder, process: str, library: Mapping[str, Folder]) -> Folder:
    """A drawing alone, with the forms, mails and rehearsals of the process that it changes."""
    known = library.get(process)
    name = process or folder.name
    if known is None:
        return replace(folder, name=name)
    return Folder(name, folder.drawing, known.forms, known.mails, known.rehearsals)


def as_json(folder: Folder) -> dict[str, Any]:
    files = {kind: _encoded(getattr(folder, kind)) for kind in ("forms", "mails", "rehearsals")}
    return {"name": folder.name, "drawing": base64.b64encode(folder.drawing).decode(), **files}


def _encoded(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(content).decode() for name, content in files.items()}


def as_folder(record: Mapping[str, Any]) -> Folder:
    files = ({name: base64.b64decode(text) for name, text in record[kind].items()} for kind in KINDS)
    return Folder(record["name"], base64.b64decode(record["drawing"]), *files)


KINDS: Final = ("forms", "mails", "rehearsals")
