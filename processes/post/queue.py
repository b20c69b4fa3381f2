"""The one way a mail is made: a row that holds it, and an outbox row that sends it after the commit."""

from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, MailRow
from processes.storage.words import OutboxKind


def queue_mail(
    work: UnitOfWork, case: Case | None, template: str, recipient: str, subject: str, body: str, key: str
) -> None:
    """Store a mail and let it leave after the commit. `key` is unique per mail: it becomes its Message-ID."""
    domain = work.services.settings.mail_from.rpartition("@")[2]
    mail = MailRow(
        case_id=case.id if case else None,
        template=template,
        recipient=recipient,
        subject=subject,
        body=body,
        message_id=f"<{work.services.secrets.digest(key)[:40]}@{domain}>",
        created_at=work.now,
    )
    work.session.add(mail)
    work.session.flush()
    work.enqueue(OutboxKind.MAIL, f"mail:{mail.id}", {"mail": mail.id}, case.id if case else None)
