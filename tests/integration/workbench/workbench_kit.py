"""A municipality with bezwaar in use, and staff who are signed in with a browser of their own."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from business_time import FixedClock
from portal_kit import BASE, ORIGIN, TestClient
from sqlalchemy import event, select

from portal.app import create_app
from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.delivering import Deliver
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.settings import Settings
from processes.base.uploads import Upload
from processes.jobs.timer_sweep import sweep
from processes.storage import web_sessions
from processes.storage.business_time import business_now, read_offset, write_offset
from processes.storage.services import Services
from processes.storage.session import upgrade
from processes.storage.tables import Dossier, TaskRow
from processes.wiring import open_services

ADMIN = Actor("staff", "fenna", "Fenna Beheer", frozenset({"admin"}))
NOOR = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker"}))
SEM = Actor("staff", "sem", "Sem Beslisser", frozenset({"decider"}))
ADA = Actor("staff", "ada", "Ada Griffier", frozenset({"committee"}))
ARIE = Actor("staff", "arie", "Arie Archief", frozenset({"archivist"}))
TESS = NewParty("objector", "Tess Testeling", identity="bsn:999993653", channel="portal", email="tess@post.example")
BRAM = NewParty(
    "objector", "Bram van Proefhuizen", identity="bsn:999990676", address="Dorpsweg 1\n1234 AB Voorbeeldstad"
)
BPMN = Path(__file__).parents[3] / "bpmn"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
INTAKE = {"in_time": "ja", "interested": True, "right_body": True, "complete": True, "department": "parkeren"}


def open_workbench_services(folder: Path) -> Services:
    address = f"sqlite:///{folder}/zaakspoor.db"
    upgrade(address)
    return open_services(Settings(database=address, files=f"{folder}/files", data=folder, public_url=BASE, secret="x" * 40,
                               faces=("workbench",)), clock=FixedClock())  # fmt: skip


class Browser:
    """One employee's browser. `post` sends what the form for that address on the last page holds, and what is typed."""

    def __init__(self, services: Services, actor: Actor) -> None:
        self.services, self.actor, self.html, self.url = services, actor, "", ""
        self.client = TestClient(create_app(services))
        made = web_sessions.create(services, "staff", actor.subject, actor.name, actor.roles)
        self.csrf = made.csrf
        self.client.cookies.set(cookie_name(services.settings, "staff"), made.cookie)

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        self.html, self.url = answer.text, str(answer.url)
        return html.unescape(self.html)

    def post(self, path: str, fields: dict[str, Any] | None = None, files: Any = None, status: int = 200) -> str:
        data = {"csrf": self.csrf, **self._hidden(path), **(fields or {})}
        answer = self.client.post(path, data=data, files=files, headers=ORIGIN)
        assert answer.status_code == status, answer.text
        self.html, self.url = answer.text, str(answer.url)
        return html.unescape(self.html)

    def _hidden(self, path: str) -> dict[str, str]:
        form = self.html.partition(f'action="{path}"')[2].partition("</form>")[0]
        return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form))


def today(services: Services) -> date:
    return local_date(business_now(services))


def register(
    services: Services, *parties: NewParty, subject: str = "Parkeervergunning", ago: int = 18, **more: Any
) -> str:
    """A bezwaar by letter against a decision that was announced `ago` days back; its number."""
    day = today(services)
    taken_by = more.pop("taken_by", None)
    decision = NewDecision(subject, more.pop("number", "PV-1"), day - timedelta(ago + 2), day - timedelta(ago),
                           "parkeren", taken_by=taken_by)  # fmt: skip
    action = RegisterCase(
        "bezwaar", "letter", day, parties or (TESS,), (decision,), {"grounds": "Niet eerlijk"}, **more
    )
    return act(services, NOOR, action)


def rows(services: Services, table: Any) -> list[Any]:
    with services.sessions() as session:
        return list(session.scalars(select(table)))


def open_task(services: Services, element: str) -> str:
    with services.sessions() as session:
        return session.scalars(select(TaskRow.id).where(TaskRow.element == element, TaskRow.state == "open")).one()


def do(services: Services, element: str, actor: Actor = NOOR, **values: Any) -> None:
    act(services, actor, CompleteTask(open_task(services, element), values))


def stored(services: Services, name: str = "besluit.pdf") -> Upload:
    with services.files.open_incoming() as file:
        file.write(PDF)
        blob, sha256, size = file.finish()
    return Upload(name, "application/pdf", size, sha256, blob)


def deliver(services: Services, *names: str, remark: str = "") -> None:
    """The department Parkeren sends documents through its link."""
    with services.sessions() as session:
        token = services.secrets.link_token(session.scalars(select(Dossier)).one().salt)
    documents = tuple(NewDocument(stored(services, name), "underlying", name) for name in names)
    act(services, Actor("department", "department:1", "Parkeren"), Deliver(token, documents, remark))


def days_later(services: Services, days: int) -> None:
    """Business time moves on, and what is due happens."""
    with services.sessions.begin() as session:
        write_offset(session, read_offset(session) + timedelta(days=days))
    sweep(services)


@contextmanager
def statements(services: Services) -> Iterator[list[str]]:
    """Every statement that the database gets meanwhile."""
    seen: list[str] = []
    engine = services.sessions.kw["bind"]

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
