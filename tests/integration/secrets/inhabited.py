"""An installation in which everything is sealed that can be: cases, a request to a department, a profile, a sign-in."""

from dataclasses import dataclass

from kit.cases import register_bezwaar, rows
from kit.desk import asked
from kit.documents import stored
from kit.people import BRAM, NOOR, TESS, TESS_BSN, TOGA, citizen

from processes.actions import act
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.profile import SaveProfile
from processes.storage.services import Services
from processes.storage.tables import Case

CONTENT = b"%PDF-1.7 een besluit over Tess"


def live(services: Services) -> None:
    """Cases of three people, of whom one has a profile."""
    asked(services)
    register_bezwaar(services, TESS, TOGA, subject="Kapvergunning")
    register_bezwaar(services, BRAM, subject="Horecavergunning")
    wanted = SaveProfile("tess@post.example", "", news_by_mail=True, identity=TESS_BSN)
    act(services, citizen(services, TESS), wanted)


def add_document(services: Services, content: bytes = CONTENT) -> None:
    """A document of Tess, in the store of these services."""
    number = next(row.number for row in rows(services, Case) if row.subject == "Kapvergunning")
    upload = stored(services, "besluit.pdf", content)
    act(services, NOOR, AddDocuments(number, (NewDocument(upload, "contested_decision"),)))


@dataclass
class Inhabited:
    """The installation under its first secret, the cookie of Tess, and the link of the department."""

    services: Services
    cookie: str
    token: str
