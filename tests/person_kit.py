"""A complaint about one person, played on the shipped drawings up to the reaction of that person; and its browsers."""

import html
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from business_time import FixedClock
from portal_kit import BASE, ORIGIN, TestClient
from sqlalchemy import select

from engine import Folder, read_folder
from portal.app import create_app
from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actions.filing import NewDocument
from processes.actions.parties import AddParty
from processes.actions.registering import NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.settings import Settings
from processes.base.uploads import Upload
from processes.jobs.workers import drain
from processes.storage import staff, web_sessions
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.tables import DepartmentRow, Dossier, TaskRow
from processes.wiring import open_services

MODELS = Path(__file__).parents[1] / "bpmn"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ADMIN = Actor("staff", "fenna", "Fenna Beheer", frozenset({"admin"}))
NOOR = Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker"}))
PIET = Actor("staff", "piet", "Piet Behandelaar", frozenset({"worker"}))
SEM = Actor("staff", "sem", "Sem Beslisser", frozenset({"worker", "decider"}))
ADA = Actor("staff", "ada", "Ada Griffier", frozenset({"committee"}))
SECRET_NAME, SECRET_MAIL = "Jan Baliemans", "j.baliemans@voorbeeldstad.example"
WIM = NewParty(
    "complainant", "Wim Schijnmaker", identity="bsn:999992314", channel="portal", email="wim@post.example",
    phone="06 99999999", address="Schuilhoek 7\n1234 AB Voorbeeldstad", secret_address=True,
)  # fmt: skip
ABOUT = NewParty("complained_about", SECRET_NAME, email=SECRET_MAIL)
BOSS = NewParty("manager", "Petra Verzonnen", email="p.verzonnen@voorbeeldstad.example")
STORY = {"what_happened": "Aan de balie werd ik uitgelachen.", "who": SECRET_NAME}
INTAKE = {"about_conduct": True, "route": "onderzoek", "department": "burgerzaken"}


def open_person_services(database: str, folder: Path, **settings: Any) -> Services:
    given = {"database": database, "files": f"{folder}/files", "data": folder, "public_url": BASE, "secret": "x" * 40}
    return open_services(Settings(**{**given, **settings}), clock=FixedClock())


def furnish(services: Services) -> None:
    """The complaint in use (with what it can turn into), departments, and staff who have signed in before."""
    for name in ("stukkenverzoek", "nazending", "hoorzitting-antwoord", "bezwaar", "klacht"):
        act(services, ADMIN, DeployFolder(_without_rehearsals(read_folder(MODELS / name))))
    with services.sessions.begin() as session:
        for code in ("burgerzaken", "parkeren"):
            address = f"{code}@voorbeeldstad.example"
            session.add(DepartmentRow(code=code, name=code.title(), email=address, manager_email=f"hoofd.{address}"))
    for actor in (NOOR, PIET, SEM, ADA):
        staff.signed_in(services, actor, f"{actor.subject}@voorbeeldstad.example")


def _without_rehearsals(folder: Folder) -> Folder:
    return replace(folder, rehearsals={})


@dataclass
class Play:
    """One complaint. `number` is its case number."""

    services: Services
    number: str

    def do(self, element: str, actor: Actor = NOOR, *files: tuple[str, str], **values: Any) -> None:
        documents = tuple(NewDocument(stored(self.services, name), kind, name) for kind, name in files)
        act(self.services, actor, CompleteTask(self.task(element), values, documents))

    def task(self, element: str) -> str:
        wanted = select(TaskRow.id).where(TaskRow.element == element, TaskRow.state == "open")
        with self.services.sessions() as session:
            return session.scalars(wanted).one()

    def join(self, *parties: NewParty) -> None:
        for party in parties:
            act(self.services, NOOR, AddParty(self.number, party))

    def rows(self, table: Any) -> list[Any]:
        with self.services.sessions() as session:
            return list(session.scalars(select(table).order_by(*table.__mapper__.primary_key)))

    def token(self, at: int = -1) -> str:
        """The link of a person, the newest by default."""
        dossiers = [row for row in self.rows(Dossier) if row.party_id]
        return self.services.secrets.link_token(dossiers[at].salt)

    def post_leaves(self) -> None:
        """Letters are made and mails go out."""
        drain(self.services)


def complaint(services: Services, *parties: NewParty, handler: str | None = None) -> Play:
    """What Wim wrote, with a file, filed by a worker."""
    letter = NewDocument(stored(services, "klachtbrief.pdf"), "submission", "Klachtbrief")
    today = local_date(business_now(services))
    action = RegisterCase("klacht", "letter", today, parties or (WIM,), (), STORY, (letter,), handler=handler)
    return Play(services, act(services, NOOR, action))


def investigated(services: Services, *others: NewParty, **intake: Any) -> Play:
    """A complaint in which the person complained about (and `others`) was asked for a reaction."""
    play = complaint(services)
    play.join(ABOUT, *others)
    play.do("Intake", **{**INTAKE, **intake})
    play.do("CallComplainant", solved=False)
    play.do("PrepareCopy", originals_too=True)
    return play


def stored(services: Services, name: str) -> Upload:
    with services.files.open_incoming() as file:
        file.write(PDF)
        blob, sha256, size = file.finish()
    return Upload(name, "application/pdf", size, sha256, blob)


class Browser:
    """The browser of one employee or citizen; without an actor it is somebody's with a link."""

    def __init__(self, services: Services, actor: Actor | None = None) -> None:
        self.services, self.client, self.csrf, self.page = services, TestClient(create_app(services)), "", ""
        if actor is not None:
            made = web_sessions.create(services, actor.kind, actor.subject, actor.name, actor.roles)
            self.csrf = made.csrf
            self.client.cookies.set(cookie_name(services.settings, actor.kind), made.cookie)

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        self.page = html.unescape(answer.text)
        return self.page

    def post(self, path: str, status: int = 200, files: Any = None, **fields: str) -> str:
        """Send the form for this address that stands on the page that was opened last."""
        form = self.page.partition(f'action="{path}"')[2].partition("</form>")[0]
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form))
        data = {**({"csrf": self.csrf} if self.csrf else {}), **hidden, **fields}
        answer = self.client.post(path, data=data, files=files, headers=ORIGIN)
        assert answer.status_code == status, answer.text
        self.page = html.unescape(answer.text)
        return self.page


def wim(services: Services) -> Actor:
    return Actor("citizen", services.secrets.index(WIM.identity or ""), WIM.name)
