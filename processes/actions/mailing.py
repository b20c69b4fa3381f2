"""A mail that was refused for good: sent again, to a better address if need be, or settled because it was told otherwise."""

from dataclasses import dataclass, replace

from sqlalchemy import select, update

from processes.access.guards import only_staff, reason_wrong
from processes.access.kept_addresses import has_or_had
from processes.access.staff_scope import HANDLES, handles, works_on
from processes.base.actor import StaffRole
from processes.base.email_address import typed_address
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from processes.execution.corrections import record_correction
from processes.execution.standing_aside import shut_out
from processes.execution.unit_of_work import UnitOfWork
from processes.post.news_digest import move_waiting
from processes.post.unsent import follow_party
from processes.storage.restored import read_restored, write_restored
from processes.storage.tables import Bar, Case, MailRow, Party, PersonProfile
from processes.storage.words import CorrectionKind, OutboxKind

NOT_ARRIVED = "Een e-mail kwam niet aan."
KEPT = "Wie dit is, weet alleen wie aan deze zaak werkt. Laat die het goede adres invullen."
DESK = (*HANDLES, StaffRole.ADMIN)


@dataclass(frozen=True, slots=True)
class RetryMail:
    """Send a refused mail again, under the Message-ID that it had. `address`: a better one, for this `reason`; empty keeps the old."""

    id: int
    address: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SettleMail:
    """The reader knows by now: by telephone, by letter, or because it does not matter any more."""

    id: int


def retry_mail(work: UnitOfWork, action: RetryMail) -> str:
    """Raises NotFound, Invalid for the address and for another one without a reason, AlreadyDone for a mail that is not refused (any more), and
    NotAllowed for another address of somebody who is kept from who acts.

    A better address also becomes that of the parties of the case who had the old one, and what waits for them follows.
    """
    mail, case = _refused(work, action.id)
    wrong: dict[str, str] = {}
    address = typed_address(action.address, "address", wrong) or mail.recipient
    better, reason = address != mail.recipient, action.reason.strip()
    if better:
        wrong |= reason_wrong(action.reason, "Schrijf hoe u weet dat dit adres klopt.")
    if wrong:
        raise Invalid(wrong)
    said: list[str] = []
    if better and case is not None:
        _refuse_kept(work, case, mail.recipient)
        said = _correct(work, case, mail.recipient, address, reason)
    mail.recipient, mail.error = address, None  # of an address that staff give nobody has to confirm anything
    work.enqueue(OutboxKind.MAIL, f"mail:{mail.id}:again:{work.now.timestamp():.6f}", {"mail": mail.id}, mail.case_id)
    if case is not None:
        where = f" naar een verbeterd adres. Reden: {reason}" if better else "."
        work.own_note(case.id, "\n".join([f"E-mail '{mail.subject}' opnieuw verstuurd{where}", *said]))
    work.audit(mail.case_id or 0, "retry_mail", mail=mail.id)
    return ""


def settle_mail(work: UnitOfWork, action: SettleMail) -> str:
    """Raises NotFound, and AlreadyDone for a mail that is not refused (any more)."""
    mail, case = _refused(work, action.id)
    mail.settled_at = work.now
    if case is not None:
        work.own_note(case.id, f"E-mail '{mail.subject}' kwam niet aan. Het bericht is op een andere manier gegeven.")
    work.audit(mail.case_id or 0, "settle_mail", mail=mail.id)
    return ""


def _refused(work: UnitOfWork, mail_id: int) -> tuple[MailRow, Case | None]:
    """The mail, with its case locked. A mail of no case is for an administrator."""
    only_staff(work.actor, DESK)
    case_id = work.session.scalar(select(MailRow.case_id).where(MailRow.id == mail_id))
    case = work.lock_case_id(case_id) if case_id is not None else None
    mail = work.session.get(MailRow, mail_id)
    if mail is None:
        raise NotFound("Deze mail is er niet meer.")
    if case is None and not work.actor.has(StaffRole.ADMIN):
        raise NotAllowed
    if mail.sent_at is not None or mail.error is None:
        raise AlreadyDone("Deze mail is al verstuurd, of wordt op dit moment verstuurd.")
    if mail.settled_at is not None:
        raise AlreadyDone("Deze mail is al afgehandeld.")
    return mail, case


def _refuse_kept(work: UnitOfWork, case: Case, address: str) -> None:
    """Only who works on the case may say where somebody reads mail whose name others may not know."""
    secret = select(Party.id).where(Party.case_id == case.id, Party.confidential, has_or_had(address))
    knows = handles(work.actor) and works_on(work.session, work.actor, case)
    if not knows and work.session.scalar(secret.limit(1)) is not None:
        raise NotAllowed(KEPT)


def _correct(work: UnitOfWork, case: Case, old: str, new: str, reason: str) -> list[str]:
    """Later mails, and those that wait, go to the right place too, and the link that went to the old mailbox works no more. The answer is one
    Dutch sentence for each thing that was done.
    """
    said: list[str] = []
    parties = select(Party).where(Party.case_id == case.id, Party.email == old)
    for party in work.session.scalars(parties.order_by(Party.id)).all():
        party.email, party.email_unconfirmed = new, False
        record_correction(
            work, case, CorrectionKind.PARTY, {"email": old}, {"email": new}, f"{NOT_ARRIVED} {reason}", party=party
        )
        if party.identity_index:
            move_waiting(work, party.identity_index, old, new)
            mine = (PersonProfile.identity_index == party.identity_index, PersonProfile.email == old)
            work.session.execute(update(PersonProfile).where(*mine).values(email=new, email_unconfirmed=False))
        if work.session.scalar(select(Bar.id).where(Bar.party_id == party.id).limit(1)):  # the old address made one
            shut_out(work, case, party)
        said += follow_party(work, case, party, {"email": old})
        work.audit(case.id, "correct_address", party=party.id)
    return said


@dataclass(frozen=True, slots=True)
class LetMailGo:
    """Let mail leave again after a backup was put back. Of what waits, the mails `send` leave now, or all; the others never do."""

    send: tuple[int, ...] = ()
    all: bool = False


NOT_AGAIN = "Niet verstuurd: deze mail kan al zijn verstuurd voordat de back-up werd teruggezet."


def let_mail_go(work: UnitOfWork, action: LetMailGo) -> str:
    """News that waits for the one mail of the day goes on waiting for it. Raises NotAllowed for anybody but an administrator, and
    AlreadyDone when no mail is held.
    """
    only_staff(work.actor, (StaffRole.ADMIN,))
    restored = read_restored(work.session)
    if restored is None or not restored.mail_held:
        raise AlreadyDone("De mail gaat al weer weg.")
    waiting = (
        select(MailRow)
        .where(MailRow.sent_at.is_(None), MailRow.error.is_(None), MailRow.held.is_(None), MailRow.digest.is_(False))
        .order_by(MailRow.id)
    )
    for mail in work.session.scalars(waiting):
        if action.all or mail.id in action.send:
            key = f"mail:{mail.id}:restored:{restored.at}"
            work.enqueue(OutboxKind.MAIL, key, {"mail": mail.id}, mail.case_id)
        else:
            mail.error, mail.settled_at = NOT_AGAIN, work.now
            work.audit(mail.case_id or 0, "settle_mail", mail=mail.id)
    write_restored(work.session, replace(restored, mail_held=False))
    return ""
