"""The process that plays the draft of a case type in children of its own: see processes.base.isolated_play, which starts it.

It loads everything once and prepares one empty installation; each rehearsal gets a copy of that in a folder of its own, which goes when
its child ends, however that ends.
"""

import resource
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final, Protocol

from sqlalchemy import select
from sqlalchemy.orm import configure_mappers

from engine import EngineError, Folder, Model, read_model
from processes.base.errors import Invalid, ZaakspoorError
from processes.base.forking import in_child, serve
from processes.base.isolated_check import as_folder
from processes.base.isolated_play import SECONDS, WAIT_SECONDS
from processes.base.warm_process import FINISHED
from processes.law.edits import Saved
from processes.rehearsal.exploring import Chooser, Exploring, as_rehearsal
from processes.rehearsal.kept import (
    KeptState,
    leave,
    names_of_states,
    newest_kept,
    of_draft,
    read_told,
    take_over,
    tell,
)
from processes.rehearsal.place import DATABASE, InUse, played_in, prepare, resumed_in
from processes.rehearsal.played_case import PlayedCase, open_case
from processes.rehearsal.player import StepDone, play_step
from processes.rehearsal.script import Rehearsal, ScriptError, read_script
from processes.rehearsal.script_words import words_of
from processes.rehearsal.standing import RecordedReactions, places_of
from processes.rehearsal.view import newest_post, view_of
from processes.rehearsal.writing import read_raw, written
from processes.storage.tables import DeadlineRow

MEMORY: Final = 512 * 1024 * 1024
LARGEST_FILE: Final = 64 * 1024 * 1024
OPEN_FILES: Final = 64
PREPARING_SECONDS: Final = 60
WRONG: Final = (ZaakspoorError, EngineError, ScriptError)
RECORDED: Final = {"status", "tasks", "mails", "result", "finished"}
Lines = dict[str, list[str]]


class PageMaker(Protocol):
    """Renders the real pages of a played case; the portal has one. Layers below know no page."""

    def get_ready(self, prepared: Path) -> None:
        """Load what a page needs, once, before the first child that is asked for one."""

    def seen(self, played: PlayedCase, wanted: str) -> list[Any]:
        """The pages that are asked for, as they are now."""

    def told(self, seen: list[Any], before: Lines | None) -> tuple[list[dict[str, Any]], Lines]:
        """Each page in the fields of ShownPage, with what is new since `before`; and the texts on each."""

    def lines(self, seen: list[Any]) -> Lines:
        """The texts on each page."""


def main(pages: PageMaker | None = None, chooser: Chooser | None = None) -> None:
    """Questions on standard input, answers on standard output."""
    with tempfile.TemporaryDirectory(prefix="zaakspoor-") as home:
        prepared = Path(home) / "prepared"
        prepared.mkdir()
        # in a child as well, so that nothing stays open here when the others are made
        in_child(partial(prepare, prepared), lambda: None, PREPARING_SECONDS)
        configure_mappers()  # once, and not in every child
        serve(partial(_answered, Path(home), prepared, pages, chooser))


def _answered(
    home: Path, prepared: Path, pages: PageMaker | None, chooser: Chooser | None, asked: Mapping[str, Any]
) -> bytes:
    library = [_in_use(as_folder(one)) for one in asked["library"]]
    if pages and asked["pages"]:
        pages.get_ready(prepared)
    kept = of_draft(home, asked)
    with tempfile.TemporaryDirectory(dir=home) as place:
        stage = PlayingPlace(Path(place), prepared, kept, pages)
        work = (
            partial(explore, asked, library, stage, chooser)
            if asked.get("seek")
            else partial(play, asked, library, stage)
        )
        answer = in_child(work, limit, WAIT_SECONDS)
        if answer.startswith(FINISHED):
            take_over(Path(place), kept)
        return answer


def _in_use(folder: Folder) -> InUse:
    return InUse(folder, _model_in_use(folder.drawing))


@dataclass(frozen=True, slots=True)
class PlayingPlace:
    """The folder of one child, the prepared installation, where states of this draft are kept, and who renders pages."""

    place: Path
    prepared: Path
    kept: Path
    pages: PageMaker | None


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


