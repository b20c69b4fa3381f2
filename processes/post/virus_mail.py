"""Tells who sent a file that a virus was found in it: by mail where the sender can be reached so; the page of the case says it too."""

from typing import Final

from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.storage.departments import mailbox_of
from processes.storage.tables import Case, Delivery, DepartmentRow, DocumentRow, Dossier, Party
from processes.storage.words import DocumentOrigin, PostChannel

BODY: Final = """Beste {name},

In een bestand dat u stuurde voor zaak {case}, is een virus gevonden: {title}.
Wij hebben het bestand weggegooid. Niemand heeft het kunnen openen.

Wat moet u doen?
Stuur het stuk opnieuw, als een bestand zonder virus. Laat ook uw computer nakijken.

{organisation}
"""


def tell_sender(work: UnitOfWork, case: Case, document: DocumentRow) -> bool:
    """Queue the mail; False when the sender is no one outside, or has no address for it."""
    reached = _sender(work, document)
    if reached is None:
        return False
    name, address = reached
    body = BODY.format(name=name, case=case.number, title=document.title, organisation=settings_of(work).organisation)
    subject = f"Virus gevonden in uw bestand (zaak {case.number})"
    queue_mail(work, case, "virus", address, subject, body, f"virus:{document.id}")
    return True


def _sender(work: UnitOfWork, document: DocumentRow) -> tuple[str, str] | None:
    """Name and mail address."""
    if document.origin == DocumentOrigin.DEPARTMENT:
        department = _department_of(work, document)
        return (f"collega van {department.name}", mailbox_of(work.session, department).email) if department else None
    if document.origin not in {DocumentOrigin.CITIZEN, DocumentOrigin.PERSON} or document.party_id is None:
        return None
    party = work.session.get_one(Party, document.party_id)
    by_mail = party.channel != PostChannel.POST and not party.email_unconfirmed and not party.deceased
    return (party.name, party.email) if by_mail and party.email else None


def _department_of(work: UnitOfWork, document: DocumentRow) -> DepartmentRow | None:
    delivery = work.session.get(Delivery, document.delivery_id) if document.delivery_id else None
    dossier = work.session.get(Dossier, delivery.dossier_id) if delivery else None
    return work.session.get(DepartmentRow, dossier.department) if dossier and dossier.department else None
