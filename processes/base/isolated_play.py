"""The draft of a case type is played in a process of its own, with a limit on time, memory and files.

A folder and a list of steps in; out: what went otherwise than expected, and what everybody sees after the last step. Nothing of
it touches this installation: the child makes a place of its own (processes.rehearsal.playing) and knows no secret. Answers
are kept for a while; a kept answer is never more than what playing again would give.
"""

import hashlib
import json
import queue
import re
import sys
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from engine import Folder
from processes.base.errors import ZaakspoorError
from processes.base.isolated_check import as_json
from processes.base.warm_process import Broken, TooHeavy, WarmProcess

SECONDS: Final = 10  # of processor time for one rehearsal; our longest takes two
WAIT_SECONDS: Final = 30  # by the clock, for a machine that is busy with other things as well
START_SECONDS: Final = 30  # to load everything, once
COMMAND: Final = (sys.executable, "-m", "processes.rehearsal.playing")
AT_ONCE: Final = 2
TURN_SECONDS: Final = 45
KEPT: Final = 64
TOO_HEAVY: Final = (
    f"Het spelen is gestopt: het duurde langer dan {SECONDS} seconden of vroeg te veel geheugen. "
    "Kijk of de tekening ergens rond blijft gaan zonder te wachten."
)
BROKEN: Final = "Deze repetitie is niet te spelen. Kijk of de stappen kloppen en of de tekening geen fouten heeft."
NAMED: Final = re.compile(rb'"([a-z][a-z0-9_-]{1,60})"')
NAMED_IN_STEPS: Final = re.compile(rb"case_type: *[\"']?([a-z][a-z0-9_-]{1,60})")


class StageBusy(ZaakspoorError):
    """Er worden al twee repetities gespeeld. Wacht even en probeer het opnieuw; er is niets verloren."""

    status = 503


@dataclass(frozen=True, slots=True)
class PlayedThrough:
    """One rehearsal as it went. `failed_at` is the step that could not be done, from 1, 0 for the start, None when all were;
    `failure` says why, and `fields` which questions it is about. `differences` has for each step that was done what is otherwise
    than expected, `seen` what may be expected after it. `view` is what everybody sees at the end (PlayView of
    processes.rehearsal.view as a mapping), empty when the case could not even begin.
    """

    failure: str = ""
    failed_at: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    differences: tuple[tuple[str, ...], ...] = ()
    seen: tuple[Mapping[str, Any], ...] = ()
    view: Mapping[str, Any] = field(default_factory=dict)

    @property
    def went_well(self) -> bool:
        return not self.failure and not any(self.differences)

    @property
    def first_wrong(self) -> str:
        """The first step that went otherwise, and how; empty when all went well."""
        for at, found in enumerate(self.differences, start=1):
            if found:
                return f"Stap {at}: {found[0]}"
        if self.failed_at is None:
            return self.failure
        return f"{f'Stap {self.failed_at}' if self.failed_at else 'Het begin'}: {self.failure}"


def play_apart(folder: Folder, library: Mapping[str, Folder], name: str, steps: bytes) -> PlayedThrough:
    """Play one rehearsal (`steps` is its YAML) of a folder that was checked. `library`: the folders in use by process.

    Raises StageBusy when others keep playing.
    """
    asked = {
        "folder": as_json(Folder(folder.name, folder.drawing, folder.forms, folder.mails)),
        "library": [as_json(one) for one in used_by(folder, library, steps)],
        "name": name,
        "steps": steps.decode("utf-8", "replace"),
    }
    try:
        answer = json.loads(_stage.ask(json.dumps(asked, sort_keys=True).encode()))
    except TooHeavy:
        return PlayedThrough(TOO_HEAVY)
    except Broken:
        return PlayedThrough(BROKEN)
    return PlayedThrough(**{**answer, "differences": tuple(map(tuple, answer["differences"]))})


def used_by(folder: Folder, library: Mapping[str, Folder], steps: bytes) -> list[Folder]:
    """The folders in use that a folder or one of those names somewhere, or the steps name: all that may be called or may follow."""
    found: dict[str, Folder] = {}
    todo = [*NAMED.findall(folder.drawing), *NAMED_IN_STEPS.findall(steps)]
    while todo:
        name = todo.pop().decode()
        if name in library and name not in found and name != folder.name:
            one = library[name]
            found[name] = Folder(name, one.drawing, one.forms, one.mails)
            todo += NAMED.findall(one.drawing)
    return [found[name] for name in sorted(found)]


class _Stage:
    """Two processes that play, each one rehearsal at a time, and the last answers."""

    def __init__(self) -> None:
        self._free: queue.LifoQueue[WarmProcess] = queue.LifoQueue()
        for _ in range(AT_ONCE):
            self._free.put(WarmProcess(lambda: COMMAND, WAIT_SECONDS + START_SECONDS))
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, asked: bytes) -> bytes:
        """Raises TooHeavy, Broken and StageBusy."""
        key = hashlib.sha256(asked).digest()
        with self._lock:
            known = self._kept.get(key)
        if known is not None:
            return known
        with self._turn() as player:
            answer = player.ask(asked)
        with self._lock:
            self._kept[key] = answer
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return answer

    def stop(self) -> None:
        """Forget all answers; the next question starts a new process."""
        with self._lock:
            self._kept.clear()
        with self._turn() as one, self._turn() as other:
            one.stop()
            other.stop()

    @contextmanager
    def _turn(self) -> Iterator[WarmProcess]:
        try:
            player = self._free.get(timeout=TURN_SECONDS)
        except queue.Empty as cause:
            raise StageBusy from cause
        try:
            yield player
        finally:
            self._free.put(player)


_stage = _Stage()
