"""The stage of a rehearsal: a house of its own in a temporary folder, with a clock that stands where it is put."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from engine import Folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actor import Actor
from processes.clock import AMSTERDAM, Clock
from processes.database.tables import DepartmentRow
from processes.demo.departments import DEPARTMENTS
from processes.house import House
from processes.opening import close_house, open_house
from processes.settings import Settings

MORNING = time(9)

ACTORS: Mapping[str, Actor] = {
    "worker": Actor("staff", "rehearsal-worker", "Behandelaar", frozenset({"worker"})),
    "decider": Actor("staff", "rehearsal-decider", "Beslisser", frozenset({"worker", "decider"})),
    "committee": Actor("staff", "rehearsal-committee", "Commissie", frozenset({"committee"})),
    "admin": Actor("staff", "rehearsal-admin", "Beheerder", frozenset({"admin"})),
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
def stage(folder: Folder, library: Mapping[str, Folder]) -> Iterator[tuple[House, StandingClock]]:
    """A fresh house with the folder and everything it calls in use. Raises Refused when the linter has errors."""
    with tempfile.TemporaryDirectory(prefix="zaakspoor-") as place:
        clock = StandingClock()
        settings = Settings(
            database=f"sqlite:///{place}/rehearsal.db", files=f"{place}/files", data=Path(place),
            secret="rehearsal-" * 4,
            demo=True,
        )  # fmt: skip
        house = open_house(settings, migrate=True, clock=clock)
        try:
            _furnish(house)
            for called in library.values():
                if called.name != folder.name:
                    act(house, ACTORS["admin"], DeployFolder(called))
            act(house, ACTORS["admin"], DeployFolder(folder))
            yield house, clock
        finally:
            close_house(house)


def _furnish(house: House) -> None:
    with house.sessions.begin() as session:
        for department in DEPARTMENTS:
            session.add(
                DepartmentRow(code=department.code, name=department.name, email=department.email,
                              manager_email=department.manager_email)
            )  # fmt: skip
