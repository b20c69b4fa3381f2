"""The sandbox of a rehearsal: an installation of its own in a temporary folder, with a clock that stands where it is put."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from engine import Folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.base.actor import Actor, ActorKind, StaffRole
from processes.base.clock import AMSTERDAM, Clock
from processes.base.settings import Settings
from processes.rehearsal.departments import DEPARTMENTS
from processes.storage.services import Services
from processes.storage.staff import remember
from processes.storage.tables import DepartmentRow
from processes.wiring import close_services, open_services

MORNING = time(9)

COLLEAGUE = "colleague"  # another worker, where a second one is needed
ACTORS: Mapping[str, Actor] = {
    StaffRole.WORKER: Actor(ActorKind.STAFF, "rehearsal-worker", "Behandelaar", frozenset({StaffRole.WORKER})),
    StaffRole.DECIDER: Actor(
        ActorKind.STAFF, "rehearsal-decider", "Beslisser", frozenset({StaffRole.WORKER, StaffRole.DECIDER})
    ),
    StaffRole.COMMITTEE: Actor(ActorKind.STAFF, "rehearsal-committee", "Commissie", frozenset({StaffRole.COMMITTEE})),
    COLLEAGUE: Actor(ActorKind.STAFF, "rehearsal-colleague", "Collega", frozenset({StaffRole.WORKER})),
    StaffRole.ADMIN: Actor(ActorKind.STAFF, "rehearsal-admin", "Beheerder", frozenset({StaffRole.ADMIN})),
}


class StandingClock(Clock):
    """Business time stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 5, 9, tzinfo=AMSTERDAM)

    def now(self, offset: timedelta = timedelta(0)) -> datetime:
        del offset
        return self.moment.astimezone(UTC)


def morning(day: date) -> datetime:
    """Nine o'clock in Amsterdam: the moment at which a rehearsal acts on a day."""
    return datetime.combine(day, MORNING, AMSTERDAM)


@contextmanager
def sandbox(
    folder: Folder, library: Mapping[str, Folder], ground: Path | None = None
) -> Iterator[tuple[Services, StandingClock]]:
    """A fresh installation with the folder and everything it calls in use. Raises Refused when the linter has errors.

    `ground`: where `prepared` left one of them, to begin from.
    """
    with tempfile.TemporaryDirectory(prefix="zaakspoor-") as name:
        place = Path(name)
        if ground is not None:
            shutil.copytree(ground, place, dirs_exist_ok=True)
        with _opened(place) as (services, clock):
            if ground is None:
                _put_in_use(services, folder, library)
            yield services, clock


@contextmanager
def prepared(folder: Folder, library: Mapping[str, Folder]) -> Iterator[Path]:
    """The place of an installation with all of it in use, of which each rehearsal of the folder takes a copy. Raises Refused."""
    with tempfile.TemporaryDirectory(prefix="zaakspoor-") as name:
        with _opened(Path(name)) as (services, _):
            _put_in_use(services, folder, library)
        yield Path(name)


@contextmanager
def _opened(place: Path) -> Iterator[tuple[Services, StandingClock]]:
    clock = StandingClock()
    settings = Settings(
        database=f"sqlite:///{place}/rehearsal.db", files=f"{place}/files", data=place,
        secret="rehearsal-" * 4,
        demo=True, look_inside=False,  # the papers of a rehearsal are made up
    )  # fmt: skip
    services = open_services(settings, migrate=True, clock=clock)
    try:
        yield services, clock
    finally:
        close_services(services)


def _put_in_use(services: Services, folder: Folder, library: Mapping[str, Folder]) -> None:
    furnish(services)
    for called in library.values():
        if called.name != folder.name:
            act(services, ACTORS[StaffRole.ADMIN], DeployFolder(called))
    act(services, ACTORS[StaffRole.ADMIN], DeployFolder(folder))


def furnish(services: Services) -> None:
    """The departments and staff of a rehearsal."""
    with services.sessions.begin() as session:
        for department in DEPARTMENTS:
            session.add(
                DepartmentRow(code=department.code, name=department.name, email=department.email,
                              manager_email=department.manager_email)
            )  # fmt: skip
        for actor in ACTORS.values():
            remember(session, actor)  # letters name who signs
