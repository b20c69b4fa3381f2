"""A complaint about one person, played on the shipped drawings up to the reaction of that person; and its browsers."""

from dataclasses import dataclass, replace
from typing import Any

from kit import browser, cases
from kit.cases import BEZWAAR, add_departments, put_in_use, shipped, today
from kit.documents import stored
from kit.people import ADA, NOOR, PIET, SEM_WHO_WORKS_TOO, citizen, known
from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.parties import AddParty
from processes.actions.registering import NewParty, RegisterCase
from processes.base.actor import Actor
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import Dossier

SECRET_NAME, SECRET_MAIL = "Jan Baliemans", "j.baliemans@voorbeeldstad.example"
WIM = NewParty(
    "complainant", "Wim Schijnmaker", identity="bsn:999992314", channel="portal", email="wim@post.example",
    phone="06 99999999", address="Schuilhoek 7\n1234 AB Voorbeeldstad", secret_address=True,
)  # fmt: skip
ABOUT = NewParty("complained_about", SECRET_NAME, email=SECRET_MAIL)
BOSS = NewParty("manager", "Petra Verzonnen", email="p.verzonnen@voorbeeldstad.example")
STORY = {"what_happened": "Aan de balie werd ik uitgelachen.", "who": SECRET_NAME}
INTAKE = {"about_conduct": True, "route": "onderzoek", "department": "burgerzaken"}


def furnish(services: Services) -> None:
    """The complaint in use (with what it can turn into), departments, and staff who have signed in before."""
    put_in_use(services, *(replace(shipped(name), rehearsals={}) for name in (*BEZWAAR, "klacht")))
    add_departments(services, "burgerzaken", "parkeren")
    for actor in (NOOR, PIET, SEM_WHO_WORKS_TOO, ADA):
        known(services, actor, f"{actor.subject}@voorbeeldstad.example")


@dataclass
class Play:
    """One complaint. `number` is its case number."""

    services: Services
    number: str

    def do(self, element: str, actor: Actor = NOOR, *files: tuple[str, str], **values: Any) -> None:
        documents = tuple(NewDocument(stored(self.services, name), kind, name) for kind, name in files)
        cases.do(self.services, element, actor, documents, **values)

    def task(self, element: str) -> str:
        return cases.open_task(self.services, element)

    def join(self, *parties: NewParty) -> None:
        for party in parties:
            act(self.services, NOOR, AddParty(self.number, party))

    def rows(self, table: Any) -> list[Any]:
        return cases.rows(self.services, table)

    def handed_in(self) -> list[Any]:
        return cases.handed_in(self.services)

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
    action = RegisterCase("klacht", "letter", today(services), parties or (WIM,), (), STORY, (letter,), handler=handler)
    return Play(services, act(services, NOOR, action))


def investigated(services: Services, *others: NewParty, **intake: Any) -> Play:
    """A complaint in which the person complained about (and `others`) was asked for a reaction."""
    play = complaint(services)
    play.join(ABOUT, *others)
    play.do("Intake", **{**INTAKE, **intake})
    play.do("CallComplainant", solved=False)
    play.do("PrepareCopy", originals_too=True)
    return play


class Browser(browser.Browser):
    """What is typed is given by name, and `page` is the last page with its references resolved."""

    def post(self, path: str, status: int = 200, files: Any = None, **fields: str) -> str:
        return super().post(path, fields, files, status)

    @property
    def page(self) -> str:
        return self.text_of(self.html)


def wim(services: Services) -> Actor:
    return citizen(services, WIM)
