"""The ground that scenarios stand on: an installation on PostgreSQL with the common process in use, people, and a floor."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from sqlalchemy import select

from bench.floor import Floor
from bench.postgres import DURABLE, PostgresServer
from engine import read_folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actions.profile import SaveProfile
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.actor import SYSTEM, Actor
from processes.base.clock import Clock, local_date
from processes.base.settings import Settings
from processes.storage.services import Services
from processes.storage.session import upgrade
from processes.storage.tables import Case, DepartmentRow, TaskRow
from processes.wiring import close_services, open_services

HOME = Path(__file__).parent
CITIZEN_BSN = "bsn:999993653"  # a public test number
WORKER = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker", "decider"}))
SECRET = "alleen-voor-metingen-niet-voor-echt-gebruik"  # noqa: S105 - protects nothing


class MovedClock(Clock):
    """Real time, and as much further as a scenario wants."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self, offset: timedelta = timedelta(0)) -> datetime:
        return datetime.now(UTC) + self.ahead + offset


@dataclass
class Ground:
    """One database with its installation. Every change goes through the real actions."""

    services: Services
    clock: MovedClock

    @cached_property
    def floor(self) -> Floor:
        """On a connection of its own, in the same database."""
        address: str = self.services.settings.database
        return Floor(address)

    def set_clock(self, days: int) -> None:
        """Business time, so many days from the real one."""
        self.clock.ahead = timedelta(days=days)

    @property
    def citizen(self) -> Actor:
        return Actor("citizen", self.services.secrets.index(CITIZEN_BSN), "Tess Testeling")

    def want_news(self, *, wanted: bool) -> None:
        """Whether the citizen gets a mail at each status."""
        act(
            self.services,
            self.citizen,
            SaveProfile(email="t@post.example", phone="", news_by_mail=wanted, to_confirm=False),
        )

    def register(self) -> str:
        """A case up to its first task; the answer is its number."""
        return act(self.services, WORKER, self.registration())

    def registration(self) -> RegisterCase:
        today = local_date(self.clock.now())
        party = NewParty("objector", "Tess Testeling", identity=CITIZEN_BSN, channel="portal", email="t@post.example")
        decision = NewDecision("Een verzonnen besluit", "PB-1", None, today - timedelta(days=10), "parkeren")
        values = {"grounds": "Een verzonnen reden", "amount": 12}
        return RegisterCase("rondje", "letter", today, (party,), (decision,), values)

    def open_tasks(self, element: str, limit: int) -> list[str]:
        """The newest open tasks of one element."""
        found = select(TaskRow.id).where(TaskRow.element == element, TaskRow.state == "open")
        with self.services.sessions() as session:
            return list(session.scalars(found.order_by(TaskRow.case_id.desc()).limit(limit)))

    def task_of(self, number: str, element: str) -> str:
        found = select(TaskRow.id).join(Case, Case.id == TaskRow.case_id).where(Case.number == number)
        with self.services.sessions() as session:
            return session.scalars(found.where(TaskRow.element == element, TaskRow.state == "open")).one()

    def case_id(self, number: str) -> int:
        with self.services.sessions() as session:
            return session.scalars(select(Case.id).where(Case.number == number)).one()

    def complete(self, task: str, **values: object) -> str:
        return act(self.services, WORKER, CompleteTask(task, values))


@contextmanager
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL that keeps what it says it keeps."""
    with tempfile.TemporaryDirectory(prefix="zs-bench-") as place:
        running = PostgresServer(Path(place), DURABLE)
        try:
            running.start()
            running.make_database("ready", "template1")
            upgrade(running.address("ready"))
            yield running
        finally:
            running.stop()


@contextmanager
def ground(running: PostgresServer, name: str, *, news: bool = False) -> Iterator[Ground]:
    """A database of its own. With `news` the citizen asked for a mail at each status."""
    running.make_database(name, "ready")
    with tempfile.TemporaryDirectory(prefix="zs-files-") as files, opened(running.address(name), Path(files)) as made:
        furnish(made, news=news)
        yield made


@contextmanager
def opened(address: str, place: Path) -> Iterator[Ground]:
    """The services on a database that exists, without dispatcher: what it tells of would run in the same process."""
    clock = MovedClock()
    settings = Settings(database=address, files=f"{place}/files", data=place, secret=SECRET, production=True,
                        trusted_proxies=("127.0.0.1/32",))  # fmt: skip
    services = replace(open_services(settings, clock=clock), dispatcher=None)
    made = Ground(services, clock)
    try:
        yield made
    finally:
        if "floor" in vars(made):
            made.floor.close()
        close_services(services)


def furnish(made: Ground, *, news: bool = False) -> None:
    """One department, and the common process with what it calls."""
    row = DepartmentRow(code="parkeren", name="Parkeren", email="p@post.example", manager_email="m@post.example")
    with made.services.sessions.begin() as session:
        session.merge(row)
    for folder in ("bpmn/nazending", "bpmn/stukkenverzoek", "bench/drawings/rondje"):
        act(made.services, SYSTEM, DeployFolder(read_folder(HOME.parent / folder)))
    if news:
        made.want_news(wanted=True)
