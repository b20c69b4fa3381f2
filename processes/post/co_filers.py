"""Mails to who is named as filing along (C2), and to who named them.

The first tells who named this person, what kind of case it is, until when they can confirm, and nothing else of the case. How many go out is
bounded per person who names, per case and per address: what a form takes is no way to fill somebody's mailbox.
"""

from datetime import timedelta
from typing import Final

from sqlalchemy import BindParameter, bindparam, func, select

from processes.access.links import invitation_marker
from processes.execution.co_filers import in_mail, named_by_in
from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.said_in import said_in
from processes.post.standard.citizens import CO_FILER_ASKED, CO_FILER_NEWS, CO_FILER_REMINDED
from processes.post.standard.in_english import mail_for
from processes.post.templates import render
from processes.post.unsent_mails import stop_mail
from processes.storage.tables import Case, CoFiler, MailRow, Party
from processes.storage.turn import INVITATIONS, wait_for_turn
from processes.storage.words import PostChannel

ASKED: Final = "co-filer-asked"
REMINDED: Final = "co-filer-reminded"
NEWS: Final = "co-filer-news"
WINDOW: Final = timedelta(days=1)
TO_ONE_ADDRESS: Final = 3  # invitations in that time, whoever asks for them
OF_ONE_CASE: Final = 20  # ten people, each of whom was mistyped once
OF_ONE_FILER: Final = 40
STOPPED: Final = "Niet verstuurd: deze uitnodiging geldt niet meer."
NOBODY: Final = "Onbekend"
NOT_TOLD: Final = " {filer} krijgt dit niet per e-mail te horen. Schrijf een brief, of bel."


def invite(work: UnitOfWork, case: Case, row: CoFiler) -> bool:
    """Mail the link to who was named. False when there is no address, or too many of these mails went out today: then the code goes by hand."""
    row.by_mail = bool(row.email) and not _too_many(work, row)
    if row.by_mail:
        _queue(work, case, row, named_by_in(work, row), CO_FILER_ASKED, ASKED)
    return row.by_mail


def remind(work: UnitOfWork, case: Case, row: CoFiler) -> None:
    """The one reminder, with the same link."""
    _queue(work, case, row, named_by_in(work, row), CO_FILER_REMINDED, REMINDED)
    row.reminded_at = work.now


def stop_invitation(work: UnitOfWork, row: CoFiler) -> None:
    """A mail that waits with the link of now is never sent."""
    mark = invitation_marker(row)
    waiting = select(MailRow).where(
        MailRow.case_id == row.case_id,
        MailRow.recipient == row.email,
        MailRow.sent_at.is_(None),
        MailRow.error.is_(None),
    )
    for mail in work.session.scalars(waiting).all():
        if mark in mail.body:
            stop_mail(mail, STOPPED, work)


def tell_filer(work: UnitOfWork, case: Case, filer: Party, key: str, *, declined: bool) -> str:
    """Mail to who named somebody that this one declined, or that the time is over for some. `key` is unique in the case. The answer is a sentence
    for staff where no mail goes to somebody who should know; else empty.
    """
    if filer.left_on or filer.withdrawn_on or filer.deceased:
        return ""
    if filer.channel == PostChannel.POST or not filer.email or filer.email_unconfirmed:
        return NOT_TOLD.format(filer=filer.name)
    words = {
        "case.number": case.number, "recipient.name": filer.name, "organisation.name": settings_of(work).organisation,
        "declined": declined, "link": f"{work.services.settings.public_url}/mijn/zaken/{case.number}",
    }  # fmt: skip
    made = render(mail_for(CO_FILER_NEWS, filer.language), words, filer.language)
    own_key = f"{NEWS}:{case.id}:{key}"
    queue_mail(work, case, NEWS, filer.email, made.subject, made.body, own_key, language=made.language)
    return ""


def _queue(work: UnitOfWork, case: Case, row: CoFiler, filer: Party, source: bytes, template: str) -> None:
    language = filer.language  # nobody knows yet in which one the other reads
    words = {
        "recipient.name": in_mail(row.name), "filer.name": in_mail(filer.name) or NOBODY, "organisation.name": settings_of(work).organisation,
        "kind": said_in(work, case, case.title, language), "until": row.valid_until, "link": invitation_marker(row),
    }  # fmt: skip
    made = render(mail_for(source, language), words, language)
    key = f"{template}:{row.id}:{row.code}"
    queue_mail(work, case, template, row.email or "", made.subject, made.body, key, language=made.language)


def _too_many(work: UnitOfWork, row: CoFiler) -> bool:
    wait_for_turn(work.session, INVITATIONS)  # else those who ask at one moment would not see each other's mails
    work.session.flush()
    asked: BindParameter[str] = bindparam("asked", ASKED, literal_execute=True)  # said as the index says it
    lately = (
        select(func.count())
        .select_from(MailRow)
        .where(MailRow.template == asked, MailRow.created_at > work.now - WINDOW)
    )
    cases = select(Party.case_id).where(Party.identity_index == named_by_in(work, row).identity_index)
    counted = {
        TO_ONE_ADDRESS: lately.where(MailRow.recipient == row.email),
        OF_ONE_CASE: lately.where(MailRow.case_id == row.case_id),
        OF_ONE_FILER: lately.where(MailRow.case_id.in_(cases)),
    }
    return any((work.session.scalar(question) or 0) >= most for most, question in counted.items())
