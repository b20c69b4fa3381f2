"""The address that a mail comes back to when it cannot be delivered: `bounce+<mark>@...`, with a mark for each mail (VERP).

The mark is the number of the mail and a keyed digest of it with its recipient: nobody can make one, it tells no address,
and once a better address was filled in, what still comes back of the old one does not count for the new.
"""

import hmac
import re
from collections.abc import Iterable
from typing import Final

from sqlalchemy.orm import Session

from processes.base.email_address import wire_address
from processes.base.secrets import Secrets
from processes.storage.services import Services
from processes.storage.tables import MailRow

DIGITS: Final = (
    32  # hexadecimal, of the digest: 128 bits. A mail server may change the case of letters: there are none to lose
)
MARK: Final = re.compile(rf"\+([0-9a-f]{{1,15}})([0-9a-f]{{{DIGITS}}})@", re.IGNORECASE)


def return_address(services: Services, mail: MailRow) -> str | None:
    """The envelope sender of a stored mail; None where the settings name no address for it."""
    if not services.settings.bounce_address:
        return None
    local, _, domain = wire_address(services.settings.bounce_address).rpartition("@")
    return f"{local}+{mail.id:x}{_digest(services.secrets, mail)}@{domain}"


def has_mark(addresses: Iterable[str]) -> bool:
    """Whether one of these addresses has the shape of a return address."""
    return any(MARK.search(address) for address in addresses)


def marked_mail(session: Session, secrets: Secrets, addresses: Iterable[str]) -> MailRow | None:
    """The mail that one of these addresses was made for: by a secret in use or one that was replaced."""
    for number, digest in (found.groups() for address in addresses for found in MARK.finditer(address)):
        mail = session.get(MailRow, int(number, 16))
        if mail is not None and any(hmac.compare_digest(one, digest.lower()) for one in _digests(secrets, mail)):
            return mail
    return None


def _digest(secrets: Secrets, mail: MailRow) -> str:
    return secrets.digest(_told(mail))[:DIGITS]


def _digests(secrets: Secrets, mail: MailRow) -> list[str]:
    return [digest[:DIGITS] for digest in secrets.digests(_told(mail), retired=True)]


def _told(mail: MailRow) -> str:
    return f"return:{mail.id}:{mail.recipient}"
