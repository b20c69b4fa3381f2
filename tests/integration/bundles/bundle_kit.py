"""A case with papers of every kind for tests of bundles: what each reader may have of it, and what must not come along."""

import io
import zipfile
from dataclasses import dataclass

from kit.bundles import paper_of
from kit.cases import BEZWAAR, add_departments, put_in_use, register_bezwaar, rows
from kit.people import BRAM, NOOR, PIET, TESS, known
from sqlalchemy import select

from processes.actions import act
from processes.actions.bundles import MakeBundle
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.base.file_types import FORMATS, format_of
from processes.jobs.workers import drain
from processes.reads.workbench.bundles import bundle_file, read_bundles
from processes.storage.services import Services
from processes.storage.tables import Case, CaseBundle, DocumentRow, Party


@dataclass(frozen=True)
class Filled:
    """`number`: the case; its papers by title."""

    services: Services
    number: str

    def paper(self, title: str) -> DocumentRow:
        (found,) = [row for row in rows(self.services, DocumentRow) if row.title == title]
        return found

    def change(self, paper: str, **values: object) -> None:
        with self.services.sessions.begin() as session:
            row = session.scalars(select(DocumentRow).where(DocumentRow.title == paper)).one()
            for name, value in values.items():
                setattr(row, name, value)

    def party(self, name: str) -> int:
        (found,) = [row.id for row in rows(self.services, Party) if row.name == name]
        return found


def furnish(services: Services) -> None:
    """A bezwaar of two people. Files are not there yet."""
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    for actor in (NOOR, PIET):
        known(services, actor)
    register_bezwaar(services, TESS, BRAM, subject="Parkeervergunning")


def fill(services: Services) -> Filled:
    """Five papers: an open one, one of the court alone, one kept back, a confidential one, a mail. Noor handles the case, and so reads all."""
    (case,) = rows(services, Case)
    with services.sessions.begin() as session:
        session.get_one(Case, case.id).handler = NOOR.subject
    add(services, case.number, "woord-open.pdf", paper_of("woord-open"))
    add(services, case.number, "woord-rechtbank.pdf", paper_of("woord-rechtbank"))
    add(services, case.number, "woord-achter.pdf", paper_of("woord-achter"))
    add(services, case.number, "woord-geheim.pdf", paper_of("woord-geheim"))
    add(services, case.number, "woord-mail.eml", b"Subject: woord-mail\r\n\r\nwoord-inhoud")
    drain(services)
    filled = Filled(services, case.number)
    filled.change("woord-open", audience="parties", on_portal=True)
    filled.change("woord-rechtbank", inspection={"open": False, "why": "van de landsadvocaat", "court": True})
    filled.change("woord-achter", inspection={"open": False, "why": "gezondheid van een ander"})
    filled.change("woord-geheim", confidentiality="geheim")
    with services.sessions.begin() as session:
        session.get_one(Case, case.id).published_at = services.clock.now()
    return filled


def add(services: Services, number: str, name: str, content: bytes) -> None:
    title = name.rpartition(".")[0]
    paper = NewDocument(
        services.files.add(name, FORMATS[format_of(name) or ""].media_type, [content]), "underlying", title
    )
    act(services, NOOR, AddDocuments(number, (paper,)))


def asked(filled: Filled, form: str = "pdf", reader: str = "desk", party: int | None = None, who=NOOR) -> str:
    """The id of a bundle of all that this reader may have; it is not made yet."""
    code = f"party-{party}" if party else reader
    parts = read_bundles(filled.services, who, filled.number, code).parts
    ticked = tuple(one.id for one in parts if not one.withheld)
    return act(filled.services, who, MakeBundle(filled.number, form, reader, party, ticked))


def fetched(filled: Filled, bundle: str, who=NOOR) -> bytes:
    """The bytes of a bundle that was made."""
    file = bundle_file(filled.services, who, filled.number, bundle)
    return b"".join(filled.services.files.read(file.blob, file.file_key))


def made(filled: Filled, **how) -> bytes:
    bundle = asked(filled, **how)
    drain(filled.services)
    return fetched(filled, bundle)


def row_of(filled: Filled, bundle: str) -> CaseBundle:
    (row,) = rows(filled.services, CaseBundle, id=bundle)
    return row


def names_in(content: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(content)).namelist()
