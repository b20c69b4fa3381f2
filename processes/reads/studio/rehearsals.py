"""Rehearsals of a draft: the list, one played in a child process, and the form of an open task as its drawing gives it."""

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from engine import Folder, Model
from engine.edits import Files
from engine.words import ElementKind
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.base.isolated_play import AT_ONCE, PlayedThrough, play_apart, used_by
from processes.reads.admin.uploading import in_use, reading_of
from processes.reads.studio.draft import read_draft_files
from processes.reads.studio.draft_check import DraftCheck, draft_check
from processes.storage.services import Services

FOLDER: Final = "rehearsals/"
SUFFIX: Final = ".yaml"
TITLE: Final = re.compile(r"""^title: *(?:"(.*)"|'(.*)'|(.*)) *$""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RehearsalLine:
    """One recorded rehearsal by the name of its file. `played` is None as long as nobody asked for it."""

    name: str
    title: str
    played: PlayedThrough | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A draft that can be played: its check, its files, and the processes in use that it may call."""

    checked: DraftCheck
    files: Files
    library: Mapping[str, Folder]

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
        found = TITLE.search(self.text(rehearsal))
        title = next(filter(None, found.groups()), "") if found else ""
        return RehearsalLine(rehearsal, title or rehearsal, played)

    def play(self, rehearsal: str, text: str) -> PlayedThrough:
        """Play a rehearsal, recorded or not. Raises StageBusy."""
        return play_apart(self.checked.check.folder, self.library, rehearsal, text.encode())

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


def read_stage(services: Services, actor: Actor, name: str) -> Stage:
    """The newest save of a draft, checked, with what it may call. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    checked = draft_check(services, actor, head, files)
    return Stage(checked, files, in_use(services)[0])


def play_all(stage: Stage, names: Sequence[str]) -> tuple[RehearsalLine, ...]:
    """These recorded rehearsals, played, two at a time. Raises StageBusy."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        played = pool.map(lambda one: stage.play(one, stage.text(one)), names)
        return tuple(stage.line(name, one) for name, one in zip(names, played, strict=True))


def broken_rehearsals(services: Services, actor: Actor, name: str) -> tuple[RehearsalLine, ...]:
    """The recorded rehearsals of a draft that go otherwise than recorded. Raises NotFound, StageBusy.

    None for a draft with errors, which cannot go into use anyway, and for a process that only others call: its callers play it.
    """
    stage = read_stage(services, actor, name)
    lines = play_all(stage, stage.names) if stage.playable else ()
    return tuple(one for one in lines if one.played and not one.played.went_well)
