"""Mail leaves here: a stored mail in, an SMTP server (or the local mailbox) out, always under the mail's own Message-ID.

A refusal for good (5xx, an address that no server can take) is kept on the mail and told to the case
(`processes.post.refusals`); anything that may pass (4xx, no answer, a broken connection, a server that takes no mail of
ours at all) is raised, so that the outbox tries again.
"""

import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from email.errors import MessageError
from email.message import EmailMessage
from typing import Any, Final

import structlog
from sqlalchemy import select

from processes.access.links import has_dead_link, with_links
from processes.base.crash_points import crash_point
from processes.base.email_address import WrongAddress, wire_address
from processes.base.errors import Busy
from processes.base.metrics import MAILS
from processes.base.typed_values import one_line
from processes.dated import MailSender
from processes.post.mail_server import mail_server
from processes.post.message import message
from processes.post.refusals import refuse
from processes.post.return_address import return_address
from processes.post.senders import sender_of
from processes.storage import audit
from processes.storage.restored import read_restored
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import MailRow

TRIES = 3  # to say that a mail has left: it would be sent again when its case stays locked meanwhile
MAILBOX = "mailbox"
FOR_GOOD = 500
LOG_IN_FIRST: Final = {530, 534, 535, 538}  # about how we sign in at the server, not about this mail (RFC 4954)
TOO_LARGE: Final = 552  # the one refusal of a sender that is about this mail: it is larger than the server takes
NO_ADDRESS = "Dit e-mailadres bestaat zo niet: geen mailserver kan het aannemen."
NO_ACCENTS = "De mailserver neemt geen adres aan met andere tekens voor de @ dan letters zonder accent en cijfers."
DEAD_LINK = "Niet verstuurd: de link in deze mail is ingetrokken. Maak bij Verzoeken een nieuwe link."
NO_MAIL = "Van deze tekst kan geen e-mail worden gemaakt."
# What Python's own mail packages raise on a text or address that they cannot write: some of it by mistakes of theirs.
# It would fail in the same way at each try.
UNWRITABLE: Final = (ValueError, MessageError, LookupError, TypeError, AttributeError)

log = structlog.get_logger(__name__)


class MailHeld(Exception):
    """Alle mail wacht: deze installatie is teruggezet uit een back-up, en een beheerder kijkt eerst wat er weg mag."""


class MailDelayed(Exception):
    """De mailserver nam de mail nu niet aan. Wij proberen het later opnieuw."""


def send_mail(services: Services, payload: Mapping[str, Any]) -> None:
    """Outbox kind `mail`: `{"mail": id}`. A mail that has left, was refused, or went with a destroyed case, is left alone;
    so is news that goes along in the one mail of the day.
    """
    with services.sessions() as session:
        mail = session.get(MailRow, payload["mail"])
        if (
            mail is None
            or mail.awaits_code
            or mail.digest
            or mail.held is not None
            or mail.sent_at is not None
            or mail.error is not None
        ):
            return
        restored = read_restored(session)
        if restored is not None and restored.mail_held:
            raise MailHeld(MailHeld.__doc__)
        dead = has_dead_link(session, mail.body)
        body, sender = with_links(services, session, mail.body), sender_of(services, session, mail)
    if dead:  # revoked while this mail was on its way, or before it was tried again
        refuse(services, mail.id, DEAD_LINK)
        return
    try:
        # from a copy for trying out no mail leaves: the stored one is what there is to see
        error = None if restored is not None and restored.copy else send(services, mail, body, sender)
    except MailDelayed:
        MAILS.labels("delayed").inc()
        raise
    MAILS.labels("refused" if error else "sent").inc()
    log.info("mail.refused" if error else "mail.sent", mail=mail.id, message_id=mail.message_id)
    crash_point("sent-not-marked")
    if error:
        refuse(services, mail.id, error)
    else:
        _mark_sent(services, mail.id)


def send(services: Services, mail: MailRow, body: str, sender: MailSender) -> str | None:
    """Hand one mail to the mail server. The refusal when it is for good; raises MailDelayed when it may still pass."""
    if services.settings.smtp == MAILBOX:
        return None  # the stored mail is the mailbox
    address = _address_of(sender)
    try:
        to = wire_address(mail.recipient)
        made = message(replace(sender, address=address), mail, body, to)
    except WrongAddress:
        return NO_ADDRESS
    except UNWRITABLE:
        return NO_MAIL
    try:
        with mail_server(services.settings.smtp) as server:
            return _hand_over(server, made, return_address(services, mail) or address, to)
    except smtplib.SMTPException as error:
        raise MailDelayed(f"De mailserver neemt nu geen mail van ons aan ({_said(error)}).") from error
    except (OSError, ssl.SSLError) as error:
        raise MailDelayed(f"De mailserver antwoordt niet ({type(error).__name__}).") from error


def _mark_sent(services: Services, mail_id: int) -> None:
    for _ in range(TRIES - 1):
        with suppress(Busy):
            _mark(services, mail_id)
            return
    _mark(services, mail_id)


def _mark(services: Services, mail_id: int) -> None:
    with transaction(services.sessions) as session:
        audit.hold(session, session.scalar(select(MailRow.case_id).where(MailRow.id == mail_id)))
        mail = session.get(MailRow, mail_id)
        if mail is not None and mail.error is None:  # else it came back already
            mail.sent_at = datetime.now(UTC)


def _address_of(sender: MailSender) -> str:
    try:
        return wire_address(sender.address)
    except WrongAddress as error:
        raise MailDelayed(
            "De afzender is geen adres waarmee gemaild kan worden. Verbeter hem bij Instellingen."
        ) from error


def _hand_over(server: smtplib.SMTP, made: EmailMessage, sender: str, to: str) -> str | None:
    """The refusal of this mail when it is for good. Raises SMTPException for all that may still pass."""
    server.ehlo_or_helo_if_needed()
    if not to.isascii() and not server.has_extn("smtputf8"):
        return NO_ACCENTS
    try:
        server.send_message(made, sender, [to])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        return _refusal(error, code, words)
    except smtplib.SMTPSenderRefused as error:
        if error.smtp_code != TOO_LARGE:
            raise
        return _refusal(error, error.smtp_code, error.smtp_error)
    except smtplib.SMTPDataError as error:
        return _refusal(error, error.smtp_code, error.smtp_error)
    except UNWRITABLE:
        return NO_MAIL
    return None


def _refusal(error: smtplib.SMTPException, code: int, words: bytes | str) -> str:
    if code < FOR_GOOD or code in LOG_IN_FIRST:
        raise error
    log.warning("mail.refused", code=code)
    return f"De mailserver weigert deze mail: {code} {_text(words)}"[:2000]


def _said(error: smtplib.SMTPException) -> str:
    """The answer of the server, without the address that it may repeat."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return str(next(iter(error.recipients.values()))[0])
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"afzender geweigerd: {error.smtp_code} {_text(error.smtp_error)}"
    return str(getattr(error, "smtp_code", type(error).__name__))


def _text(words: bytes | str) -> str:
    return one_line(words.decode(errors="replace") if isinstance(words, bytes) else words)
