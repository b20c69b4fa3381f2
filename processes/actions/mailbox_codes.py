"""A code for the mailbox of a department: asked by somebody of whom nobody knows who it is, and shown again (P6, P7).

Ten minutes, five tries, for the browser that asked. How often one may ask is counted at the door (`portal.department.mailbox`).
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import delete

from processes.access.mailbox import same_mailbox
from processes.actions.confirming import CodeAnswer
from processes.execution.unit_of_work import UnitOfWork
from processes.post.mailbox_codes import VALID, code_digest
from processes.storage.tables import MailboxCode
from processes.storage.words import OutboxKind

TRIES: Final = 5  # wrong codes before a new one must be asked: of a million codes that leaves nothing to guess


@dataclass(frozen=True, slots=True)
class AskMailboxCode:
    """Ask for a code at this address. `ask` is the digest of the cookie of the browser that asks."""

    address: str
    ask: str


@dataclass(frozen=True, slots=True)
class ShowMailboxCode:
    """Show the code that came by mail, in the browser that asked for it."""

    ask: str
    code: str


def ask_mailbox_code(work: UnitOfWork, action: AskMailboxCode) -> str:
    """The same work for every address: a worker looks whose it is (`processes.post.mailbox_codes`)."""
    work.session.execute(delete(MailboxCode).where(MailboxCode.asked_at < datetime.now(UTC) - 6 * VALID))
    row = MailboxCode(ask=action.ask, address=same_mailbox(action.address), asked_at=datetime.now(UTC), tries=0)
    work.session.add(row)
    work.session.flush()
    work.enqueue(OutboxKind.MAILBOX_CODE, f"mailbox-code:{action.ask}", {"ask": action.ask})
    return ""


def show_mailbox_code(work: UnitOfWork, action: ShowMailboxCode) -> str:
    """The mailbox when the code is right; else CodeAnswer.WRONG, or OVER when it can no longer be used. No error: the try must be
    counted.
    """
    row = work.session.get(MailboxCode, action.ask, with_for_update=True)
    if row is None or row.tries >= TRIES or row.asked_at < datetime.now(UTC) - VALID:
        return CodeAnswer.OVER
    given = code_digest(work, action.ask, "".join(action.code.split()))
    if not hmac.compare_digest(row.code or "", given):
        row.tries += 1
        return CodeAnswer.WRONG if row.tries < TRIES else CodeAnswer.OVER
    work.session.delete(row)
    return row.address
