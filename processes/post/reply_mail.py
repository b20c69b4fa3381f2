"""The mail that tells a department what was decided on its answer to a request (P4, P5). It carries the link to its dossier."""

from processes.access.links import marker
from processes.base.dutch import date_in_words
from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.storage.departments import mailbox_of
from processes.storage.tables import Case, DepartmentRow, Dossier, RequestReply
from processes.storage.words import ReplyKind


def mail_decision(work: UnitOfWork, case: Case, reply: RequestReply) -> None:
    """Queue the mail to the department that answered."""
    dossier = work.session.get_one(Dossier, reply.dossier_id)
    department = work.session.get_one(DepartmentRow, dossier.department)
    more_time = reply.kind == ReplyKind.MORE_TIME
    subject = (
        f"Uw vraag om meer tijd (zaak {case.number})"
        if more_time
        else f"Uw antwoord op ons verzoek (zaak {case.number})"
    )
    note = f"De behandelaar schrijft erbij:\n{reply.note}\n\n" if reply.note else ""
    body = (
        f"Beste collega van {department.name},\n\n{_decided(work, reply)}\n\n{note}"
        f"U leest alles terug in het dossier:\n{marker(dossier)}\n\n{settings_of(work).organisation}\n"
    )
    queue_mail(
        work, case, "department-reply", mailbox_of(work.session, department).email, subject, body, f"reply:{reply.id}"
    )


def _decided(work: UnitOfWork, reply: RequestReply) -> str:
    if reply.kind == ReplyKind.MORE_TIME:
        if reply.granted and reply.until:
            return f"U krijgt meer tijd. Stuur de stukken uiterlijk {date_in_words(reply.until)}."
        return "U krijgt niet meer tijd. De datum in ons verzoek blijft gelden."
    if reply.granted:
        name = work.session.get_one(DepartmentRow, reply.department).name
        return f"Wij vragen de stukken nu aan {name}. U hoeft niets meer te doen."
    return "Wij vragen u toch om de stukken te sturen. De datum in ons verzoek blijft gelden."
