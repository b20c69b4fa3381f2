"""The page /beheer/herstel: mail that waits since a backup was put back, for an administrator to choose from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from processes.access.clearance import of_no_case_or_within
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.reads.opening import reading
from processes.reads.refused_mail import KEPT
from processes.storage.restored import read_restored
from processes.storage.services import Services
from processes.storage.tables import Case, MailRow, Party

MOST: Final = 500  # mails on the page; of more it is all or none


@dataclass(frozen=True, slots=True)
class HeldMail:
    id: int
    subject: str
    recipient: str
    case_number: str | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class HeldMails:
    """`made_at` and `at`: when the backup was made and put back; `mails`: the first MOST of `count` that wait."""

    made_at: datetime
    at: datetime
    mails: tuple[HeldMail, ...]
    count: int


def read_held_mail(services: Services, actor: Actor) -> HeldMails | None:
    """None while no mail is held. Raises NotAllowed for anybody but an administrator."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _now):
        restored = read_restored(session)
        if restored is None or not restored.mail_held:
            return None
        mine = of_no_case_or_within(actor, MailRow.case_id)
        # news for the one mail of the day leaves with that mail, which is on this page by itself once it is made
        waits = (MailRow.sent_at.is_(None), MailRow.error.is_(None), MailRow.digest.is_(False))
        secret = select(Party.id).where(
            Party.case_id == MailRow.case_id, Party.email == MailRow.recipient, Party.confidential
        )
        wanted = (
            select(MailRow, Case.number, secret.exists())
            .outerjoin(Case, Case.id == MailRow.case_id)
            .where(*waits, mine)
            .order_by(MailRow.id)
            .limit(MOST)
        )
        mails = tuple(
            HeldMail(mail.id, mail.subject, KEPT if kept else mail.recipient, number, mail.created_at)
            for mail, number, kept in session.execute(wanted)
        )
        count = session.scalar(select(func.count()).select_from(MailRow).where(*waits)) or 0
    return HeldMails(datetime.fromisoformat(restored.made_at), datetime.fromisoformat(restored.at), mails, count)
