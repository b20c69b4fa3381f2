"""Mail that came in at the return address: known by the mark in it, kept at the mail and its case, and acted on.

A mail that came back for good is refused from then on, as one that no server took (`processes.post.refusals`). What somebody
wrote, and what cannot be placed, is kept for who has to read it.
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from processes.execution.unit_of_work import UnitOfWork
from processes.post.incoming.reading import IncomingMail
from processes.post.incoming.telling_apart import MailVerdict, verdict_on
from processes.post.refusals import not_arrived
from processes.post.return_address import has_mark, marked_mail
from processes.storage.tables import Case, MailAnswer, MailRow
from processes.storage.words import AnswerKind

CAME_BACK: Final = "De mail kwam terug. {said}"
MOST_REFERRED: Final = 20
NOTES: Final[Mapping[str, str]] = {
    AnswerKind.TEMPORARY: (
        "De e-mail '{subject}' kon nu niet worden bezorgd. {said} Er is geen nieuwe poging. Is het bericht belangrijk? Geef het "
        "dan ook op een andere manier."
    ),
    AnswerKind.ANSWER: "Er kwam een antwoord op de e-mail '{subject}'. U leest het bij Brieven.",
}


def take_returned(work: UnitOfWork, mail: IncomingMail) -> None:
    """Keep it, and do what follows from it, in the open transaction."""
    verdict = verdict_on(mail, work.today)
    if verdict.kind is None:
        return
    row, placed = _mail_of(work, mail)
    case = work.lock_case_id(row.case_id) if row is not None and row.case_id is not None else None
    if row is not None:
        work.session.refresh(row, with_for_update=True)  # it may have been read before the lock
    left_at = row.sent_at if row is not None else None
    work.session.add(_answer(work, mail, verdict, row, placed=placed, left_at=left_at))
    work.audit(case.id if case else 0, "mail_came_back", mail=row.id if row else None, code=verdict.kind)
    if row is not None and placed:
        _follow(work, case, row, verdict)


def _mail_of(work: UnitOfWork, mail: IncomingMail) -> tuple[MailRow | None, bool]:
    """The mail that this is about, and whether it counts for it: what comes back of an address that was corrected does not."""
    if row := marked_mail(work.session, work.services.secrets, mail.to):
        return row, True
    named = select(MailRow).where(MailRow.message_id.in_(mail.refers[:MOST_REFERRED])).order_by(MailRow.id.desc())
    return work.session.scalar(named.limit(1)), not has_mark(mail.to)


def _answer(
    work: UnitOfWork, mail: IncomingMail, verdict: MailVerdict, row: MailRow | None, *, placed: bool, left_at: object
) -> MailAnswer:
    return MailAnswer(
        case_id=row.case_id if row else None, mail_id=row.id if row else None, kind=verdict.kind,
        to_read=verdict.kind == AnswerKind.ANSWER or row is None or not placed, sender=mail.sender, subject=mail.subject,
        text=mail.text, said=verdict.said, back_on=verdict.back_on, attachments=mail.attachments, received_at=work.now,
        left_at=left_at,
    )  # fmt: skip


def _follow(work: UnitOfWork, case: Case | None, row: MailRow, verdict: MailVerdict) -> None:
    if verdict.kind == AnswerKind.BOUNCED and row.error is None and row.held is None:
        not_arrived(work, case, row, CAME_BACK.format(said=verdict.said))
    note = NOTES.get(verdict.kind or "")
    if note and case is not None:
        work.system_note(case.id, note.format(subject=row.subject, said=verdict.said))
