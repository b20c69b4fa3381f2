"""Rehearsals of a draft: the list, one played in a child process, and the form of an open task as its drawing gives it."""

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from engine import Folder, Model
from engine.edits import Files
from engine.words import ElementKind
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.base.isolated_play import AT_ONCE, PlayedThrough, PlayedWith, used_by
from processes.reads.admin.uploading import in_use, own_law, reading_of
from processes.reads.studio.draft import read_draft_files
from processes.reads.studio.draft_check import DraftCheck, draft_check
from processes.storage.services import Services

FOLDER: Final = "rehearsals/"
SUFFIX: Final = ".yaml"
TITLE: Final = re.compile(r"""^title: *(?:"(.*)"|'(.*)'|(.*)) *$""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RehearsalLine:
    """One recorded rehearsal by the name of its file. `played` is None as long as nobody asked for it; `of`: the title of the case
    type that has it, empty for the one that this is about.
    """

    name: str
    title: str
    played: PlayedThrough | None = None
    of: str = ""


@dataclass(frozen=True)
class Stage:
    """A draft that can be played: its check, its files, and the processes in use that it may call."""

    checked: DraftCheck
    files: Files
    library: Mapping[str, Folder]
    law: tuple[Mapping[str, Any], ...] = ()  # what this installation changed in the law

    @cached_property
    def played_with(self) -> PlayedWith:
        return PlayedWith(self.checked.check.folder, self.library, self.law)

    @property
    def model(self) -> Model | None:
        """The drawing of the draft; None for one that cannot be read."""
        return reading_of(self.checked.check.folder.drawing).model if self.checked.check.readable else None

    @property
    def called(self) -> tuple[Model, ...]:
        """The drawings in use that the draft names: what it may call, and what may follow."""
        folders = used_by(self.checked.check.folder, self.library, b"") if self.playable else ()
        return tuple(model for one in folders if (model := reading_of(one.drawing).model))

    @property
    def playable(self) -> bool:
        return self.model is not None and self.model.case_type is not None and not self.checked.check.errors

    @property
    def names(self) -> tuple[str, ...]:
        """The recorded rehearsals."""
        found = (one for one in sorted(self.files) if one.startswith(FOLDER) and one.endswith(SUFFIX))
        return tuple(one.removeprefix(FOLDER).removesuffix(SUFFIX) for one in found)

    def text(self, rehearsal: str) -> str:
        """A recorded rehearsal as it is written. Raises NotFound."""
        file = file_of(rehearsal)
        if file not in self.files:
            raise NotFound("Deze repetitie is er niet (meer). Kijk bij 'Repetities' welke er zijn.")
        return self.files[file].decode("utf-8", "replace").replace("\r\n", "\n")

    def line(self, rehearsal: str, played: PlayedThrough | None = None) -> RehearsalLine:
        return RehearsalLine(rehearsal, title_of(rehearsal, self.text(rehearsal)), played)

    def play(self, rehearsal: str, text: str, pages: str = "") -> PlayedThrough:
        """Play a rehearsal, recorded or not. `pages`: which real pages are rendered at its end. Raises StageBusy."""
        return self.played_with.play(rehearsal, text.encode(), pages)

    def content(self, rehearsal: str, text: str) -> str:
        """The digest of a rehearsal and of all that it is played with."""
        return self.played_with.content(rehearsal, text.encode())

    def form(self, process: str, element: str) -> tuple[bytes, Model] | None:
        """The form of an element of the draft or of a process that it calls, with its drawing; None when it has none."""
        mine = self.model
        if mine is not None and mine.process == process:
            folder, model = self.checked.check.folder, mine
        elif process in self.library:
            folder, found = self.library[process], reading_of(self.library[process].drawing).model
            if found is None:
                return None
            model = found
        else:
            return None
        drawn = model.elements.get(element)
        schema = folder.forms.get(drawn.form or "") if drawn else None
        return (schema, model) if schema is not None else None

    def start_form(self) -> tuple[bytes, Model] | None:
        """The form with which a case of the draft begins; None when it asks nothing."""
        model = self.model
        starts = (
            [one.id for one in model.elements.values() if one.kind == ElementKind.START_EVENT and one.form]
            if model
            else []
        )
        return self.form(model.process, starts[0]) if model and starts else None


def file_of(rehearsal: str) -> str:
    """The file of a rehearsal in its folder."""
    return f"{FOLDER}{rehearsal}{SUFFIX}"


def title_of(rehearsal: str, text: str) -> str:
    """The title of a rehearsal; its name when it has none."""
    found = TITLE.search(text)
    return (next(filter(None, found.groups()), "") if found else "") or rehearsal


def read_stage(services: Services, actor: Actor, name: str) -> Stage:
    """The newest save of a draft, checked, with what it may call. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    checked = draft_check(services, actor, head, files)
    return Stage(checked, files, in_use(services)[0], own_law(services))


def play_all(stage: Stage, names: Sequence[str]) -> tuple[RehearsalLine, ...]:
    """These recorded rehearsals, played, two at a time. Raises StageBusy."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        played = pool.map(lambda one: stage.play(one, stage.text(one)), names)
        return tuple(stage.line(name, one) for name, one in zip(names, played, strict=True))


@dataclass(frozen=True, slots=True)
class SentInRehearsal:
    """A mail or letter as it went out in a recorded rehearsal. `post`: each time (to, way, subject, body, day, held), in order;
    `wrong` says why the rehearsal could not be played to its end.
    """

    rehearsal: RehearsalLine
    post: tuple[Mapping[str, Any], ...]
    wrong: str


def read_sent_in(services: Services, actor: Actor, name: str, mail: str, rehearsal: str) -> SentInRehearsal:
    """The text with this name as it went out in a rehearsal, played now. Raises NotFound and StageBusy."""
    stage = read_stage(services, actor, name)
    if not stage.playable:
        raise NotFound("Dit ontwerp is nu niet te spelen. Los eerst de fouten op.")
    played = stage.play(rehearsal, stage.text(rehearsal))
    found = [one for one in played.view.get("post", ()) if one["template"] == mail]
    post = tuple({**one, "day": date.fromisoformat(one["day"])} for one in found)
    return SentInRehearsal(stage.line(rehearsal, played), post, played.failure)
