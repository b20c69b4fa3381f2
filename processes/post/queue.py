"""The one way a mail is made: a row that holds it, and an outbox row that sends it after the commit."""

from processes.base.email_address import WrongAddress, wire_address
from processes.base.typed_values import one_line
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, MailRow
from processes.storage.words import OutboxKind


def queue_mail(
    work: UnitOfWork,
    case: Case | None,
    template: str,
    recipient: str,
    subject: str,
    body: str,
    key: str,
    notice_id: int | None = None,
    *,
    awaits_code: bool = False,
) -> None:
    """Store a mail and let it leave after the commit. `key` is unique per mail: it becomes its Message-ID.

    `notice_id`: the formal notice that this mail announces, which goes by post when no server takes the mail.
    `awaits_code`: the mail waits until its reader has confirmed the address (`processes.post.own_addresses`).
    """
    mail = MailRow(
        case_id=case.id if case else None,
        template=template,
        recipient=recipient,
        subject=one_line(subject),
        body=body,
        message_id=f"<{work.services.secrets.digest(key)[:40]}@{_domain(work.services.settings.mail_from)}>",
        created_at=work.now,
        notice_id=notice_id,
        awaits_code=awaits_code,
    )
    work.session.add(mail)
    work.session.flush()
    if awaits_code:
        return
    work.enqueue(OutboxKind.MAIL, f"mail:{mail.id}", {"mail": mail.id}, case.id if case else None)


def _domain(sender: str) -> str:
    try:
        return wire_address(sender).rpartition("@")[2]
    except WrongAddress:  # settings that were made in code are not checked
        return "localhost"
