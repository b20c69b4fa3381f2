"""A mail that no server takes: the reason stays on the mail, the handler reads it, and a formal notice goes by post instead.

What to do about it is asked on the page Brieven of the case and at /beheer (`processes.actions.mailing`).
"""

from sqlalchemy import Select, select

from processes.access.links import has_dead_link, invited_by
from processes.base.actor import SYSTEM
from processes.execution.following_facts import follow_letter
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.post.queue import queue_mail
from processes.storage.services import Services
from processes.storage.tables import Case, DepartmentRow, MailRow, NoticeRow, Party
from processes.storage.words import OutboxKind, PostChannel

BY_POST = (
    "De e-mail over de brief '{subject}' is niet aangekomen. De brief gaat daarom per post. "
    "Print hem en verstuur hem bij Brieven. Daar leest u ook waarom de e-mail niet aankwam."
)
NO_STREET = " Het postadres is niet bekend: vraag het op, en schrijf het op de brief of de envelop."
TO_FALLBACK = " Wij stuurden haar ook naar het reservepostvak van de afdeling."
NOT_ARRIVED = (
    "De e-mail '{subject}' is niet aangekomen. Bij Brieven leest u waarom. Verbeter het adres en verstuur de e-mail "
    "opnieuw, of geef het bericht op een andere manier."
)


def refuse(services: Services, mail_id: int, reason: str) -> None:
    """Keep why a mail is refused for good, and tell the case. Does nothing when that was done, or the case is gone."""
    transact(services, SYSTEM, lambda work: _refuse(work, mail_id, reason))


def _refuse(work: UnitOfWork, mail_id: int, reason: str) -> str:
    case_id = work.session.scalar(select(MailRow.case_id).where(MailRow.id == mail_id))
    case = work.lock_case_id(case_id) if case_id is not None else None
    mail = work.session.get(MailRow, mail_id)
    if mail is None or mail.sent_at is not None or mail.error is not None:
        return ""
    not_arrived(work, case, mail, reason)
    return ""


def not_arrived(work: UnitOfWork, case: Case | None, mail: MailRow, reason: str) -> None:
    """Keep why nobody got a mail, also one that had left and came back, and tell the case, which is locked."""
    mail.error, mail.awaits_code, mail.sent_at = reason, False, None
    if invited := invited_by(work.session, mail.body):
        invited.by_mail = False  # from now on who named this person reads the code, to hand it over
    if case is not None:
        work.system_note(case.id, _told(work, case, mail) + _to_fallback(work, case, mail))
    work.audit(case.id if case else 0, "mail_refused", mail=mail.id)


def _told(work: UnitOfWork, case: Case, mail: MailRow) -> str:
    """For everybody who may see the case: no address, and no answer of the server, which may repeat it."""
    notice = work.session.get(NoticeRow, mail.notice_id) if mail.notice_id else None
    if notice is None:
        return NOT_ARRIVED.format(subject=mail.subject)
    send_by_post(work, case, notice)
    street = work.session.scalar(select(Party.address).where(Party.id == notice.party_id))
    return BY_POST.format(subject=notice.subject) + ("" if street else NO_STREET)


def _to_fallback(work: UnitOfWork, case: Case, mail: MailRow) -> str:
    """Send a mail that a department's mailbox refused to its second mailbox, once. The answer is what to tell about it."""
    if has_dead_link(work.session, mail.body):
        return ""
    wanted = select(DepartmentRow.fallback_email).where(
        DepartmentRow.email == mail.recipient, DepartmentRow.fallback_email.is_not(None)
    )
    other = work.session.scalar(wanted.limit(1))
    if other is None or work.session.scalar(_same_to(mail, other)) is not None:
        return ""
    queue_mail(work, case, mail.template, other, mail.subject, mail.body, f"fallback:{mail.id}")
    return TO_FALLBACK


def _same_to(mail: MailRow, recipient: str) -> Select[int]:
    same = (MailRow.case_id == mail.case_id, MailRow.subject == mail.subject, MailRow.body == mail.body)
    return select(MailRow.id).where(*same, MailRow.recipient == recipient).limit(1)


def send_by_post(work: UnitOfWork, case: Case, notice: NoticeRow) -> None:
    """From now on a letter to print: it counts as sent on the day that a worker fills in (Awb 3:41). What stands on the
    portal stays there; the letter with the street on it is a document of its own.
    """
    if notice.channel == PostChannel.POST:
        return
    notice.channel, notice.sent_on = PostChannel.POST, None
    follow_letter(work, case, notice.id)  # a term that stood still or was met by it, waits for the post
    if notice.document_id is not None:  # else the letter is still to be made, and will have the street on it
        notice.document_id = None
        work.enqueue(
            OutboxKind.LETTER, f"letter:{notice.id}:post", {"notice": notice.id, "again": True}, notice.case_id
        )
    work.audit(notice.case_id, "to_post", notice=notice.id)
