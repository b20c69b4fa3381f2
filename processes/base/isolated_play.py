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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final

from engine import Folder
from processes.base.errors import ZaakspoorError
from processes.base.isolated_check import as_json
from processes.base.program_digest import program_digest
from processes.base.warm_process import Broken, TooHeavy, WarmProcess

SECONDS: Final = 10  # of processor time for one rehearsal; our longest takes two
WAIT_SECONDS: Final = 30  # by the clock, for a machine that is busy with other things as well
START_SECONDS: Final = 60  # to load everything, once, with all pages; five seconds on a machine that does nothing else
COMMAND: Final = (sys.executable, "-m", "portal.played")  # named only: it knows the pages, which this layer does not
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


OUTCOME: Final = ("failure", "failed_at", "fields", "named", "differences", "reached")


class StageBusy(ZaakspoorError):
    """Er worden al twee repetities gespeeld. Wacht even en probeer het opnieuw; er is niets verloren."""

    status = 503


@dataclass(frozen=True, slots=True)
class PlayedThrough:
    """One rehearsal as it went. `failed_at` is the step that could not be done, from 1, 0 for the start, None when all were;
    `failure` says why, and `fields` which questions it is about; `named` has the words for each step. `differences` has for each step that was done what is otherwise
    than expected, `seen` what may be expected after it, `reached` the elements that it came past or stands at, by process and
    element. `pages` are those that were asked for (ShownPage of portal.admin.studio.rehearsal_pages). `view` is what everybody sees at the end (PlayView of
    processes.rehearsal.view as a mapping), empty when the case could not even begin.
    """

    failure: str = ""
    failed_at: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    named: Sequence[str] = ()
    differences: tuple[tuple[str, ...], ...] = ()
    seen: tuple[Mapping[str, Any], ...] = ()
    reached: tuple[tuple[tuple[str, str], ...], ...] = ()
    view: Mapping[str, Any] = field(default_factory=dict)
    pages: tuple[Mapping[str, Any], ...] = ()

    @property
    def of_the_machine(self) -> bool:
        """It was stopped, which says as much of a busy machine as of the draft: another time it may go otherwise."""
        return self.failure in {TOO_HEAVY, BROKEN}

    @property
    def outcome(self) -> dict[str, Any]:
        """All but what is seen, as JSON: what an answer that is kept holds."""
        return {name: one for name, one in asdict(self).items() if name in OUTCOME}

    @property
    def went_well(self) -> bool:
        return not self.failure and not any(self.differences)

    @property
    def first_wrong(self) -> str:
        """The first step that went otherwise, and how; empty when all went well."""
        for at, found in enumerate(self.differences, start=1):
            if found:
                return f"{self.step(at)}: {found[0]}"
        if self.failed_at is None:
            return self.failure
        return f"{self.step(self.failed_at) if self.failed_at else 'Het begin kan niet'}: {self.failure}"

    def step(self, at: int) -> str:
        """A step by its number, from 1, and by what is done in it."""
        return f"Stap {at} ({self.named[at - 1]})" if at <= len(self.named) else f"Stap {at}"


@dataclass(frozen=True, slots=True)
class Seek:
    """The subject of one try of a search: the element that is looked for, the steps that were found before (each a YAML text), how many
    there may be in all, the title of the rehearsal that comes of it, the elements from which the drawing leads there (`near`), and those
    of them at which only time does (`waits`). `wished`: by value the answers that the conditions on the way ask for (`wanted`) and those
    that they must not get (`unwanted`). `seconds`: how long it may take.
    """

    process: str
    element: str
    taken: tuple[str, ...]
    most: int
    title: str
    near: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    wished: Mapping[str, Mapping[str, Sequence[Any]]] = field(default_factory=dict)
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class ExploredState:
    """A state on the way: after how many steps (`at`), where the case stood (process and element), and what else could be done."""

    at: int
    stands: Sequence[Sequence[str]]
    others: Sequence[str]


@dataclass(frozen=True, slots=True)
class Explored:
    """One try of a search: `text` is the whole rehearsal, which stands at the element after its last step when it was `found`."""

    found: bool
    text: str
    steps: Sequence[str]
    states: tuple[ExploredState, ...]


