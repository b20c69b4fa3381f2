"""The place in which the draft of a case type is played: a copy of a prepared database, with folders put in use as they are.

Unlike the sandbox of `zaakspoor rehearse` nothing is checked here: the draft was checked before, and what it uses is in use.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from engine import Folder, Model, as_utf8
from processes.base.settings import Settings
from processes.law.edits import Saved
from processes.rehearsal.sandbox import StandingClock, furnish
from processes.rehearsal.script import ScriptError
from processes.rehearsal.standing import RecordedReactions
from processes.storage.model_cache import fingerprint, pack
from processes.storage.services import Services
from processes.storage.tables import LawRuleRow, ModelVersion
from processes.wiring import close_services, open_services

DATABASE: Final = "rehearsal.db"
BY: Final = "rehearsal-admin"


def prepare(place: Path) -> None:
    """An empty installation in the folder `place`, with the newest tables and the invented departments and staff."""
    services = open_services(_settings(place), migrate=True, clock=StandingClock())
    furnish(services)
    close_services(services)


@dataclass(frozen=True, slots=True)
class InUse:
    """A folder to put in use, with its drawing as it was read; None for one that cannot be read."""

    folder: Folder
    model: Model | None

    @property
    def process(self) -> str:
        """The name of its process. Raises ScriptError for a drawing that cannot be read."""
        return self.read.process

    @property
    def read(self) -> Model:
        """The drawing, read. Raises ScriptError for one that cannot be read."""
        if self.model is None:
            raise ScriptError(f"de tekening '{self.folder.name}' is niet te lezen.")
        return self.model


@contextmanager
def empty_place(prepared: Path) -> Iterator[Services]:
    """The prepared installation itself, to look at."""
    services = open_services(_settings(prepared), clock=StandingClock())
    try:
        yield services
    finally:
        close_services(services)


@contextmanager
def resumed_in(place: Path, state: Path) -> Iterator[tuple[Services, StandingClock, RecordedReactions]]:
    """An installation in the folder `place`, out of one that was kept (processes.rehearsal.kept)."""
    shutil.copytree(state, place, dirs_exist_ok=True)
    with _opened(place) as opened:
        yield opened


@contextmanager
def played_in(
    place: Path, prepared: Path, folders: Iterable[InUse], law: Iterable[Saved] = ()
) -> Iterator[tuple[Services, StandingClock, RecordedReactions]]:
    """An installation in the folder `place`, out of the prepared one, with these folders in use and these edits of the law.

    Raises ScriptError for a drawing that cannot be read.
    """
    shutil.copyfile(prepared / DATABASE, place / DATABASE)
    with _opened(place) as (services, clock, noted):
        _put_in_use(services, folders, clock)
        _lay_law(services, law, clock)
        yield services, clock, noted


@contextmanager
def _opened(place: Path) -> Iterator[tuple[Services, StandingClock, RecordedReactions]]:
    clock = StandingClock()
    services = open_services(_settings(place), clock=clock)
    noted = RecordedReactions(services.reactions)
    try:
        yield replace(services, reactions=noted), clock, noted
    finally:
        close_services(services)


def _settings(place: Path) -> Settings:
    return Settings(
        database=f"sqlite:///{place}/{DATABASE}", files=f"{place}/files", data=place, secret="rehearsal-" * 4, demo=True,
        look_inside=False,  # the papers of a rehearsal are made up
    )  # fmt: skip


def _put_in_use(services: Services, folders: Iterable[InUse], clock: StandingClock) -> None:
    with services.sessions.begin() as session:
        for one in folders:
            folder, model = one.folder, one.read
            whole = replace(folder, name=model.process, drawing=as_utf8(folder.drawing))
            session.add(
                ModelVersion(
                    process=model.process, version=1, is_case_type=model.case_type is not None,
                    title=model.case_type.title if model.case_type else model.name,
                    folder=pack(whole), sha256=fingerprint(whole), deployed_at=clock.now(), deployed_by=BY,
                )
            )  # fmt: skip


def _lay_law(services: Services, law: Iterable[Saved], clock: StandingClock) -> None:
    with services.sessions.begin() as session:
        for one in law:
            record = dict(one.record) if one.record else None
            about = {"kind": one.kind, "code": one.code, "variant": one.variant, "valid_from": one.valid_from}
            session.add(LawRuleRow(**about, record=record, saved_at=clock.now(), saved_by=BY))
            session.flush()  # one after the other: the newest of one name and day counts
