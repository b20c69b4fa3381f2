"""The sweep that has each mailbox looked at, and forgets what was kept of its mails long enough."""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import and_, delete

from processes.jobs.mailbox_reading import PURPOSES
from processes.storage import outbox
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import MailAnswer, TakenMail
from processes.storage.words import OutboxKind

DIGESTS_STAY: Final = timedelta(days=60)  # well over the time that a taken mail stays in its mailbox


def sweep_mailboxes(services: Services) -> int:
    """Have a worker look into every mailbox of the settings, one at a time for each; says how many."""
    wanted = [purpose for purpose, one in PURPOSES.items() if one.address(services.settings)]
    if not wanted:
        return 0
    with transaction(services.sessions) as session:
        now = business_now(services, session)
        ids = [
            outbox.enqueue_again(session, OutboxKind.MAILBOX, f"mailbox:{purpose}", {"purpose": purpose}, now)
            for purpose in wanted
        ]
    outbox.dispatch(services, ids)
    return len(wanted)


def sweep_answers(services: Services) -> None:
    """Delete answers that are older than the setting says, and digests of mails that are long gone from their mailbox. Of a mailbox in
    which mail stays they stay too: when its UIDs count anew, all its mail would be taken again.
    """
    with transaction(services.sessions) as session:
        before = business_now(services, session) - timedelta(days=services.settings.answer_days)
        session.execute(delete(MailAnswer).where(MailAnswer.received_at < before))
        cleared = [purpose for purpose, one in PURPOSES.items() if one.clears]
        old = and_(TakenMail.purpose.in_(cleared), TakenMail.taken_at < datetime.now(UTC) - DIGESTS_STAY)
        session.execute(delete(TakenMail).where(old))
