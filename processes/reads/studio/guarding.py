"""Recorded rehearsals guard what goes into use: those of a folder that go otherwise than recorded stop it, at every door.

The page of a draft, the upload of a package, the way back to an older version and `zaakspoor deploy` all ask here. Of a process that
others call, the rehearsals of the case types that call it are played, with the new process in its place. What was played before with
the very same content is known; the rest is played apart, within limits, before the transaction (processes.jobs.rehearsing).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from engine import Folder
from processes.base.errors import ZaakspoorError
from processes.base.isolated_play import PlayedThrough, PlayedWith, used_by
from processes.reads.admin.uploading import UploadCheck, in_use, own_law, reading_of
from processes.reads.studio.kept_answers import read_answers
from processes.reads.studio.rehearsals import SUFFIX, RehearsalLine, title_of
from processes.storage.services import Services

NOTHING: Final[Mapping[str, Folder]] = MappingProxyType({})
Answers = Mapping[str, PlayedThrough]


class RehearsalsBroken(ZaakspoorError):
    """Er gaan repetities anders dan ze zijn opgenomen."""

    status = 422

    def __init__(self, process: str, broken: Sequence[RehearsalLine]) -> None:
        """The sentence names each rehearsal, its first step that went otherwise, and what was different."""
        lines = [f"  {_whose(one)}{one.name} ({one.title}): {one.played.first_wrong}" for one in broken if one.played]
        how_many = "1 repetitie gaat" if len(broken) == 1 else f"{len(broken)} repetities gaan"
        advice = "Verander de map, of neem de repetitie opnieuw op als dit de bedoeling is."
        super().__init__("\n".join((f"'{process}' gaat niet in gebruik: {how_many} anders.", *lines, advice)))


def _whose(line: RehearsalLine) -> str:
    return f"{line.of}, " if line.of else ""


@dataclass(frozen=True, slots=True)
class Guarded:
    """One rehearsal that must go as it was recorded. `line.of`: the case type that calls the process that is to go into use.
    `before`: the same rehearsal with the process that is in use now, for one that went otherwise already.
    """

    line: RehearsalLine
    steps: bytes
    played_with: PlayedWith
    content: str
    before: "Guarded | None" = None

    @property
    def played(self) -> PlayedThrough | None:
        return self.line.played

    @property
    def breaks(self) -> bool:
        """Whether it stops what is to go into use. One that goes just as wrong with what is in use now is not made worse."""
        if self.played is None or self.played.went_well:
            return False
        was = self.before.played if self.before else None
        return was is None or was.first_wrong != self.played.first_wrong

    @property
    def waits(self) -> "Guarded | None":
        """The rehearsal that must be played before this one says something; None when all is known."""
        if self.played is None:
            return self
        return self.before if self.before and not self.played.went_well and self.before.played is None else None

    def play(self) -> PlayedThrough:
        """Raises StageBusy."""
        return self.played_with.play(self.line.name, self.steps)

    def with_answers(self, answers: Answers) -> "Guarded":
        line = replace(self.line, played=answers.get(self.content, self.played))
        return replace(self, line=line, before=self.before and self.before.with_answers(answers))


@dataclass(frozen=True, slots=True)
class DeployGuard:
    """All that must go as recorded before a folder goes into use, as far as it was played."""

    folder: Folder
    rehearsals: tuple[Guarded, ...] = ()

    @property
    def missing(self) -> tuple[Guarded, ...]:
        """All that must still be played."""
        return tuple(one for guarded in self.rehearsals if (one := guarded.waits))

    @property
    def done(self) -> int:
        return len(self.rehearsals) - len(self.missing)

    @property
    def broken(self) -> tuple[RehearsalLine, ...]:
        """Everything that went otherwise; not the whole of it as long as something is missing."""
        return tuple(one.line for one in self.rehearsals if one.waits is None and one.breaks)

    @property
    def summary(self) -> str:
        """Once all were played: how many, and of which case types when it is a called process."""
        number = len(self.rehearsals)
        whose = ", ".join(dict.fromkeys(one.line.of for one in self.rehearsals if one.line.of))
        how_many = "1 repetitie" if number == 1 else f"{number} repetities"
        return f"Wij speelden {how_many}{f' van zaaktypen die dit proces aanroepen: {whose}' if whose else ''}."

    @property
    def content(self) -> str:
        """The digest of all of it."""
        return sha256("\n".join(one.content for one in self.rehearsals).encode()).hexdigest()

    def with_answers(self, answers: Answers) -> "DeployGuard":
        return replace(self, rehearsals=tuple(one.with_answers(answers) for one in self.rehearsals))


def read_guard(services: Services, checked: UploadCheck, beside: Mapping[str, Folder] = NOTHING) -> DeployGuard:
    """The guard of a checked folder. `beside`: folders that go into use with it.

    Nothing is played for a folder with errors, which cannot go into use anyway, and for one that is in use already.
    """
    if not checked.may_be_used or checked.same:
        return DeployGuard(checked.folder)
    return guard_of(services, checked.folder, beside)


def guard_of(services: Services, folder: Folder, beside: Mapping[str, Folder] = NOTHING) -> DeployGuard:
    """The same for a folder without errors that is not in use."""
    now, law = in_use(services)[0], own_law(services)
    library = {**now, **beside}
    model = reading_of(folder.drawing).model
    if model is None:
        return DeployGuard(folder)
    found = (
        _recorded(PlayedWith(folder, library, law))
        if model.case_type
        else _of_callers(PlayedWith(replace(folder, name=model.process), library, law), now.get(model.process))
    )
    rehearsals = tuple(found)
    contents = [one.content for one in (*rehearsals, *(one.before for one in rehearsals)) if one]
    return DeployGuard(folder, rehearsals).with_answers(read_answers(services, contents))


def _recorded(played_with: PlayedWith, of: str = "") -> Iterator[Guarded]:
    for file, steps in sorted(played_with.folder.rehearsals.items()):
        name = file.removesuffix(SUFFIX)
        title = title_of(name, steps.decode("utf-8", "replace").replace("\r\n", "\n"))
        yield Guarded(RehearsalLine(name, title, of=of), steps, played_with, played_with.content(name, steps))


def _of_callers(called: PlayedWith, in_use_now: Folder | None) -> Iterator[Guarded]:
    """The rehearsals of every case type in use that may call a process, with the new one in its place."""
    name = called.folder.name
    for caller, title in _callers(name, called.library):
        new = replace(called, folder=caller, library={**called.library, name: called.folder})
        now = replace(called, folder=caller, library={**called.library, name: in_use_now}) if in_use_now else None
        known = _recorded(now, title) if now else ()
        before = {one.line.name: one for one in known}
        for one in _recorded(new, title):
            yield replace(one, before=before.get(one.line.name))


def _callers(name: str, library: Mapping[str, Folder]) -> Iterable[tuple[Folder, str]]:
    """Each case type that names the process somewhere, or names one that does, with its title."""
    for process, folder in sorted(library.items()):
        if not folder.rehearsals or name not in {one.name for one in used_by(folder, library, b"")}:
            continue
        model = reading_of(folder.drawing).model
        if model is not None and model.case_type is not None:
            yield replace(folder, name=process), model.case_type.title
