"""`studio`: what an administrator feels while changing bezwaar, against the bare lint of the same drawing in memory.

Findings after each change and a save are asked as the page that draws asks them, a press as the page of a rehearsal plays it: with
what was asked before no answer is kept. Told in seconds as well, for a person waits for seconds and not for ratios.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from typing import Final

import yaml

from bench.figures import Effort, Figure, alternate, at_most, milliseconds
from bench.ground import HOME, Ground, ground
from bench.postgres import PostgresServer
from bench.scenarios.page import Visitor, signed_in
from engine import Folder, lint, read_folder
from engine.edits import ReplaceDrawing, apply, drawing_of
from portal.app import create_app
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actions.drafting import SaveDraftFiles, StartDraft
from processes.base.actor import SYSTEM, Actor
from processes.base.file_types import known_formats
from processes.base.isolated_play import PlayedThrough
from processes.law.for_linter import known_rules
from processes.reads.admin.uploading import in_use, reading_of
from processes.reads.studio import check_drawing, read_draft, read_draft_files, read_stage
from processes.rehearsal.writing import written

NAME: Final = "bezwaar"
CALLED: Final = ("hoorzitting-antwoord",)
WORDS: Final = b'name="Ontvangen"'  # of a status: a change of a text, as most are
LONG: Final = "ambtelijk"
ADMIN: Final = Actor("staff", "fenna", "Fenna Beheer", frozenset({"admin"}))
TIMES_LINT: Final = 3
TIMES_FIRST: Final = 3
SECOND: Final = 1.0  # longer than this and somebody stops looking
OTHER_PAGE: Final = 1.0


def run(server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    with ground(server, "studio") as here:
        for name in (*CALLED, NAME):
            act(here.services, SYSTEM, DeployFolder(read_folder(HOME.parent / "bpmn" / name)))
        act(here.services, ADMIN, StartDraft(NAME))
        work = Drawing(here)
        yield from _while_drawing(work, effort)
        yield from _presses(work, effort)
        yield from _pages(here, effort)


@dataclass
class Drawing:
    """A draft in which each change is another one, so that no answer is one of before."""

    here: Ground

    def __post_init__(self) -> None:
        self._turn = count()
        self._library, book, _ = in_use(self.here.services)
        self._law, self._retention = known_rules(book)
        self._models = {name: reading_of(one.drawing).model for name, one in self._library.items()}

    def changed(self) -> bytes:
        words = WORDS[:-1] + f" {next(self._turn)}".encode() + WORDS[-1:]
        return self._library[NAME].drawing.replace(WORDS, words, 1)

    @property
    def folder(self) -> Folder:
        whole = self._library[NAME]
        return Folder(whole.name, self.changed(), whole.forms, whole.mails)

    def bare_lint(self) -> None:
        """The floor: read and checked in this process, the other drawings in memory."""
        known = {name: model for name, model in self._models.items() if model}
        lint(self.folder, known, law_rules=self._law, retention_rules=set(self._retention), formats=known_formats())

    def findings(self) -> None:
        check_drawing(self.here.services, ADMIN, NAME, self.changed())

    def save(self) -> None:
        """In the canonical form, as a save of the draft."""
        services = self.here.services
        _, files = read_draft_files(services, ADMIN, NAME)
        file = drawing_of(files)
        made = apply(files, ReplaceDrawing(self.changed()))[file]
        seen = read_draft(services, ADMIN, NAME).revision
        act(services, ADMIN, SaveDraftFiles(NAME, seen, "Tekening veranderd.", {file: made}))

    def press(self, steps: int, title: str) -> float:
        """Milliseconds of the last of so many steps, as the page of a rehearsal plays it that showed the step before."""
        script = yaml.safe_load(self._library[NAME].rehearsals[f"{LONG}.yaml"])
        longer = [*script["steps"], *({} for _ in range(steps))][:steps]
        stage = read_stage(self.here.services, ADMIN, NAME)
        before, now = (written(title, script["start"], some) for some in (longer[:-1], longer))
        if steps:
            _well(stage.play(LONG, before))
        return milliseconds(lambda: _well(stage.play(LONG, now)))


def _well(played: PlayedThrough) -> None:
    if played.failure:
        raise RuntimeError(played.failure)


def _while_drawing(work: Drawing, effort: Effort) -> Iterator[Figure]:
    works = {"lint": work.bare_lint, "findings": work.findings, "save": work.save}
    rounds = _rounds(works, effort)
    for name in ("findings", "save"):
        told = {f"{name}_ms": rounds[-1][name], "lint_ms": rounds[-1]["lint"]}
        yield at_most(f"studio-{name}", [one[name] / one["lint"] for one in rounds], TIMES_LINT, told)
        yield _seconds(f"studio-{name}-seconds", [one[name] for one in rounds])


def _presses(work: Drawing, effort: Effort) -> Iterator[Figure]:
    work.press(0, "Vooraf")  # starts the process that plays
    rounds = [{one: work.press(one, f"Ronde {turn}") for one in effort.presses} for turn in range(effort.rounds)]
    for steps in effort.presses:
        yield _seconds(f"studio-press-{steps}-seconds", [one[steps] for one in rounds])
    first, last = effort.presses[0], effort.presses[-1]
    told = {f"press_{one}_ms": rounds[-1][one] for one in (first, last)}
    yield at_most(f"studio-press-{last}-to-{first}", [one[last] / one[first] for one in rounds], TIMES_FIRST, told)


def _pages(here: Ground, effort: Effort) -> Iterator[Figure]:
    """A page of the draft against the page of the same case type in use, in the same real application and signed in."""
    cookies = signed_in(here, "staff", ADMIN)
    with closing(Visitor.of(create_app(here.services), cookies)) as visitor:
        pages = {
            "other": lambda: visitor.get(f"/beheer/zaaktypen/{NAME}"),
            "studio": lambda: visitor.get(f"/beheer/zaaktypen/{NAME}/ontwerp/statussen"),
        }
        rounds = _rounds(pages, effort)
    told = {"page_ms": rounds[-1]["studio"], "other_ms": rounds[-1]["other"]}
    yield at_most("studio-page", [one["studio"] / one["other"] for one in rounds], OTHER_PAGE, told)


def _rounds(works: Mapping[str, Callable[[], object]], effort: Effort) -> list[dict[str, float]]:
    """Milliseconds of each piece of work in each round; the first call of each, which may start a process, is not among them."""
    for work in works.values():
        work()
    taken = [alternate(list(works.values()), max(1, effort.times // 20)) for _ in range(effort.rounds)]
    return [dict(zip(works, one, strict=True)) for one in taken]


def _seconds(name: str, taken: list[float]) -> Figure:
    seconds = tuple(round(one / 1000, 3) for one in taken)
    return Figure(name, sorted(seconds)[len(seconds) // 2], "s", SECOND, seconds, at_most=True)