def play(asked: Mapping[str, Any], library: list[InUse], stage: PlayingPlace) -> dict[str, Any]:
    """The fields of PlayedThrough."""
    try:
        script = read_script(asked["name"], asked["steps"].encode())
        found = newest_kept(stage.kept, names_of_states(script))
        if found:
            with resumed_in(stage.place, found[1]) as (services, clock, noted):
                told = read_told(found[1])
                return Playing(stage, noted, told.progress(services, clock), script, asked["pages"], told).through()
        folder = as_folder(asked["folder"])
        draft = InUse(folder, read_model(folder.drawing).model)
        law = map(Saved.from_data, asked["law"])
        with played_in(stage.place, stage.prepared, [*library, draft], law) as (services, clock, noted):
            begun = open_case(services, clock, draft.process, script)
            return Playing(stage, noted, begun, script, asked["pages"]).through()
    except WRONG as wrong:
        return {"failure": str(wrong), "failed_at": 0, "fields": _fields(wrong), "differences": []}


def explore(
    asked: Mapping[str, Any], library: list[InUse], stage: PlayingPlace, chooser: Chooser | None
) -> dict[str, Any]:
    """The fields of Explored, and whether it `failed`."""
    nothing = {"failed": True, "found": False, "text": "", "steps": [], "states": []}
    folder, seek = as_folder(asked["folder"]), asked["seek"]
    draft = InUse(folder, read_model(folder.drawing).model)
    if chooser is None:
        return nothing
    try:
        raw = read_raw(as_rehearsal(asked, folder, draft.read, chooser))
        script = read_script(asked["name"], written(raw["title"], raw["start"], raw["steps"]).encode())
        law = map(Saved.from_data, asked["law"])
        with played_in(stage.place, stage.prepared, [*library, draft], law) as (services, clock, noted):
            begun = open_case(services, clock, draft.process, script)
            target = (seek["process"], seek["element"])
            trying = Exploring(
                begun, noted, chooser, target, seek["most"], raw["start"], raw["title"], frozenset(seek["near"]),
                frozenset(seek["waits"]), time.monotonic() + seek["seconds"], seek["wished"],
            )  # fmt: skip
            return trying.through(raw["steps"])
    except WRONG:
        return nothing


@dataclass
class Playing:
    """The steps of one rehearsal, done one by one. `told`: what is known of the first ones, which were done before."""

    stage: PlayingPlace
    noted: RecordedReactions
    played: PlayedCase
    script: Rehearsal
    wanted: str
    told: KeptState | None = None

    def through(self) -> dict[str, Any]:
        done = list(self.told.done) if self.told else []
        before, lines = (0, 0), self.told.lines if self.told else None
        if self.told:
            before = (self.told.before[0], self.told.before[1])
        last = StepDone("")
        for step in self.script.steps[len(done) :]:
            at_end = len(done) + 1 == len(self.script.steps)
            lines = (lines or self._lines()) if at_end else None
            before = newest_post(self.played)
            last = play_step(self.played, step)
            if last.failure:
                break
            done.append(self._done(last))
        if not last.failure:
            self._leave()
        pages, now = self._pages(None if last.failure else lines)
        if not last.failure:
            self._tell(done, before, now)
        words = words_of(self.played)
        return {
            "failure": last.failure,
            "failed_at": len(done) + 1 if last.failure else None,
            "fields": _fields(last.wrong),
            "named": [words.step(step) for step in self.script.steps],
            "differences": [one["differences"] for one in done],
            "seen": [one["seen"] for one in done],
            "reached": [one["reached"] for one in done],
            "view": asdict(view_of(self.played, before)),
            "pages": pages,
        }

    def _done(self, done: StepDone) -> dict[str, Any]:
        """All of one step that the answer and a kept state tell."""
        with self.played.services.sessions() as session:
            stands = list(places_of(session, self.played.services, self.played.case_id))
        reached = list(dict.fromkeys([*self.noted.passed, *stands]))
        self.noted.passed.clear()
        return {"differences": list(done.differences), "seen": _recorded(self.played, done), "reached": reached}

    def _lines(self) -> Lines | None:
        """The texts on the pages before the last step, to lay beside those after it."""
        maker = self.stage.pages
        return maker.lines(maker.seen(self.played, self.wanted)) if maker and self.wanted else None

    def _pages(self, before: Lines | None) -> tuple[list[dict[str, Any]], Lines]:
        maker = self.stage.pages
        if not maker or not self.wanted:
            return [], {}
        return maker.told(maker.seen(self.played, self.wanted), before)

    def _leave(self) -> None:
        """Aside, before anybody looks at a page: looking leaves traces as well."""
        if self.script.steps:
            leave(self.stage.place, DATABASE)

    def _tell(self, done: list[dict[str, Any]], before: Sequence[int], lines: Lines) -> None:
        if not self.script.steps:
            return
        played = self.played
        told = KeptState(
            played.case, played.case_id, played.clock.moment.isoformat(), played.last_mail, played.last_notice,
            sorted(played.held), list(before), done, lines,
        )  # fmt: skip
        tell(self.stage.place, names_of_states(self.script)[-1], told)


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
