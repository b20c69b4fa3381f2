"""The code that is mailed to the mailbox of a department: outbox kind `mailbox_code`.

The page that asks only writes down what was typed; here it is looked up. An address that is no department's gets no mail, and who asked
cannot tell the difference.
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from processes.access.mailbox import departments_behind
from processes.base.actor import SYSTEM
from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.post.queue import queue_mail
from processes.post.standard.departments import MAILBOX_CODE
from processes.post.templates import render
from processes.storage.services import Services
from processes.storage.tables import MailboxCode

TEMPLATE: Final = "mailbox-code"
VALID: Final = timedelta(minutes=10)
DIGITS: Final = 6


def mail_mailbox_code(services: Services, payload: Mapping[str, Any]) -> None:
    """Outbox kind `mailbox_code`: `{"ask": digest}`. Done once: a second time finds the code that was made."""
    transact(services, SYSTEM, lambda work: _mail(work, str(payload["ask"])))


def code_digest(work: UnitOfWork, ask: str, code: str) -> str:
    """The digest that the database holds of a code: it counts for the browser that asked it only."""
    return work.services.secrets.digest(f"mailbox-code:{ask}:{code}")


def _mail(work: UnitOfWork, ask: str) -> str:
    row = work.session.get(MailboxCode, ask, with_for_update=True)
    if row is None or row.code is not None or not departments_behind(work.session, row.address):
        return ""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row.code, row.asked_at = code_digest(work, ask, code), datetime.now(UTC)
    settings = settings_of(work)
    words = {"organisation.name": settings.organisation, "code": code, "link": f"{settings.public_url}/verzoek/code"}
    made = render(MAILBOX_CODE, words)
    queue_mail(work, None, TEMPLATE, row.address, made.subject, made.body, f"mailbox-code:{ask}")
    return ""
