"""A conversation with a mailbox over IMAP: an address in, new mails out by their UID. Nothing of what is read is trusted.

TLS has a checked certificate, as for the mail server: of the system, or of the file that SSL_CERT_FILE names.
"""

import hashlib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from processes.base.clock import local_date
from processes.base.errors import ZaakspoorError
from processes.base.setting_values import switch

INBOX: Final = "INBOX"


class MailboxSilent(ZaakspoorError):
    """Het postvak is nu niet te lezen."""


@dataclass(frozen=True, slots=True)
class RawMail:
    """One mail as it lies in the mailbox. `cut`: it is larger than was asked for, and the end is missing. `received_on`: the day on which the
    server got it, by our clock.
    """

    uid: int
    content: bytes
    cut: bool
    received_on: date | None = None


class Mailbox:
    """An open folder. Every method raises MailboxSilent when the server stops answering."""

    def __init__(self, client: IMAPClient, selected: dict[Any, Any]) -> None:
        self._client = client
        self.uid_validity = int(selected.get(b"UIDVALIDITY", 0))
        self.mails = int(selected.get(b"EXISTS", 0))

    def after(self, uid: int, most: int) -> list[int]:
        """The UIDs above this one, the lowest first, at most so many."""
        with _in_words():
            found = self._client.search(
                ["UID", f"{uid + 1}:*"]
            )  # a server gives the last mail of all, if none is newer
        return sorted(one for one in found if one > uid)[:most]

    def mail(self, uid: int, most_bytes: int) -> RawMail | None:
        """One mail, or its first so many bytes, without marking it as read; None when it is no longer there."""
        with _in_words():
            answer = self._client.fetch([uid], ["RFC822.SIZE", "INTERNALDATE", f"BODY.PEEK[]<0.{most_bytes}>"]).get(
                uid, {}
            )
        content = answer.get(b"BODY[]<0>")
        if content is None:
            return None
        came = answer.get(b"INTERNALDATE")
        day = None
        with suppress(OverflowError, ValueError, OSError):  # a day outside what a clock knows is none
            day = local_date(came.astimezone()) if came else None
        return RawMail(uid, content, int(answer.get(b"RFC822.SIZE", 0)) > most_bytes, day)

    def clear(self, uid: int, before: date) -> int:
        """Delete mails up to this UID that came in before a day; says how many. Without UIDPLUS nothing is deleted: a plain
        EXPUNGE would also take what somebody else marked.
        """
        with _in_words():
            if uid < 1 or not self._client.has_capability("UIDPLUS"):
                return 0
            old: Sequence[int] = self._client.search(["UID", f"1:{uid}", "BEFORE", before])
            if old:
                self._client.delete_messages(old, silent=True)
                self._client.uid_expunge(old)
            return len(old)


@contextmanager
def open_mailbox(address: str, seconds: float) -> Iterator[Mailbox]:
    """`imaps://user:word@host:port/folder`, or `imap://...?starttls=on`. Raises MailboxSilent with a Dutch sentence that shows
    no password.
    """
    parts = urlsplit(address)
    with _in_words():
        client = _connected(parts, seconds)
    try:
        yield _selected(client, parts)
        with suppress(IMAPClientError, OSError):  # how it says goodbye changes nothing of what was read
            client.logout()
    finally:
        with suppress(IMAPClientError, OSError):
            client.shutdown()


def account_of(address: str) -> str:
    """A hash of the mailbox that an address names, the same when only its password or port changes."""
    parts = urlsplit(address)
    return hashlib.sha256(f"{parts.username}\n{parts.hostname}\n{_folder(parts)}".encode()).hexdigest()


def _connected(parts: SplitResult, seconds: float) -> IMAPClient:
    by_tls = parts.scheme == "imaps"
    context = ssl.create_default_context() if by_tls else None
    client = IMAPClient(
        parts.hostname or "localhost", port=parts.port, ssl=by_tls, ssl_context=context, timeout=seconds
    )
    try:
        if any(switch(value) for value in parse_qs(parts.query).get("starttls", ())):
            client.starttls(ssl.create_default_context())
        client.login(unquote(parts.username or ""), unquote(parts.password or ""))
    except BaseException:
        with suppress(IMAPClientError, OSError):
            client.shutdown()
        raise
    return client


def _selected(client: IMAPClient, parts: SplitResult) -> Mailbox:
    folder = _folder(parts)
    try:
        return Mailbox(client, client.select_folder(folder))
    except IMAPClientError as error:
        raise MailboxSilent(f"De map '{folder}' is er niet in dit postvak. Verbeter de instelling.") from error
    except OSError as error:
        raise MailboxSilent(_silent(error)) from error


def _folder(parts: SplitResult) -> str:
    return unquote(parts.path.strip("/")) or INBOX


@contextmanager
def _in_words() -> Iterator[None]:
    """Every failure of the conversation as one error. The text of the library may name the user: it is left out."""
    try:
        yield
    except (LoginError, UnicodeError) as error:
        raise MailboxSilent(
            "De mailserver laat ons niet in het postvak. Controleer de naam en het wachtwoord."
        ) from error
    except ssl.SSLCertVerificationError as error:
        raise MailboxSilent(f"Het certificaat van de mailserver klopt niet: {error.verify_message}.") from error
    except OSError as error:
        raise MailboxSilent(_silent(error)) from error
    except (IMAPClientError, ValueError, OverflowError) as error:
        raise MailboxSilent(f"Het gesprek met het postvak brak af ({type(error).__name__}).") from error


def _silent(error: OSError) -> str:
    return f"De mailserver van het postvak antwoordt niet ({type(error).__name__})."
