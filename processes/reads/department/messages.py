"""The mails that a department got about its dossier, each to be read again behind the link: requests, reminders and other messages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.links import MARKER
from processes.base.errors import LinkGone
from processes.base.written import TypedText
from processes.reads.department.door import inside
from processes.storage.services import Services
from processes.storage.tables import Dossier, MailRow

OWN_LINK: Final = "(de link naar dit dossier)"  # who reads this came by that link


@dataclass(frozen=True, slots=True)
class MessagePage:
    """`body` is plain text without links; `to` the address that it went to."""

    id: int
    subject: TypedText
    body: TypedText
    at: datetime
    to: TypedText


def mails_of(session: Session, dossier: Dossier) -> list[MailRow]:
    """Every mail with the link of this dossier that was not held back, oldest first; none of the dossier of one person."""
    if dossier.party_id is not None:
        return []
    about = MailRow.body.contains(f"[[dossier:{dossier.id}:", autoescape=True)
    sent = select(MailRow).where(MailRow.case_id == dossier.case_id, MailRow.held.is_(None), about)
    return list(session.scalars(sent.order_by(MailRow.id)))


def read_message(services: Services, token: str, mail: int) -> MessagePage:
    """One mail of this dossier. Anything else is LinkGone."""
    with inside(services, token) as at:
        row = next((one for one in mails_of(at.session, at.dossier) if one.id == mail), None)
        if row is None:
            raise LinkGone
        return message_of(row)


def message_of(row: MailRow) -> MessagePage:
    return MessagePage(row.id, row.subject, MARKER.sub(OWN_LINK, row.body), row.created_at, row.recipient)
