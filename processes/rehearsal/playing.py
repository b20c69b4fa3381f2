"""The process that plays the draft of a case type in children of its own: see processes.base.isolated_play, which starts it.

It loads everything once and prepares one empty installation; each rehearsal gets a copy of that in a folder of its own, which goes when
its child ends, however that ends.
"""

import resource
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import configure_mappers

from engine import EngineError, Folder, Model, read_model
from processes.base.errors import Invalid, ZaakspoorError
from processes.base.forking import in_child, serve
from processes.base.isolated_check import as_folder
from processes.base.isolated_play import SECONDS, WAIT_SECONDS
from processes.rehearsal.place import InUse, played_in, prepare
from processes.rehearsal.player import StepDone, play_step
from processes.rehearsal.script import Rehearsal, ScriptError, read_script
from processes.rehearsal.steps import PlayedCase, open_case
from processes.rehearsal.view import newest_post, view_of
from processes.storage.tables import DeadlineRow

MEMORY: Final = 512 * 1024 * 1024
LARGEST_FILE: Final = 64 * 1024 * 1024
OPEN_FILES: Final = 64
PREPARING_SECONDS: Final = 60
WRONG: Final = (ZaakspoorError, EngineError, ScriptError)
RECORDED: Final = {"status", "tasks", "mails", "result", "finished"}


def main() -> None:
    """Questions on standard input, answers on standard output."""
    with tempfile.TemporaryDirectory(prefix="zaakspoor-") as home:
        prepared = Path(home) / "prepared"
        prepared.mkdir()
        # in a child as well, so that nothing stays open here when the others are made
        in_child(partial(prepare, prepared), lambda: None, PREPARING_SECONDS)
        configure_mappers()  # once, and not in every child
        serve(partial(_answered, Path(home), prepared))


def _answered(home: Path, prepared: Path, asked: Mapping[str, Any]) -> bytes:
    library = [_in_use(as_folder(one)) for one in asked["library"]]
    with tempfile.TemporaryDirectory(dir=home) as place:
        return in_child(partial(play, asked, library, Path(place), prepared), limit, WAIT_SECONDS)


def _in_use(folder: Folder) -> InUse:
    return InUse(folder, _model_in_use(folder.drawing))


@lru_cache(maxsize=100)
def _model_in_use(drawing: bytes) -> Model | None:
    """A drawing in use, which the program itself runs, may be read before the fork, and is kept; the draft is read by its child alone."""
    return read_model(drawing).model


def limit() -> None:
    """The limits under which the draft of somebody is played."""
    for kind, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def play(asked: Mapping[str, Any], library: list[InUse], place: Path, prepared: Path) -> dict[str, Any]:
    """The fields of PlayedThrough."""
    folder = as_folder(asked["folder"])
    try:
        script = read_script(asked["name"], asked["steps"].encode())
        draft = InUse(folder, read_model(folder.drawing).model)
        with played_in(place, prepared, [*library, draft]) as (services, clock):
            return _through(open_case(services, clock, draft.process, script), script)
    except WRONG as wrong:
        return {"failure": str(wrong), "failed_at": 0, "fields": _fields(wrong), "differences": []}


def _through(played: PlayedCase, script: Rehearsal) -> dict[str, Any]:
    done, seen = list[StepDone](), list[dict[str, Any]]()
    before = (0, 0)
    for step in script.steps:
        before = newest_post(played)
        done.append(play_step(played, step))
        if done[-1].failure:
            break
        seen.append(_recorded(played, done[-1]))
    last = done[-1] if done else StepDone("")
    return {
        "failure": last.failure,
        "failed_at": len(done) if last.failure else None,
        "fields": _fields(last.wrong),
        "differences": [one.differences for one in done if not one.failure],
        "seen": seen,
        "view": asdict(view_of(played, before)),
    }


def _recorded(played: PlayedCase, done: StepDone) -> dict[str, Any]:
    """All that may be expected after a step, in the words of a script; dates as texts, since this travels between processes."""
    seen = {name: value for name, value in done.seen.items() if name in RECORDED and _said(value)}
    with played.services.sessions() as session:
        wanted = select(DeadlineRow.code, DeadlineRow.due).where(DeadlineRow.case_id == played.case_id)
        running = session.execute(wanted.where(DeadlineRow.met_on.is_(None), DeadlineRow.due.is_not(None))).all()
    return {**seen, "deadlines": {code: due.isoformat() for code, due in running if due}}


def _said(value: Any) -> bool:
    return value is not None and value is not False


def _fields(wrong: Exception | None) -> dict[str, str]:
    return dict(wrong.fields) if isinstance(wrong, Invalid) else {}


if __name__ == "__main__":
    main()
