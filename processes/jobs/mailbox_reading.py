"""One look at a mailbox: every new mail is taken in a transaction of its own, with the UID up to which it was read.

So a process that dies between reading and the commit takes the mail again, and one that dies after it does not. A mail that
was delivered twice, or is read anew under another UIDVALIDITY, is known by its digest.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy.exc import DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from processes.base.actor import SYSTEM
from processes.base.errors import Busy, NoRoom
from processes.base.mail_parts import MOST_BYTES
from processes.base.settings import Settings
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.jobs.post_coming_in import take_post_mail
from processes.post.incoming.mailbox import Mailbox, MailboxSilent, RawMail, account_of, open_mailbox
from processes.post.incoming.reading import IncomingMail, read_mail, unreadable
from processes.post.incoming.returned import take_returned
from processes.storage.services import Services
from processes.storage.tables import MailboxRow, TakenMail
from processes.storage.words import MailboxPurpose

AT_ONCE: Final = 50  # mails in one look: the next look is a minute later
QUESTION_SECONDS: Final = 10.0  # for one answer of the server
LOOK_SECONDS: Final = 40.0  # for one look; below the lease of the outbox
TRIES: Final = 5  # for a mail that the program cannot take, before it is kept as unreadable
STAYS: Final = timedelta(days=14)  # in the mailbox after it was taken: a backup that is put back reads it anew
# the database, not the mail; another error of the database, such as a sign that it does not keep, is of the mail
NOT_NOW: Final = (Busy, NoRoom, OperationalError, InterfaceError, DisconnectionError, PoolTimeout)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Purpose:
    """A kind of mailbox: where its address stands, who takes its mail, how much of a mail is read, and whether what was taken
    is deleted from it after STAYS.
    """

    address: Callable[[Settings], str]
    take: Callable[[UnitOfWork, IncomingMail, RawMail], None]
    most_bytes: int
    clears: bool


PURPOSES: Final[Mapping[MailboxPurpose, Purpose]] = {
    MailboxPurpose.RETURNED: Purpose(
        lambda settings: settings.bounce_mailbox,
        lambda work, mail, _: take_returned(work, mail),
        most_bytes=256 * 1024,
        clears=True,
    ),
    MailboxPurpose.POST: Purpose(
        lambda settings: settings.post_mailbox, take_post_mail, most_bytes=MOST_BYTES, clears=False
    ),
}


def read_mailbox(services: Services, payload: Mapping[str, Any]) -> None:
    """Outbox kind `mailbox`: `{"purpose": MailboxPurpose}`. A mailbox that cannot be read is said at /beheer; the next look
    tries again.
    """
    purpose = MailboxPurpose(payload["purpose"])
    address = PURPOSES[purpose].address(services.settings)
    if not address:
        return
    account = account_of(address)
    try:
        with open_mailbox(address, QUESTION_SECONDS) as mailbox:
            _look(services, purpose, account, mailbox)
    except MailboxSilent as error:
        why = str(error)
        log.warning("mailbox.silent", purpose=purpose, cause=type(error.__cause__).__name__)
        transact(services, SYSTEM, lambda work: _failing(work, purpose, account, why))


def _look(services: Services, purpose: MailboxPurpose, account: str, mailbox: Mailbox) -> None:
    until = time.monotonic() + LOOK_SECONDS
    last = int(transact(services, SYSTEM, lambda work: _begun(work, purpose, account, mailbox.uid_validity)))
    for uid in mailbox.after(last, AT_ONCE):
        if time.monotonic() > until:
            return
        raw = _fetched(services, purpose, mailbox, uid)
        if not _taken(services, purpose, mailbox.uid_validity, raw or RawMail(uid, b"", cut=False)):
            return
        last = uid
    if PURPOSES[purpose].clears:
        mailbox.clear(last, (datetime.now(UTC) - STAYS).date())


def _fetched(services: Services, purpose: MailboxPurpose, mailbox: Mailbox, uid: int) -> RawMail | None:
    """Raises MailboxSilent. A mail that the server failed to give so often that others would wait for ever is put aside first."""
    try:
        return mailbox.mail(uid, PURPOSES[purpose].most_bytes)
    except MailboxSilent:
        if _often(services, purpose, uid):
            log.warning("mailbox.not_fetched", purpose=purpose, uid=uid)
            name = f"{mailbox.uid_validity}:{uid}"  # nothing of it is known that would tell it from another
            _put_aside(services, purpose, mailbox.uid_validity, RawMail(uid, name.encode(), cut=False))
        raise


def _begun(work: UnitOfWork, purpose: str, account: str, uid_validity: int) -> str:
    """The UID up to which this mailbox was read; 0 for another account, or when its UIDs count anew."""
    row = _row(work, purpose, account)
    if (row.account, row.uid_validity) != (account, uid_validity):
        row.account, row.uid_validity, row.last_uid, row.stuck_uid, row.tries = account, uid_validity, 0, None, 0
    row.looked_at, row.failure, row.failing_since = datetime.now(UTC), None, None
    return str(row.last_uid)


def _taken(services: Services, purpose: MailboxPurpose, uid_validity: int, raw: RawMail) -> bool:
    """Whether the next mail may be taken: not when this one could not, unless it was tried so often that it is put aside."""
    mail = read_mail(raw.content, cut=raw.cut)
    try:
        transact(services, SYSTEM, lambda work: _take(work, purpose, uid_validity, raw, mail))
    except NOT_NOW:
        raise
    except Exception as error:  # noqa: BLE001 - one mail may not stop all mail behind it
        log.warning("mailbox.not_taken", purpose=purpose, uid=raw.uid, error=type(error).__name__)
        if not _often(services, purpose, raw.uid):
            return False
        _put_aside(services, purpose, uid_validity, raw)
    return True


def _often(services: Services, purpose: MailboxPurpose, uid: int) -> bool:
    """Whether this was the last try of a mail, each of which is counted here."""
    return int(transact(services, SYSTEM, lambda work: _tried(work, purpose, uid))) >= TRIES


def _put_aside(services: Services, purpose: MailboxPurpose, uid_validity: int, raw: RawMail) -> None:
    """It is told as unreadable, and those behind it come."""
    aside = unreadable(raw.content)
    transact(services, SYSTEM, lambda work: _take(work, purpose, uid_validity, raw, aside))


def _take(work: UnitOfWork, purpose: MailboxPurpose, uid_validity: int, raw: RawMail, mail: IncomingMail) -> str:
    row = work.session.get(MailboxRow, purpose, with_for_update=True)
    if row is None or row.uid_validity != uid_validity or raw.uid <= row.last_uid:
        return ""  # another process was here
    if raw.content and work.session.get(TakenMail, (purpose, mail.digest)) is None:
        work.session.add(TakenMail(purpose=purpose, digest=mail.digest, taken_at=datetime.now(UTC)))
        PURPOSES[purpose].take(work, mail, raw)
    row.last_uid, row.stuck_uid, row.tries = raw.uid, None, 0
    return ""


def _tried(work: UnitOfWork, purpose: MailboxPurpose, uid: int) -> str:
    row = work.session.get_one(MailboxRow, purpose, with_for_update=True)
    row.tries = row.tries + 1 if row.stuck_uid == uid else 1
    row.stuck_uid = uid
    return str(row.tries)


def _failing(work: UnitOfWork, purpose: MailboxPurpose, account: str, why: str) -> str:
    row, now = _row(work, purpose, account), datetime.now(UTC)
    row.looked_at, row.failure, row.failing_since = now, why, row.failing_since or now
    return ""


def _row(work: UnitOfWork, purpose: str, account: str) -> MailboxRow:
    row = work.session.get(MailboxRow, purpose, with_for_update=True)
    if row is None:
        row = MailboxRow(
            purpose=purpose, account=account, uid_validity=0, last_uid=0, looked_at=datetime.now(UTC), tries=0
        )
        work.session.add(row)
        work.session.flush()
    return row
