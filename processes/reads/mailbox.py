"""The local mailbox of the demo: every mail as it left, with its links made."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from processes.access.links import with_links
from processes.base.errors import NotFound
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import Case, MailRow

NEWEST = 200  # the demo's mailbox is for reading along, not an archive


@dataclass(frozen=True, slots=True)
class MailboxMail:
    id: int
    recipient: str
    subject: str
    body: str
    at: datetime
    case_number: str | None
    sent: bool


def mails(services: Services, recipient: str = "") -> tuple[MailboxMail, ...]:
    """The newest mails, newest first; with `recipient` only those whose address holds that text."""
    with services.sessions() as session:
        read_only(session)
        query = select(MailRow, Case.number).outerjoin(Case, Case.id == MailRow.case_id).order_by(MailRow.id.desc())
        query = query.where(MailRow.awaits_code.is_(False))  # nobody got these yet
        if recipient:
            query = query.where(MailRow.recipient.contains(recipient, autoescape=True))
        return tuple(_mail(row, number, "") for row, number in session.execute(query.limit(NEWEST)))


def mail(services: Services, mail_id: int) -> MailboxMail:
    """One mail whole. Raises NotFound."""
    with services.sessions() as session:
        read_only(session)
        row = session.get(MailRow, mail_id)
        if row is None:
            raise NotFound("Deze mail bestaat niet (meer).")
        number = session.scalar(select(Case.number).where(Case.id == row.case_id))
        return _mail(row, number, with_links(services, session, row.body))


def _mail(row: MailRow, number: str | None, body: str) -> MailboxMail:
    return MailboxMail(row.id, row.recipient, row.subject, body, row.created_at, number, row.sent_at is not None)
