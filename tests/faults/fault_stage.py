"""Everything of an installation, for real: PostgreSQL, RabbitMQ, a mail server and the processes of production."""

import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from fault_mail import MailServer
from fault_programs import CONTEXT, Programs

from bench.postgres import PostgresServer
from bench.rabbit import Rabbit, free_port
from engine import read_folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actor import SYSTEM, Actor
from processes.clock import AMSTERDAM
from processes.database.session import upgrade
from processes.database.tables import DepartmentRow
from processes.demo.departments import DEPARTMENTS
from processes.demo_clock import write_offset
from processes.house import House
from processes.opening import close_house, open_house
from processes.settings import Settings, read_settings

MODELS = Path(__file__).parents[2] / "bpmn"
FIRST_DAY = datetime(2026, 2, 16, 9, tzinfo=AMSTERDAM)
WORKER = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker"}))
DECIDER = Actor("staff", "ilse", "Ilse Beslisser", frozenset({"worker", "decider"}))
ADMIN = Actor("staff", "fenna", "Fenna Beheer", frozenset({"admin"}))
SECRET = "alleen-voor-proeven-niet-voor-echt-gebruik"


@dataclass
class Stage:
    """An installation that runs. `house` is the tests' own way in: it is never killed."""

    postgres: PostgresServer
    rabbit: Rabbit
    mail: MailServer
    programs: Programs
    house: House
    url: str

    def until_ready(self, seconds: float = 60) -> None:
        assert until(lambda: self.status("/readyz") == 200, seconds), self.words()

    def status(self, path: str) -> int:
        """What the web process answers; 0 when there is none."""
        try:
            return httpx.get(f"{self.url}{path}", timeout=10).status_code
        except httpx.TransportError:
            return 0

    def words(self) -> str:
        """What the processes logged."""
        return "\n".join(file.read_text() for file in sorted(self.programs.log.iterdir()))


def until(condition: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < end:
        time.sleep(0.1)
    return met


def set_business_time(house: House, moment: datetime) -> None:
    with house.sessions.begin() as session:
        write_offset(session, moment - datetime.now(UTC))


def furnish(house: House) -> None:
    """Departments, the shipped drawings, and the first day."""
    set_business_time(house, FIRST_DAY)
    with house.sessions.begin() as session:
        for one in DEPARTMENTS:
            session.add(DepartmentRow(code=one.code, name=one.name, email=one.email, manager_email=one.manager_email))
    for name in ("stukkenverzoek", "nazending", "bezwaar"):
        act(house, SYSTEM, DeployFolder(read_folder(MODELS / name)))


def environment_of(
    postgres: PostgresServer, rabbit: Rabbit, mail: MailServer, folder: Path, url: str
) -> dict[str, str]:
    settings = {
        "DATABASE": postgres.address("zaken"), "BROKER": rabbit.address, "FILES": str(folder / "files"),
        "SMTP": mail.address, "SECRET": SECRET, "DATA": str(folder), "PUBLIC_URL": url,
        "FACES": "department",
    }  # fmt: skip
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"} | {
        f"ZAAKSPOOR_{name}": value for name, value in settings.items()
    }


@contextmanager
def open_stage() -> Iterator[Stage]:
    folder = Path(tempfile.mkdtemp(prefix="zs-f-"))  # short: the path of a socket may have 107 characters
    (folder / "pg").mkdir()
    (folder / "log").mkdir()
    folder.chmod(0o755)
    postgres, rabbit, mail, port = PostgresServer(folder / "pg"), Rabbit(), MailServer(), free_port()
    mail.start()
    CONTEXT.Process(target=int).start()  # the fork server imports the program meanwhile
    starting = threading.Thread(target=rabbit.start)  # and the broker takes its time
    starting.start()
    try:
        postgres.start()
        postgres.make_database("zaken", "template1")
        upgrade(postgres.address("zaken"))
        url = f"http://127.0.0.1:{port}"
        environment = environment_of(postgres, rabbit, mail, folder, url)
        settings: Settings = read_settings(environment)
        house = open_house(settings)
        furnish(house)
        starting.join()
        programs = Programs(environment, folder / "log")
        programs.start("web", "worker", "worker", "clock", "clock", web=("--port", str(port)))
        stage = Stage(postgres, rabbit, mail, programs, house, url)
        try:
            stage.until_ready()
            yield stage
        finally:
            programs.stop()
            close_house(house)
    finally:
        postgres.stop()
        rabbit.remove()
        mail.stop()
        shutil.rmtree(folder)
