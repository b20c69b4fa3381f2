"""Everything of an installation, for real: PostgreSQL, RabbitMQ, a mail server and the processes of production."""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from fault_mail import MailServer
from fault_programs import Programs
from kit.business_time import MachineClock
from kit.fork_server import CONTEXT
from kit.installation import TEST_SECRET as SECRET
from kit.waiting import PATIENCE_SECONDS, until

from bench.postgres import PostgresServer
from bench.rabbit import Rabbit, free_port
from engine import read_folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.base.actor import SYSTEM, Actor
from processes.base.clock import AMSTERDAM
from processes.base.settings import Settings, read_settings
from processes.rehearsal.departments import DEPARTMENTS
from processes.storage.business_time import write_offset
from processes.storage.services import Services
from processes.storage.session import upgrade
from processes.storage.tables import DepartmentRow
from processes.wiring import close_services, open_services

MODELS = Path(__file__).parents[2] / "bpmn"
LONG = PATIENCE_SECONDS
SLOW = 20  # seconds for what the program promises within five: without its limits, it would be 30 or for ever
FIRST_DAY = datetime(2026, 2, 16, 9, tzinfo=AMSTERDAM)
DECIDER = Actor("staff", "ilse", "Ilse Beslisser", frozenset({"worker", "decider"}))


@dataclass
class Installation:
    """An installation that runs. `services` is the tests' own way in: it is never killed."""

    postgres: PostgresServer
    rabbit: Rabbit
    mail: MailServer
    programs: Programs
    services: Services
    url: str

    def until_ready(self, seconds: float = LONG) -> None:
        assert until(lambda: self.status("/readyz") == 200, seconds), self.words()

    def status(self, path: str) -> int:
        """What the web process answers; 0 when there is none."""
        try:
            return httpx.get(f"{self.url}{path}", timeout=60).status_code
        except httpx.TransportError:
            return 0

    def words(self) -> str:
        """What the processes logged."""
        return "\n".join(file.read_text() for file in sorted(self.programs.log.iterdir()))


def set_business_time(services: Services, moment: datetime) -> None:
    with services.sessions.begin() as session:
        write_offset(session, moment - datetime.now(UTC))


def furnish(services: Services) -> None:
    """Departments, the shipped drawings, and the first day."""
    set_business_time(services, FIRST_DAY)
    with services.sessions.begin() as session:
        for one in DEPARTMENTS:
            session.add(DepartmentRow(code=one.code, name=one.name, email=one.email, manager_email=one.manager_email))
    for name in ("stukkenverzoek", "nazending", "hoorzitting-antwoord", "bezwaar"):
        act(services, SYSTEM, DeployFolder(read_folder(MODELS / name)))


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
def open_installation() -> Iterator[Installation]:
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
        services = open_services(settings, clock=MachineClock())
        furnish(services)
        starting.join()
        programs = Programs(environment, folder / "log")
        programs.start("web", "worker", "worker", "clock", "clock", web=("--port", str(port)))
        installation = Installation(postgres, rabbit, mail, programs, services, url)
        try:
            installation.until_ready()
            yield installation
        finally:
            programs.stop()
            close_services(services)
    finally:
        postgres.stop()
        rabbit.remove()
        mail.stop()
        shutil.rmtree(folder)
