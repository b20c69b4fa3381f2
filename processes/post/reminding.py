"""A reminder of a document request that a worker sends by hand (O23), beside those that its drawing sends by itself."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.words import Recipient
from processes.access.links import carries, marker
from processes.execution.letterhead import settings_of
from processes.execution.requested import drawn_requests, requested
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.standard.departments import REMINDED
from processes.post.templates import render
from processes.storage.departments import mailbox_of
from processes.storage.model_cache import ModelCache
from processes.storage.tables import Case, DepartmentRow, DocumentRequestRow, Dossier, Instance, MailRow
from processes.storage.words import InstancePhase

TEMPLATE: Final = "reminder-by-hand"
APART: Final = timedelta(days=1)
ENDED: Final = "Dit verzoek is al klaar. Een herinnering is niet meer nodig."
DELIVERED: Final = "De afdeling leverde al. Beoordeel eerst wat er kwam."
ANSWERED: Final = "De afdeling antwoordde al. Beslis eerst over dat antwoord."
NOTHING_MISSING: Final = "Alles wat is gevraagd, is er. Een herinnering is niet nodig."
NO_LINK: Final = "De link van deze afdeling is ingetrokken. Kies eerst Nieuwe link."
PERSONAL: Final = "Dit verzoek is aan een betrokkene. Met de hand herinneren kan alleen bij een afdeling."
JUST_MAILED: Final = (
    "De afdeling kreeg het afgelopen etmaal al een e-mail over deze stukken. Herinner haar op een later moment."
)


def asked_lately(session: Session, models: ModelCache, case_id: int, now: datetime) -> frozenset[int]:
    """The dossiers of a case to which a request for documents, or a reminder of one, was mailed in the last day or waits to be. A mail
    about something else with the same link, such as an answer to the department, is none.
    """
    lately = (MailRow.case_id == case_id, MailRow.created_at > now - APART, MailRow.error.is_(None))
    asks = MailRow.template.in_(_asking(session, models, case_id))
    found = select(Dossier.id).join(MailRow, MailRow.case_id == Dossier.case_id)
    return frozenset(session.scalars(found.where(*lately, asks, Dossier.case_id == case_id, carries(MailRow.body))))


def _asking(session: Session, models: ModelCache, case_id: int) -> list[str]:
    """The templates that ask a department for documents: those of the requests that the drawings of a case can make, those that the
    drawings of its requests mail by themselves, and the reminder by hand.
    """
    versions = (
        select(Instance.model_version_id, DocumentRequestRow.id.is_not(None))
        .outerjoin(DocumentRequestRow, DocumentRequestRow.instance_id == Instance.id)
        .where(Instance.case_id == case_id)
        .distinct()
    )
    found = {TEMPLATE}
    for version, is_request in session.execute(versions).all():
        model = models.version(session, version).model
        found |= {one.mail for one in drawn_requests(model)}
        mails = [one.mail for one in model.elements.values() if one.mail and is_request]
        found |= {mail.template for mail in mails if mail.to == Recipient.DEPARTMENT}
    return sorted(found)


def why_no_reminder(
    request: DocumentRequestRow, instance: Instance, dossier: Dossier, *, missing: bool, lately: Collection[int]
) -> str:
    """Why a worker cannot remind a department of this request now, as a sentence; empty when one can. `missing`: something that was asked did not come.

    `lately`: as of `asked_lately`.
    """
    reasons = (
        (request.stopped_at is not None or instance.phase != InstancePhase.RUNNING, ENDED),
        (dossier.department is None, PERSONAL),
        (request.to_judge, DELIVERED),
        (not request.quiet, ANSWERED),
        (not missing, NOTHING_MISSING),
        (dossier.revoked_at is not None, NO_LINK),
        (dossier.id in lately, JUST_MAILED),
    )
    return next((sentence for holds, sentence in reasons if holds), "")


def mail_reminder(work: UnitOfWork, case: Case, request: DocumentRequestRow) -> str:
    """Queue the mail to the mailbox of the department; its name is the answer."""
    dossier = work.session.get_one(Dossier, request.dossier_id)
    department = work.session.get_one(DepartmentRow, dossier.department)
    asked = requested(work.session, request)
    words = {
        "case.number": case.number, "recipient.name": department.name, "request.due": request.due, "late": request.due < work.today,
        "documents": "\n".join(f"- {one.in_words}" for one in asked.missing), "documents.here": bool(asked.here), "link": marker(dossier),
        "organisation.name": settings_of(work).organisation,
    }  # fmt: skip
    made = render(REMINDED, words)
    address = mailbox_of(work.session, department).email
    queue_mail(
        work, case, TEMPLATE, address, made.subject, made.body, f"{TEMPLATE}:{request.id}:{work.now.isoformat()}"
    )
    return department.name
