"""The one mail of the day with news for a citizen who wants it so (C12). Asked by the clock process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from processes.access.guards import only_staff
from processes.execution.unit_of_work import UnitOfWork
from processes.post.news_digest import WAITING, mail_of_day, readers_of, waiting_for
from processes.post.unsent_mails import stop_mail
from processes.storage import audit
from processes.storage.tables import MailRow

NOT_WANTED: Final = "Niet verstuurd: deze betrokkene wil geen nieuws meer per e-mail."
NOT_CONFIRMED: Final = "Niet verstuurd: deze betrokkene heeft het nieuwe e-mailadres niet bevestigd."
PATIENCE: Final = timedelta(days=2)  # for the code of a new address; a letter goes by post after as long


@dataclass(frozen=True, slots=True)
class MailNewsOfDay:
    """`mail`: the first that waits of one reader."""

    mail: int


def mail_news_of_day(work: UnitOfWork, action: MailNewsOfDay) -> str:
    """Nothing when another sweep was first. For who wants no news any more, what waits is stopped; for who has a new address that is
    not confirmed, it waits some days more.
    """
    only_staff(work.actor, ())
    first = work.session.get(MailRow, action.mail)
    if first is None or not first.digest or first.sent_at is not None or first.error is not None:
        return ""
    cases = select(MailRow.case_id).where(WAITING, MailRow.recipient == first.recipient)
    for case_id in sorted({one for one in work.session.scalars(cases) if one}):
        audit.hold(work.session, case_id)
    rows = work.session.scalars(waiting_for(first.recipient, work.now)).all()
    if wanted := _wanted(work, rows):
        mail_of_day(work, wanted)
        for row in wanted:
            row.sent_at = work.now
    return ""


def _wanted(work: UnitOfWork, rows: Sequence[MailRow]) -> list[MailRow]:
    """Those that their own reader wants and can get now; stops those that will never go."""
    readers, wanted = readers_of(work, rows) if rows else {}, []
    for row in rows:
        reader = readers.get(row.id)
        if reader is None or not reader.news_by_mail or reader.email != row.recipient:
            stop_mail(row, NOT_WANTED, work)
        elif not reader.email_unconfirmed:
            wanted.append(row)
        elif row.created_at < work.now - PATIENCE:
            stop_mail(row, NOT_CONFIRMED, work)
    return wanted
