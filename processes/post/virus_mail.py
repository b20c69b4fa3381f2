"""Tells who sent a file that a virus was found in it: by mail where the sender can be reached so; the page of the case says it too."""

from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.standard.in_english import mail_for
from processes.post.standard.persons import VIRUS
from processes.post.templates import render
from processes.storage.departments import mailbox_of
from processes.storage.tables import Case, Delivery, DepartmentRow, DocumentRow, Dossier, Party
from processes.storage.words import DocumentOrigin, PostChannel, ReadingLanguage


def tell_sender(work: UnitOfWork, case: Case, document: DocumentRow) -> bool:
    """Queue the mail; False when the sender is no one outside, or has no address for it."""
    reached = _sender(work, document)
    if reached is None:
        return False
    name, address, language = reached
    words = {
        "case.number": case.number, "recipient.name": name, "document.title": document.title,
        "organisation.name": settings_of(work).organisation,
    }  # fmt: skip
    made = render(mail_for(VIRUS, language), words, language)
    queue_mail(work, case, "virus", address, made.subject, made.body, f"virus:{document.id}", language=language)
    return True


def _sender(work: UnitOfWork, document: DocumentRow) -> tuple[str, str, str] | None:
    """Name, mail address and language."""
    if document.origin == DocumentOrigin.DEPARTMENT:
        department = _department_of(work, document)
        if department is None:
            return None
        return f"collega van {department.name}", mailbox_of(work.session, department).email, ReadingLanguage.DUTCH
    if document.origin not in {DocumentOrigin.CITIZEN, DocumentOrigin.PERSON} or document.party_id is None:
        return None
    party = work.session.get_one(Party, document.party_id)
    by_mail = party.channel != PostChannel.POST and not party.email_unconfirmed and not party.deceased
    return (party.name, party.email, party.language) if by_mail and party.email else None


def _department_of(work: UnitOfWork, document: DocumentRow) -> DepartmentRow | None:
    delivery = work.session.get(Delivery, document.delivery_id) if document.delivery_id else None
    dossier = work.session.get(Dossier, delivery.dossier_id) if delivery else None
    return work.session.get(DepartmentRow, dossier.department) if dossier and dossier.department else None
