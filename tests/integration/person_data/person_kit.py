"""A person with cases for tests: what is theirs, what is of others, and the package that is made of it."""

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

from kit.cases import BEZWAAR, add_departments, put_in_use, register_bezwaar, rows
from kit.documents import PDF, stored
from kit.people import BRAM, NOOR, PIET, TESS, VERA, YASMINA, citizen, known
from sqlalchemy import func, select

from processes.actions import act
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.messages import AddNote, Reply, SendMessage
from processes.actions.person_data import FindPerson, MakePackage
from processes.actions.profile import SaveProfile
from processes.base.actor import Actor, ActorKind
from processes.jobs.workers import drain
from processes.reads.admin import package_file
from processes.storage.looks import Look, write_look
from processes.storage.services import Services
from processes.storage.tables import Case, Dossier, MailRow, Party
from processes.storage.words import LookKind, PersonKind

EVERYTHING = tuple(PersonKind)
TESS_PAPER, INSIDE_PAPER, BRAM_PAPER = PDF + b"van Tess", PDF + b"van de afdeling", PDF + b"van Bram"


@dataclass(frozen=True)
class Filled:
    """`first`: Tess objects, Yasmina is a third party in it. `second`: Bram objects, Tess is the third party. `other`: Bram's alone."""

    services: Services
    first: str
    second: str
    other: str


def furnish(services: Services) -> None:
    """Three cases, two of which are about Tess; each text is a word that tells whose it is. Files are not there yet."""
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    for actor in (NOOR, PIET, VERA):
        known(services, actor)
    first = register_bezwaar(services, TESS, YASMINA, subject="Parkeervergunning Tess")
    second = register_bezwaar(services, BRAM, _third_party(TESS), subject="Terras Bram")
    other = register_bezwaar(services, BRAM, subject="Alleen Bram")
    tess, bram = citizen(services, TESS), citizen(services, BRAM)
    act(services, tess, SaveProfile("tess.nieuw@post.example", "06 12345678", news_by_mail=True))
    act(services, tess, SendMessage(first, "bericht-van-tess"))
    act(services, NOOR, Reply(first, _party(services, first, tess), "antwoord-aan-tess"))
    act(services, NOOR, AddNote(first, "notitie-over-tess"))
    act(services, bram, SendMessage(second, "bericht-van-bram"))
    act(services, bram, SendMessage(other, "bericht-elders"))
    for number in (first, second, other):
        assert write_look(services, NOOR, Look(LookKind.CASE, number, "overview"))
    assert write_look(services, tess, Look(LookKind.CASE, first, "mijn zaak"))
    _mail(services, first, "tess@post.example", "mail-aan-tess")
    _mail(services, first, "parkeren@voorbeeldstad.example", "mail-aan-afdeling")
    _link(services, first)


def fill(services: Services) -> Filled:
    """The cases of `furnish` with their papers, and with what waited carried out."""
    first, second, other = (row.number for row in rows(services, Case))
    tess, bram = citizen(services, TESS), citizen(services, BRAM)
    _papers(services, first, tess, TESS_PAPER, "stuk-van-tess")
    _papers(services, first, NOOR, INSIDE_PAPER, "stuk-van-binnen")
    _papers(services, second, bram, BRAM_PAPER, "stuk-van-bram")
    drain(services)
    return Filled(services, first, second, other)


def _third_party(party: Any) -> Any:
    return type(party)("third_party", party.name, identity=party.identity, channel="portal", email=party.email)


def _party(services: Services, number: str, who: Actor) -> int:
    with services.sessions() as session:
        found = select(Party.id).join(Case, Case.id == Party.case_id)
        return session.scalars(found.where(Case.number == number, Party.identity_index == who.subject)).one()


def _papers(services: Services, number: str, who: Actor, content: bytes, title: str) -> None:
    kind = "submission" if who.kind == ActorKind.CITIZEN else "underlying"
    paper = NewDocument(stored(services, f"{title}.pdf", content), kind, title)
    act(services, who, AddDocuments(number, (paper,)))


def _mail(services: Services, number: str, recipient: str, body: str) -> None:
    (case,) = rows(services, Case, number=number)
    now = services.clock.now()
    with services.sessions.begin() as session:
        session.add(MailRow(case_id=case.id, template="brief", recipient=recipient, subject=f"Over {body}", body=body,
                            message_id=f"<{body}@stad.example>", created_at=now, sent_at=now))  # fmt: skip


def _link(services: Services, number: str) -> None:
    (case,) = rows(services, Case, number=number)
    with services.sessions.begin() as session:
        session.add(Dossier(case_id=case.id, department="parkeren", salt=b"zout", token_hash="0" * 64,
                            opened_at=services.clock.now()))  # fmt: skip


def searched(services: Services, party: Any = TESS, officer: Actor = VERA) -> str:
    """The id of a package of which nothing is made yet."""
    person = citizen(services, party).subject
    return act(services, officer, FindPerson(person, "bsn", "Inzageverzoek 2026-17"))


def ids_of(services: Services, *numbers: str) -> tuple[int, ...]:
    return tuple(row.id for row in rows(services, Case) if row.number in numbers)


def made(
    services: Services, package: str, *numbers: str, kinds: tuple[str, ...] = EVERYTHING, **more: Any
) -> zipfile.ZipFile:
    """The package of these cases, as it lies in the store after a worker made it."""
    act(services, VERA, MakePackage(package, kinds, ids_of(services, *numbers), **more))
    drain(services)
    file = package_file(services, VERA, package)
    content = b"".join(services.files.read(file.blob, file.file_key))
    assert len(content) == file.size
    return zipfile.ZipFile(io.BytesIO(content))


def texts(archive: zipfile.ZipFile) -> tuple[str, dict[str, Any]]:
    """The page and the data of a package."""
    return archive.read("gegevens.html").decode(), json.loads(archive.read("gegevens.json"))


def how_many(services: Services, table: Any) -> int:
    with services.sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
