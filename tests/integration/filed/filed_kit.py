"""A bezwaar as a citizen files it, with every way to reach her in it; and what is then on file."""

import io
from dataclasses import replace

import pypdf
from kit.cases import days_ago, rows, today
from kit.documents import stored
from kit.people import TESS, citizen

from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, FiledRow

EMAIL, PHONE, STREET, BSN = "tess@post.example", "06 12345678", "Schuilhoek 7", "999993653"
FILER = replace(TESS, email=EMAIL, phone=PHONE, address=f"{STREET}\n1234 AB Voorbeeldstad", secret_address=True)
GROUNDS = (
    f"Ik woon al jaren op {STREET}, 1234AB. Bel {PHONE} of +31 6 12345678, mail {EMAIL}. Mijn nummer is {BSN}. "
    "Het besluit PV-2026-0012 klopt niet."
)
LEFT_OUT = (EMAIL, PHONE, "+31 6 12345678", STREET, "1234AB", BSN)


def file_bezwaar(services: Services, filer: NewParty = FILER) -> str:
    """Filed on the portal with one file; the number of the case."""
    decision = NewDecision("Parkeervergunning", "PV-1", announced_on=days_ago(services, 10), department="parkeren")
    papers = (NewDocument(stored(services, "brief.pdf"), "submission", field="submission"),)
    action = RegisterCase(
        "bezwaar",
        "portal",
        today(services),
        (filer,),
        (decision,),
        {"grounds": GROUNDS, "hearing_wanted": True},
        papers,
    )
    return act(services, citizen(services, filer), action)


def words_of(services: Services, title: str = "Bezwaarschrift") -> FiledRow:
    (row,) = [row for row in rows(services, FiledRow) if row.title.startswith(title)]
    return row


def versions(services: Services, filed: FiledRow) -> list[DocumentRow]:
    """The whole document, and the one for others where there is one."""
    found = [row for row in rows(services, DocumentRow) if filed.document_id in {row.id, row.redacts}]
    return sorted(found, key=lambda row: row.redacts is not None)


def text_in(services: Services, document: DocumentRow) -> str:
    """The words of a PDF that was made, on one line."""
    content = b"".join(services.files.read(document.blob, document.file_key))
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())
