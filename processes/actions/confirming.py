"""A citizen confirms the mail address of Mijn gegevens or of a case: the code that was mailed comes back here."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Select, select, update

from processes.access.visibility import known_rows
from processes.base.actor import ActorKind
from processes.base.errors import NotAllowed, NotFound
from processes.execution.unit_of_work import UnitOfWork
from processes.post.own_addresses import VALID, digest_of, is_confirmed, mail_code
from processes.storage.tables import MailRow, OwnAddress, Party, PersonProfile
from processes.storage.words import OutboxKind

TRIES: Final = 5  # wrong codes before a new one must be asked: of a million codes that leaves nothing to guess


class CodeAnswer(StrEnum):
    """The answers about a code: it was right, it was wrong, there is none that can still be used; one was mailed, or not any
    more today.
    """

    CONFIRMED = "confirmed"
    WRONG = "wrong"
    OVER = "over"
    MAILED = "mailed"
    ENOUGH = "enough"


@dataclass(frozen=True, slots=True)
class ConfirmAddress:
    code: str


@dataclass(frozen=True, slots=True)
class MailCode:
    """Ask for a new code for an own address that is not confirmed yet."""

    email: str


def confirm_address(work: UnitOfWork, action: ConfirmAddress) -> str:
    """A CodeAnswer, and no error for a wrong code: the try must be counted. Raises NotAllowed for who is no citizen."""
    rows = _waiting(work, _citizen(work))
    code = "".join(action.code.split())
    for row in rows:
        if hmac.compare_digest(row.code or "", digest_of(work, row, code)):
            _confirm(work, row)
            return CodeAnswer.CONFIRMED
    for row in rows:
        row.tries += 1
    return CodeAnswer.WRONG if any(row.tries < TRIES for row in rows) else CodeAnswer.OVER


def mail_new_code(work: UnitOfWork, action: MailCode) -> str:
    """A CodeAnswer. Raises NotFound for an address that is not one's own, or is confirmed by now."""
    subject = _citizen(work)
    if not _is_own(work, subject, action.email) or is_confirmed(work, subject, action.email):
        raise NotFound("Dit e-mailadres hoeft u niet (meer) te bevestigen.")
    return CodeAnswer.MAILED if mail_code(work, subject, action.email) else CodeAnswer.ENOUGH


def _citizen(work: UnitOfWork) -> str:
    if work.actor.kind != ActorKind.CITIZEN:
        raise NotAllowed
    return work.actor.party_subject


def _waiting(work: UnitOfWork, subject: str) -> list[OwnAddress]:
    mine = select(OwnAddress).where(OwnAddress.identity_index == subject, OwnAddress.confirmed_at.is_(None))
    living = mine.where(OwnAddress.asked_at > datetime.now(UTC) - VALID, OwnAddress.tries < TRIES)
    if _branch(work):  # a wrong code uses up a try of each: not those of the rest of the company
        living = living.where(OwnAddress.email.in_(_of_parties(work, subject)))
    return list(work.session.scalars(living.order_by(OwnAddress.email).with_for_update()))


def _confirm(work: UnitOfWork, row: OwnAddress) -> None:
    """From now on mail may go there, and what waited for it leaves."""
    row.confirmed_at, row.code = datetime.now(UTC), None
    for table in (Party, PersonProfile):
        mine = (table.identity_index == row.identity_index, table.email == row.email)
        work.session.execute(update(table).where(*mine).values(email_unconfirmed=False))
    cases = select(Party.case_id).where(Party.identity_index == row.identity_index)
    waiting = select(MailRow).where(MailRow.awaits_code, MailRow.recipient == row.email, MailRow.case_id.in_(cases))
    for mail in work.session.scalars(waiting.order_by(MailRow.id)).all():
        mail.awaits_code = False
        work.enqueue(OutboxKind.MAIL, f"mail:{mail.id}", {"mail": mail.id}, mail.case_id)
    work.audit(0, "confirm_address")


def _is_own(work: UnitOfWork, subject: str, email: str) -> bool:
    profile = select(PersonProfile.email).where(PersonProfile.identity_index == subject)
    known = {*work.session.scalars(_of_parties(work, subject))}
    if not _branch(work):
        known |= {*work.session.scalars(profile)}
    return bool(email) and email in known


def _branch(work: UnitOfWork) -> str:
    """The only branch of the own company that this person acts for; empty for who acts for all of it, and for people."""
    whom = work.actor.for_whom
    return whom.branch if whom and whom.own else ""


def _of_parties(work: UnitOfWork, subject: str) -> Select[str | None]:
    """The addresses that this person left in cases; of one branch those of its own cases only."""
    branch, found = _branch(work), select(Party.email).where(known_rows(subject))
    return found.where(Party.branch == branch) if branch else found
