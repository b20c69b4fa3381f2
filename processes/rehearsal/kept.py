"""States of a rehearsal that are kept after a step, so that the next press plays one step and not all of them.

A kept state is never the truth: it stands under the digest of all steps that led to it, and who finds none plays from the start.
Only the draft that made it can find it.
"""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from processes.rehearsal.played_case import PlayedCase
from processes.rehearsal.sandbox import StandingClock
from processes.rehearsal.script import Action, Rehearsal, Start
from processes.storage.services import Services

STATE: Final = "state"  # the folder in the place of a child in which it leaves its last state
TOLD: Final = "told.json"
NAMED: Final = "name"
FILES: Final = "files"
MOST_KEPT: Final = 12  # of one draft; one of our own weighs two megabytes
MOST_DRAFTS: Final = 4
OF_ONE_PRESS: Final = {"name", "steps", "pages"}  # of what is asked; all else is the draft and what it plays with


@dataclass(frozen=True, slots=True)
class KeptState:
    """The progress after some steps. `done` holds for each what was different, seen and come past; `lines` the texts on the pages
    that were looked at after the last one, by page; `before` the newest mail and notice before that step.
    """

    case: str
    case_id: int
    moment: str
    last_mail: int
    last_notice: int
    held: list[int]
    before: list[int]
    done: list[dict[str, Any]] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=dict)

    def progress(self, services: Services, clock: StandingClock) -> PlayedCase:
        """The rehearsal as it went on from here."""
        clock.moment = datetime.fromisoformat(self.moment)
        return PlayedCase(services, clock, self.case, self.case_id, self.last_mail, self.last_notice, set(self.held))


def names_of_states(script: Rehearsal) -> list[str]:
    """The name of the state after each number of steps, from none on."""
    names = [_digest("", script.start)]
    for step in script.steps:
        names.append(_digest(names[-1], step))
    return names


def _digest(before: str, what: Action | Start) -> str:
    return hashlib.sha256(f"{before}{json.dumps(asdict(what), default=str)}".encode()).hexdigest()


def newest_kept(kept: Path, names: Sequence[str]) -> tuple[int, Path] | None:
    """The longest beginning that was played before: how many steps, and where its state lies."""
    for steps in range(len(names) - 1, -1, -1):
        if (kept / names[steps] / TOLD).is_file():
            return steps, kept / names[steps]
    return None


def read_told(state: Path) -> KeptState:
    return KeptState(**json.loads((state / TOLD).read_text()))


def leave(place: Path, database: str) -> None:
    """Copy the database and files of a played case aside, in its own place."""
    state = place / STATE
    state.mkdir()
    with closing(sqlite3.connect(place / database)) as there, closing(sqlite3.connect(state / database)) as copy:
        there.backup(copy)  # the file alone may lack what stands in its journal
    if (place / FILES).is_dir():
        shutil.copytree(place / FILES, state / FILES)


def tell(place: Path, name: str, told: KeptState) -> None:
    """Say what the state is that was left, and under which name it is found."""
    (place / STATE / TOLD).write_text(json.dumps(asdict(told)))
    (place / NAMED).write_text(name)


def take_over(place: Path, kept: Path) -> None:
    """Move the state that a child left among those that are kept, and forget the oldest."""
    name = (place / NAMED).read_text() if (place / NAMED).is_file() else ""
    if not name.isalnum() or len(name) != hashlib.sha256().digest_size * 2 or (kept / name).exists():
        return
    kept.mkdir(parents=True, exist_ok=True)
    (place / STATE).rename(kept / name)
    _forget(kept, MOST_KEPT)
    _forget(kept.parent, MOST_DRAFTS)


def _forget(folder: Path, most: int) -> None:
    for old in sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime)[:-most]:
        shutil.rmtree(old, ignore_errors=True)


def of_draft(home: Path, asked: Mapping[str, Any]) -> Path:
    """The folder of the states of one draft, with all that it may call as it is in use."""
    everything = json.dumps({name: one for name, one in asked.items() if name not in OF_ONE_PRESS}, sort_keys=True)
    return home / "kept" / hashlib.sha256(everything.encode()).hexdigest()
