"""A department's dossier for tests: a bezwaar played on the shipped drawings up to the request for documents."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx
from business_time import FixedClock
from portal_kit import BASE, ORIGIN, TestClient
from sqlalchemy import func, select

from engine import Folder, read_folder
from portal.app import create_app
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.settings import Settings
from processes.storage.services import Services
from processes.storage.session import upgrade
from processes.storage.tables import AuditRow, Case, DepartmentRow, Dossier, TaskRow
from processes.wiring import close_services, open_services

ADMIN = Actor("staff", "fenna", "Fenna Beheer", frozenset({"admin"}))
WORKER = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker"}))
MODELS = Path(__file__).parents[1] / "bpmn"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
INTAKE = {"in_time": "ja", "interested": True, "right_body": True, "complete": True, "route": "commissie"}


class Browser(TestClient):
    """A browser at an address of one's choice."""

    def comes_from(self, address: str) -> None:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False, client=(address, 40000))
        self._http = httpx.AsyncClient(transport=transport, base_url=BASE, follow_redirects=True)


@dataclass
class Desk:
    """One case with a request at the department Parkeren, and the browser of that department."""

    services: Services
    client: Browser
    clock: FixedClock
    number: str

    @property
    def token(self) -> str:
        return self.token_for("parkeren")

    def token_for(self, department: str) -> str:
        with self.services.sessions() as session:
            dossier = session.scalars(select(Dossier).where(Dossier.department == department)).one()
            return self.services.secrets.link_token(dossier.salt)

    @property
    def address(self) -> str:
        return f"/verzoek/{self.token}"

    @property
    def today(self) -> date:
        return local_date(self.clock.now())

    def rows(self, table: Any) -> list[Any]:
        with self.services.sessions() as session:
            return list(session.scalars(select(table)))

    def count(self, table: Any = AuditRow) -> int:
        with self.services.sessions() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def change(self, table: Any, **values: Any) -> None:
        """Set columns of the only row of a table."""
        with self.services.sessions.begin() as session:
            row = session.scalars(select(table)).first()
            for name, value in values.items():
                setattr(row, name, value)

    def task(self, element: str) -> str:
        with self.services.sessions() as session:
            return session.scalars(select(TaskRow.id).where(TaskRow.element == element, TaskRow.state == "open")).one()

    # -- what the department does ------------------------------------------------------------------------------

    def choose(self, *files: tuple[str, bytes], remark: str = "", task: str | None = None, **fields: str) -> Any:
        """The first step: choose files. The answer is the page to check."""
        page = self.client.get(self.address).text
        data = {"csrf": hidden(page, "csrf") or self.csrf, "form_key": "sleutel-0123456789", "remark": remark,
                "task": hidden(page, "task") if task is None else task, "stap": "controleren", **fields}  # fmt: skip
        sent = [("files", (name, content, "application/octet-stream")) for name, content in files]
        return self.client.post(f"{self.address}/aanleveren", data=data, files=sent or NO_FILE, headers=ORIGIN)

    def press(self, page: str, button: str = "versturen", files: Any = None, **fields: str) -> Any:
        """Send the form of a page to check as it stands, with other `fields` where given."""
        data = {**form_of(page), "stap": button, **fields}
        return self.client.post(f"{self.address}/aanleveren", data=data, files=files or NO_FILE, headers=ORIGIN)

    def deliver(self, *files: tuple[str, bytes], kind: str = "contested_decision", remark: str = "") -> Any:
        """All steps: the answer is the receipt."""
        page = self.choose(*files, remark=remark).text
        kinds = {name: kind for name in form_of(page) if name.startswith("type-")}
        return self.press(page, **kinds)

    @property
    def csrf(self) -> str:
        return self.services.secrets.digest(f"csrf:{self.address}")


NO_FILE = [("files", ("", b"", "application/octet-stream"))]


def hidden(page: str, name: str) -> str:
    mark = f'name="{name}" value="'
    return page.split(mark, 1)[1].split('"', 1)[0] if mark in page else ""


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of a page to check: hidden fields, chosen types and the remark."""
    found = {name: hidden(page, name) for name in ("csrf", "form_key", "task", "held")}
    for part in page.split("<select ")[1:]:
        name = part.split('name="', 1)[1].split('"', 1)[0]
        chosen = part.split("</select>", 1)[0].split(" selected", 1)
        found[name] = chosen[0].rsplit('value="', 1)[1].split('"', 1)[0] if len(chosen) == 2 else ""
    found["remark"] = page.split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>", 1)[0]
    return found


@contextmanager
def desk(folder: Path, extra: tuple[Folder, ...] = (), **settings: Any) -> Iterator[Desk]:
    """A desk on SQLite. `extra` are more drawings; `settings` override those of the test."""
    if extra:
        build(folder, extra)
    else:
        shutil.copy(_ready(), folder / "desk.db")
    clock = FixedClock()
    services = open_services(_settings(folder, **settings), clock=clock)
    with services.sessions() as session:
        number = session.scalars(select(Case.number)).one()
    yield Desk(services, Browser(create_app(services)), clock, number)
    close_services(services)


@lru_cache(maxsize=1)
def _ready() -> Path:
    """The database of a played case, made once: every test starts with a copy."""
    folder = Path(tempfile.mkdtemp(prefix="zs-desk-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    build(folder)
    return folder / "desk.db"


def build(folder: Path, extra: tuple[Folder, ...] = ()) -> None:
    """Play a case on the shipped drawings up to the request for documents."""
    settings = _settings(folder)
    upgrade(settings.database)
    services = open_services(settings, clock=FixedClock())
    for name in ("stukkenverzoek", "nazending", "hoorzitting-antwoord", "bezwaar"):
        act(services, ADMIN, DeployFolder(read_folder(MODELS / name)))
    for drawing in extra:
        act(services, ADMIN, DeployFolder(drawing))
    with services.sessions.begin() as session:
        for code in ("parkeren", "wonen"):
            address = f"{code}@voorbeeldstad.example"
            session.add(DepartmentRow(code=code, name=code.title(), email=address, manager_email=f"hoofd.{address}"))
    _register(services)
    with services.sessions() as session:
        intake = session.scalars(select(TaskRow.id).where(TaskRow.element == "Intake")).one()
    act(services, WORKER, CompleteTask(intake, {**INTAKE, "department": "parkeren"}))
    close_services(services)


def _settings(folder: Path, **more: Any) -> Settings:
    return Settings(**{
        "database": f"sqlite:///{folder}/desk.db", "files": f"{folder}/files", "data": folder, "public_url": BASE,
        "secret": "alleen-voor-proeven-niet-voor-echt-gebruik", "faces": ("department",), **more,
    })  # fmt: skip


def _register(services: Services) -> None:
    today = local_date(services.clock.now())
    objector = NewParty(
        "objector", "Tess Testeling", identity="bsn:999993653", channel="portal", email="tess@voorbeeld.example",
        address="Dorpsstraat 1, Voorbeeldstad",
    )  # fmt: skip
    decision = NewDecision(
        "Intrekken parkeervergunning", number="PV-2026-17", taken_on=today - timedelta(20),
        announced_on=today - timedelta(18), department="parkeren",
    )  # fmt: skip
    act(services, WORKER, RegisterCase("bezwaar", "letter", today, (objector,), (decision,), {"grounds": "Niet eens"}))
