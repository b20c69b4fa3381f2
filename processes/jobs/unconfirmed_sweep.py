"""Mail to an address that nobody confirmed: after two days the notice that it announces goes by post. Mail of no case is forgotten."""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete, select

from processes.post.desk_mail import TEMPLATE as OF_NEWS
from processes.post.mailbox_codes import TEMPLATE as OF_MAILBOX
from processes.post.mailbox_codes import VALID as MINUTES
from processes.post.news_digest import TEMPLATE as OF_DAY
from processes.post.own_addresses import TEMPLATE, TEMPLATE_CHANGED, VALID
from processes.post.refusals import refuse
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import MailAnswer, MailboxCode, MailRow, OwnAddress

PATIENCE: Final = timedelta(days=2)  # business time: a letter that waits longer costs its reader too much of a term
AT_ONCE: Final = 200
REASON: Final = "Niet verstuurd: de burger heeft dit e-mailadres zelf ingevuld en niet bevestigd."


def sweep_unconfirmed(services: Services) -> int:
    """Give up mails that waited too long for a confirmation; says how many. Codes that are over go with their mails, and so does news for staff."""
    waited = _waited_too_long(services)
    for mail in waited:
        refuse(services, mail, REASON)
    _forget_passing(services)
    return len(waited)


def _waited_too_long(services: Services) -> list[int]:
    with services.sessions() as session:
        before = business_now(services, read_only(session)) - PATIENCE
        waited = select(MailRow.id).where(MailRow.awaits_code, MailRow.created_at < before)
        return list(session.scalars(waited.order_by(MailRow.created_at).limit(AT_ONCE)))


def _forget_passing(services: Services) -> None:
    """A code that is over is worth nothing, but its mail and its row tell an address that may be a stranger's. Mail of news for staff
    names cases, which may be destroyed one day.
    """
    with services.sessions.begin() as session:
        over = (OwnAddress.confirmed_at.is_(None), OwnAddress.asked_at < datetime.now(UTC) - VALID)
        session.execute(delete(OwnAddress).where(*over))
        before = business_now(services, session) - PATIENCE
        mails = (
            MailRow.case_id.is_(None),
            MailRow.template.in_((TEMPLATE, TEMPLATE_CHANGED, OF_MAILBOX, OF_NEWS, OF_DAY)),
            MailRow.created_at < before,
        )
        passing = select(MailRow.id).where(*mails)
        session.execute(delete(MailAnswer).where(MailAnswer.mail_id.in_(passing)))  # what came back on them
        session.execute(delete(MailRow).where(*mails))
        session.execute(delete(MailboxCode).where(MailboxCode.asked_at < datetime.now(UTC) - 6 * MINUTES))
