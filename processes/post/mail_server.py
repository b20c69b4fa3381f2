"""A conversation with the mail server: an address in, a connection out that speaks TLS with a checked certificate where the
address says so. Certificates are those of the system, or of the file that SSL_CERT_FILE names.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from processes.base.setting_values import switch

SECONDS: Final = 20  # below the lease of the outbox, so that no second worker starts while this one still waits
PORT: Final = {"smtp": 25, "smtps": 465}


@contextmanager
def mail_server(address: str, seconds: float = SECONDS) -> Iterator[smtplib.SMTP]:
    """`smtp://user:word@host:port`, `smtps://` for TLS from the start, `?starttls=on` to demand it on the way.

    Raises SMTPException or OSError, of which ssl.SSLError is one, when it does not come to a conversation.
    """
    parts = urlsplit(address)
    host, port = parts.hostname or "localhost", parts.port or PORT[parts.scheme]
    server = (
        smtplib.SMTP_SSL(host, port, timeout=seconds, context=ssl.create_default_context())
        if parts.scheme == "smtps"
        else smtplib.SMTP(host, port, timeout=seconds)
    )
    try:
        if any(switch(value) for value in parse_qs(parts.query).get("starttls", ())):
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server
        with suppress(smtplib.SMTPException, OSError):  # how it says goodbye changes nothing of what it answered
            server.quit()
    finally:
        server.close()
