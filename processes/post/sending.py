"""Mail leaves here: a stored mail in, an SMTP server (or the local mailbox) out, always under the mail's own Message-ID.

A refusal for good (5xx) is kept on the mail for the administrator; anything that may pass (4xx, no answer, a broken
connection) is raised, so that the outbox tries again.
"""

import html
import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import structlog

from processes.access.links import with_links
from processes.base.crash_points import crash_point
from processes.base.metrics import MAILS
from processes.base.settings import Settings
from processes.storage.services import Services
from processes.storage.tables import MailRow

SECONDS = 20  # below the lease of the outbox, so that no second worker starts while this one still waits
MAILBOX = "mailbox"
FOR_GOOD = 500

log = structlog.get_logger(__name__)


class MailDelayed(Exception):
    """De mailserver nam de mail nu niet aan. Wij proberen het later opnieuw."""


def send_mail(services: Services, payload: Mapping[str, Any]) -> None:
    """Outbox kind `mail`: `{"mail": id}`. A mail that has left, or went with a destroyed case, is left alone."""
    with services.sessions() as session:
        mail = session.get(MailRow, payload["mail"])
        if mail is None or mail.sent_at is not None:
            return
        body = with_links(services, session, mail.body)
    try:
        error = send(services, mail, body)
    except MailDelayed:
        MAILS.labels("delayed").inc()
        raise
    MAILS.labels("refused" if error else "sent").inc()
    log.info("mail.refused" if error else "mail.sent", mail=mail.id, message_id=mail.message_id)
    crash_point("sent-not-marked")
    with services.sessions.begin() as session:
        again = session.get(MailRow, payload["mail"])
        if again is not None:
            again.error = error
            again.sent_at = None if error else datetime.now(UTC)


def send(services: Services, mail: MailRow, body: str) -> str | None:
    """Hand one mail to the mail server. The refusal when it is for good; raises MailDelayed when it may still pass."""
    if services.settings.smtp == MAILBOX:
        return None  # the stored mail is the mailbox
    try:
        with _server(services.settings) as server:
            server.send_message(message(services.settings, mail, body), services.settings.mail_from, [mail.recipient])
    except smtplib.SMTPException as error:
        return _refusal(error)
    except (OSError, ssl.SSLError) as error:
        raise MailDelayed(f"De mailserver antwoordt niet ({type(error).__name__}).") from error
    return None


def message(settings: Settings, mail: MailRow, body: str) -> EmailMessage:
    """The mail as it goes over the line: plain text, and the same in simple HTML."""
    made = EmailMessage()
    made["From"] = f"{_quoted(settings.organisation)} <{settings.mail_from}>"
    made["To"] = mail.recipient
    made["Subject"] = mail.subject
    made["Date"] = format_datetime(mail.created_at)
    made["Message-ID"] = mail.message_id
    made["Auto-Submitted"] = "auto-generated"  # asks holiday replies to keep silent
    made["Content-Language"] = "nl"
    made.set_content(body)
    made.add_alternative(_as_html(mail.subject, body), subtype="html")
    return made


def _quoted(name: str) -> str:
    return '"' + re.sub(r'[\r\n"\\]', " ", name) + '"'


def _as_html(subject: str, body: str) -> str:
    paragraphs = [part for part in body.strip().split("\n\n") if part.strip()]
    text = "".join(f"<p>{_linked(html.escape(part)).replace(chr(10), '<br>')}</p>\n" for part in paragraphs)
    title = html.escape(subject)
    return f'<!doctype html>\n<html lang="nl"><head><title>{title}</title></head>\n<body>\n{text}</body></html>\n'


def _linked(text: str) -> str:
    return re.sub(r"https?://[^\s<]+[^\s<.,;:)]", lambda found: f'<a href="{found.group()}">{found.group()}</a>', text)


@contextmanager
def _server(settings: Settings) -> Iterator[smtplib.SMTP]:
    """`smtp://user:word@host:port`, `smtps://` for TLS from the start, `?starttls=1` to demand it on the way."""
    address = urlsplit(settings.smtp)
    kind = smtplib.SMTP_SSL if address.scheme == "smtps" else smtplib.SMTP
    with kind(address.hostname or "localhost", address.port or 25, timeout=SECONDS) as server:
        if "starttls" in parse_qs(address.query):
            server.starttls(context=ssl.create_default_context())
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        yield server


def _refusal(error: smtplib.SMTPException) -> str:
    """The answer of the server when it refused this mail for good; raises MailDelayed for all that may still pass."""
    code: int = 0
    words: bytes | str = b""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException) and not isinstance(error, smtplib.SMTPAuthenticationError):
        code, words = error.smtp_code, error.smtp_error
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    if code < FOR_GOOD:
        raise MailDelayed(f"De mailserver nam de mail nog niet aan ({code or type(error).__name__}).") from error
    log.warning("mail.refused", code=code)
    return f"De mailserver weigert deze mail: {code} {said}"[:2000]
