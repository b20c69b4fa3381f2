"""Mails that wait to be sent, and the link of their reader, follow that reader: another name or address, or nobody who can read them.

A mail counts as sent once a server took it; what was sent stays as it was. Letters: `processes.post.unsent`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select

from processes.execution.unit_of_work import UnitOfWork
from processes.post.dossier_links import end_link, mail_link, replace_link
from processes.post.standard.persons import NEW_LINK
from processes.storage.tables import Case, Dossier, MailRow, NoticeRow, Party
from processes.storage.words import OutboxKind

NO_ADDRESS: Final = "Niet verstuurd: deze betrokkene heeft geen e-mailadres meer."
DECEASED: Final = "Niet verstuurd: deze betrokkene is overleden. Vraag wie de erfgenamen zijn."


def follow_mails(work: UnitOfWork, case: Case, party: Party, was: Mapping[str, Any]) -> list[str]:
    """Bring the mails that wait for this party up to date. `was` and the answer: as `follow_party` in `processes.post.unsent` has them."""
    waiting = unsent_mails(work, case, party, was.get("email", party.email))
    if "deceased" in was and party.deceased:
        for mail in waiting:
            stop_mail(mail, DECEASED, work)
        return [f"De e-mail '{mail.subject}' is niet verstuurd." for mail in waiting]
    if "name" in was:
        for mail in waiting:
            mail.body = mail.body.replace(str(was["name"]), party.name)
    if "email" not in was:
        return []
    for mail in waiting:
        _readdress(work, mail, party)
    if not party.email:
        return [f"De e-mail '{mail.subject}' is niet verstuurd: er is geen e-mailadres meer." for mail in waiting]
    return [f"De e-mail '{mail.subject}' gaat naar het nieuwe adres." for mail in waiting]


def _readdress(work: UnitOfWork, mail: MailRow, party: Party) -> None:
    if not party.email:
        stop_mail(mail, NO_ADDRESS, work)
        return
    mail.recipient = party.email
    if mail.awaits_code:  # of an address that staff give nobody has to confirm anything
        mail.awaits_code = False
        work.enqueue(OutboxKind.MAIL, f"mail:{mail.id}", {"mail": mail.id}, mail.case_id)


def stop_mail(mail: MailRow, why: str, work: UnitOfWork) -> None:
    """Never send it; `why` stands on the page Brieven."""
    mail.error, mail.settled_at, mail.awaits_code = why, work.now, False


def unsent_mails(work: UnitOfWork, case: Case, party: Party, email: str | None) -> Sequence[MailRow]:
    """Mails to this party that wait. Of two parties with one address only those are meant that greet this one, or announce
    a letter to this one.
    """
    waiting = select(MailRow).where(MailRow.case_id == case.id, MailRow.recipient == email, MailRow.sent_at.is_(None))
    rows = work.session.scalars(waiting.where(MailRow.error.is_(None)).order_by(MailRow.id)).all()
    others = select(Party.id).where(Party.case_id == case.id, Party.email == email, Party.id != party.id).limit(1)
    if not rows or work.session.scalar(others) is None:
        return rows
    mine = set(work.session.scalars(select(NoticeRow.id).where(NoticeRow.party_id == party.id)))
    return [mail for mail in rows if mail.notice_id in mine or party.name in mail.body]


def own_dossier(work: UnitOfWork, case: Case, party: Party) -> Dossier | None:
    """The part of the case that this person sees by a link of their own; None without one."""
    return work.session.scalar(select(Dossier).where(Dossier.case_id == case.id, Dossier.party_id == party.id))


def follow_link(work: UnitOfWork, case: Case, party: Party) -> list[str]:
    """The link that went to the old mailbox is dead at once; the new mailbox gets a new one."""
    dossier = own_dossier(work, case, party)
    if dossier is None or dossier.revoked_at is not None:
        return []
    if not party.email:
        end_link(work, case, dossier)
        return ["De link op het oude e-mailadres werkt niet meer."]
    replace_link(work, case, dossier)
    mail_link(work, case, dossier, NEW_LINK)
    return ["De link op het oude e-mailadres werkt niet meer. Het nieuwe adres kreeg een nieuwe link."]
