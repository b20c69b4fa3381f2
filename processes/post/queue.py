"""The one way a mail is made: a row that holds it, and an outbox row that sends it after the commit."""

from collections.abc import Mapping
from typing import Any

from processes.base.email_address import WrongAddress, wire_address
from processes.base.typed_values import one_line
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, MailRow
from processes.storage.words import OutboxKind, ReadingLanguage

HELD_NOTE = (
    "De e-mail '{subject}' is niet verstuurd, want hij klopt nog niet. Bij Brieven leest u waarom, en wat u kunt doen."
)


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
    held: Mapping[str, Any] | None = None,
    digest: bool = False,
    language: str = ReadingLanguage.DUTCH,
) -> None:
    """Store a mail and let it leave after the commit. `key` is unique per mail: it becomes its Message-ID.

    `notice_id`: the formal notice that this mail announces, which goes by post when no server takes the mail.
    `awaits_code`: the mail waits until its reader has confirmed the address (`processes.post.own_addresses`).
    `digest`: news that goes along in the one mail of the day (`processes.post.news_digest`).
    `language`: in which it is written (ReadingLanguage).
    `held`: why the mail does not leave yet, as `MailRow.held`; the handler is told.
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
        held=dict(held) if held else None,
        digest=digest,
        language=language,
    )
    work.session.add(mail)
    work.session.flush()
    if held and case:
        work.system_note(case.id, HELD_NOTE.format(subject=mail.subject))
        work.audit(case.id, "held_mail", mail=mail.id)
    if awaits_code or held or digest:
        return
    work.enqueue(OutboxKind.MAIL, f"mail:{mail.id}", {"mail": mail.id}, case.id if case else None)


def _domain(sender: str) -> str:
    try:
        return wire_address(sender).rpartition("@")[2]
    except WrongAddress:  # settings that were made in code are not checked
        return "localhost"
