"""A municipality with one case type in use, and citizens who are signed in with a browser of their own."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from business_time import FixedClock
from portal_kit import BASE, ORIGIN, TestClient
from sqlalchemy import select

from portal.app import create_app
from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.documents import AddDocuments, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.settings import Settings
from processes.base.uploads import Upload
from processes.storage import web_sessions
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, TaskRow
from processes.wiring import open_services

TESS, ILSE, YASMINA, TOGA = "bsn:999993653", "bsn:999991863", "bsn:999993847", "kvk:90004760"
NAMES = {TESS: "Tess Testeling", ILSE: "Ilse Namaak", YASMINA: "Yasmina el Voorbeeld", TOGA: "mr. P. Toga"}
ADMIN = Actor("staff", "fenna", "Fenna Beheer", frozenset({"admin"}))
WORKER = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker"}))
BPMN = Path(__file__).parents[3] / "bpmn"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def open_citizen_services(folder: Path) -> Services:
    address = f"sqlite:///{folder}/zaakspoor.db"
    return open_services(Settings(database=address, files=f"{folder}/files", data=folder, public_url=BASE, secret="x" * 40,
                               upload_megabytes=1, faces=("citizen",)), clock=FixedClock())  # fmt: skip


class Browser:
    """One person's browser: remembers the last page, and sends forms with what that page holds."""

    def __init__(self, services: Services, identity: str) -> None:
        self.services = services
        self.client = TestClient(create_app(services))
        self.html = ""
        kind, value = identity.split(":")
        self.actor = Actor("citizen", services.secrets.index(identity), NAMES[identity])
        made = web_sessions.create(
            services, "citizen", self.actor.subject, self.actor.name, identity={kind: value, "level": "high"}
        )
        self.csrf = made.csrf
        self.client.cookies.set(cookie_name(services.settings, "citizen"), made.cookie)

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        self.html = answer.text
        return self.html

    def post(self, path: str, fields: dict[str, str] | None = None, files: Any = None, status: int = 200) -> str:
        """Send a form as the last page would: with its token, and a key of its own unless one is given."""
        key = self.hidden("form_key") or f"k{id(fields)}{path}"[:60]
        data = {"csrf": self.csrf, "form_key": key, **(fields or {})}
        answer = self.client.post(path, data=data, files=files, headers=ORIGIN)
        assert answer.status_code == status, answer.text
        self.html, self.url = answer.text, str(answer.url)
        return self.html

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the last form on the page."""
        found = re.findall(rf'name="{name}" value="([^"]*)"', self.html)
        return found[-1] if found else ""


def register(
    services: Services, *identities: str, subject: str = "Parkeervergunning", extra: tuple[NewParty, ...] = ()
) -> str:
    """A bezwaar by these objectors; its number."""
    today = local_date(services.clock.now())
    parties = tuple(NewParty("objector", NAMES[who], identity=who, channel="portal") for who in identities)
    decision = NewDecision(subject, "PV-1", today - timedelta(20), today - timedelta(18), "parkeren")
    action = RegisterCase("bezwaar", "letter", today, (*parties, *extra), (decision,), {"grounds": "Niet eerlijk"})
    return act(services, WORKER, action)


def open_task(services: Services, element: str) -> str:
    with services.sessions() as session:
        found = session.scalars(select(TaskRow.id).where(TaskRow.element == element, TaskRow.state == "open"))
        return found.one()


def intake(services: Services, *, complete: bool) -> None:
    """The worker's first task: with something missing the citizen gets a task."""
    values = {"in_time": "ja", "interested": True, "right_body": True, "complete": complete, "route": "ambtelijk",
              "department": "parkeren", "missing_items": "uw redenen"}  # fmt: skip
    act(services, WORKER, CompleteTask(open_task(services, "Intake"), values))


def days_ago(services: Services, days: int) -> date:
    return local_date(services.clock.now()) - timedelta(days)


def upload(services: Services, name: str = "stuk.pdf") -> Upload:
    with services.files.open_incoming() as incoming:
        incoming.write(PDF)
        blob, sha256, size = incoming.finish()
    return Upload(name, "application/pdf", size, sha256, blob)


def add(services: Services, number: str, kind: str, title: str, *, shown: bool) -> str:
    """A document added by a worker; its id."""
    act(services, WORKER, AddDocuments(number, (NewDocument(upload(services), kind, title),)))
    with services.sessions() as session:
        document = session.scalars(select(DocumentRow.id).where(DocumentRow.title == title)).one()
    if shown:
        act(services, WORKER, ShowOnPortal(document, shown=True))
    return document


def change(services: Services, statement: object) -> None:
    with services.sessions.begin() as session:
        session.execute(statement)  # type: ignore[call-overload]
