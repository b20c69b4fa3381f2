"""The one mail of the day with news for a citizen who wants it so (C12). Asked by the clock process."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from processes.access.guards import only_staff
from processes.execution.unit_of_work import UnitOfWork
from processes.post.news_digest import mail_of_day, waiting_for
from processes.post.unsent_mails import stop_mail
from processes.storage import audit
from processes.storage.tables import MailRow, PersonProfile

NOT_WANTED: Final = "Niet verstuurd: deze betrokkene wil geen nieuws meer per e-mail."


@dataclass(frozen=True, slots=True)
class MailNewsOfDay:
    """`mail`: the first that waits of one reader."""

    mail: int


def mail_news_of_day(work: UnitOfWork, action: MailNewsOfDay) -> str:
    """Nothing when another sweep was first. For who wants no news any more, what waits is stopped."""
    only_staff(work.actor, ())
    first = work.session.get(MailRow, action.mail)
    if first is None or not first.digest or first.sent_at is not None or first.error is not None:
        return ""
    cases = select(MailRow.case_id).where(
        MailRow.recipient == first.recipient, MailRow.digest, MailRow.sent_at.is_(None)
    )
    for case_id in sorted({one for one in work.session.scalars(cases) if one}):
        audit.hold(work.session, case_id)
    rows = work.session.scalars(waiting_for(first.recipient, work.now)).all()
    if not rows:
        return ""
    reads = (
        PersonProfile.email == first.recipient,
        PersonProfile.news_by_mail,
        PersonProfile.email_unconfirmed.is_(False),
    )
    if work.session.scalar(select(PersonProfile.identity_index).where(*reads).limit(1)) is None:
        for row in rows:
            stop_mail(row, NOT_WANTED, work)
        return ""
    mail_of_day(work, rows)
    for row in rows:
        row.sent_at = work.now
    return ""