@dataclass(frozen=True)
class PlayedWith:
    """All that the rehearsals of one folder are played with. The folder was checked; `library` has the folders in use by process, and
    `law` what this installation changed in the law, in the form of `as_data` in processes.law.edits.
    """

    folder: Folder
    library: Mapping[str, Folder]
    law: Sequence[Mapping[str, Any]] = ()

    def play(self, name: str, steps: bytes, pages: str = "") -> PlayedThrough:
        """Play one rehearsal (`steps` is its YAML). `pages`: which real pages are rendered, in the words of
        processes.rehearsal.looking, none when empty. Raises StageBusy when others keep playing.
        """
        try:
            answer = json.loads(_stage.ask(self._asked(name, steps, pages=pages)))
        except TooHeavy:
            return PlayedThrough(TOO_HEAVY)
        except Broken:
            return PlayedThrough(BROKEN)
        return played_as(answer)

    def explore(self, start: bytes, seek: Seek) -> Explored | None:
        """Go on with first choices after the steps that were found before. `start`: the rehearsal whose beginning is taken, or nothing.
        None when these steps cannot be played, or others keep playing for as long as it may take.
        """
        try:
            answer = json.loads(_stage.ask(self._asked("weg", start, pages="", seek=asdict(seek)), seek.seconds))
        except (TooHeavy, Broken, StageBusy):
            return None
        states = tuple(ExploredState(**one) for one in answer["states"])
        return None if answer["failed"] else Explored(answer["found"], answer["text"], answer["steps"], states)

    def content(self, name: str, steps: bytes) -> str:
        """The digest of a rehearsal with everything that it is played with, this program among it: 64 hexadecimal digits."""
        used = [one.name for one in used_by(self.folder, self.library, steps)]
        parts = [program_digest(), name, self._own, *(f"{one} {self._digests[one]}" for one in used), self._law]
        return hashlib.sha256("\n".join([*parts, _as_text(steps)]).encode()).hexdigest()

    def _asked(self, name: str, steps: bytes, **more: Any) -> bytes:
        asked = {
            "folder": as_json(_without_rehearsals(self.folder)),
            "library": [as_json(one) for one in used_by(self.folder, self.library, steps)],
            "law": list(self.law),
            "name": name,
            "steps": _as_text(steps),
            **more,
        }
        return json.dumps(asked, sort_keys=True).encode()

    @cached_property
    def _own(self) -> str:
        return _digest(as_json(_without_rehearsals(self.folder)))

    @cached_property
    def _law(self) -> str:
        return _digest(list(self.law))

    @cached_property
    def _digests(self) -> Mapping[str, str]:
        return _Digests(self.library)


class _Digests(dict[str, str]):
    """The digest of each folder in use, made when it is first asked for."""

    def __init__(self, library: Mapping[str, Folder]) -> None:
        super().__init__()
        self._library = library

    def __missing__(self, name: str) -> str:
        self[name] = _digest(as_json(_without_rehearsals(self._library[name])))
        return self[name]


def played_as(answer: Mapping[str, Any]) -> PlayedThrough:
    """The answer of a child, or one that was kept, read back."""
    return PlayedThrough(**{**answer, "differences": tuple(map(tuple, answer["differences"]))})


def _without_rehearsals(folder: Folder) -> Folder:
    return Folder(folder.name, folder.drawing, folder.forms, folder.mails)


def _digest(said: Any) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _as_text(steps: bytes) -> str:
    return steps.decode("utf-8", "replace").replace("\r\n", "\n")


def used_by(folder: Folder, library: Mapping[str, Folder], steps: bytes) -> list[Folder]:
    """The folders in use that a folder or one of those names somewhere, or the steps name: all that may be called or may follow."""
    found: dict[str, Folder] = {}
    todo = [*_named_in(folder.drawing), *(one.decode() for one in NAMED_IN_STEPS.findall(steps))]
    while todo:
        name = todo.pop()
        if name in library and name not in found and name != folder.name:
            one = library[name]
            found[name] = Folder(name, one.drawing, one.forms, one.mails)
            todo += _named_in(one.drawing)
    return [found[name] for name in sorted(found)]


@lru_cache(maxsize=64)  # the rehearsals of one folder all ask for the same drawings
def _named_in(drawing: bytes) -> tuple[str, ...]:
    return tuple(sorted({one.decode() for one in NAMED.findall(drawing)}))


class _Stage:
    """Two processes that play, each one rehearsal at a time, and the last answers."""

    def __init__(self) -> None:
        self._free: queue.LifoQueue[WarmProcess] = queue.LifoQueue()
        for _ in range(AT_ONCE):
            self._free.put(WarmProcess(lambda: COMMAND, WAIT_SECONDS + START_SECONDS))
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, asked: bytes, seconds: float = TURN_SECONDS) -> bytes:
        """`seconds`: how long to wait for a turn. Raises TooHeavy, Broken and StageBusy."""
        key = hashlib.sha256(asked).digest()
        with self._lock:
            known = self._kept.get(key)
        if known is not None:
            return known
        with self._turn(seconds) as player:
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
    def _turn(self, seconds: float = TURN_SECONDS) -> Iterator[WarmProcess]:
        try:
            player = self._free.get(timeout=seconds)
        except queue.Empty as cause:
            raise StageBusy from cause
        try:
            yield player
        finally:
            self._free.put(player)


_stage = _Stage()
