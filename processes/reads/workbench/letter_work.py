"""Letters and mails of one case for which somebody still has to do something."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from processes.reads.workbench.letter_drafts import WAITS
from processes.storage.late_work import mail_is_refused
from processes.storage.tables import Case, LetterRow, MailRow, NoticeRow
from processes.storage.words import PostChannel


@dataclass(frozen=True, slots=True)
class LetterWork:
    """How many: `drafts` that wait to be read and sent, letters by post `to_send`, `held` letters and mails that would say what is not so, and mails
    that were `refused`.
    """

    drafts: int = 0
    to_send: int = 0
    held: int = 0
    refused: int = 0


NO_WORK: Final = LetterWork()


def letter_work(session: Session, case: Case) -> LetterWork:
    """One statement."""
    letters = (NoticeRow.case_id == case.id, NoticeRow.stopped.is_(None))
    mails = (MailRow.case_id == case.id, MailRow.error.is_(None), MailRow.held.is_not(None))
    drafts = select(func.count(LetterRow.id)).where(LetterRow.case_id == case.id, LetterRow.state.in_(WAITS))
    to_send = select(func.count(NoticeRow.id)).where(
        *letters, NoticeRow.channel == PostChannel.POST, NoticeRow.sent_on.is_(None), NoticeRow.held.is_(None)
    )
    held = select(func.count(NoticeRow.id)).where(*letters, NoticeRow.held.is_not(None), NoticeRow.letter_id.is_(None))
    held_mails = select(func.count(MailRow.id)).where(*mails)
    refused = select(func.count(MailRow.id)).where(MailRow.case_id == case.id, mail_is_refused())
    counts = [one.scalar_subquery() for one in (drafts, to_send, held, held_mails, refused)]
    one, two, three, four, five = session.execute(select(*counts)).one()
    return LetterWork(one or 0, two or 0, (three or 0) + (four or 0), five or 0)
