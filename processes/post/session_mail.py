"""Mails to who sits in a session of a committee: when it is, what changed, and where to read the rest; nothing of a case."""

from collections.abc import Iterable

from processes.base.dutch import long_moment
from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.standard.staff import SESSION
from processes.post.templates import render
from processes.storage import staff
from processes.storage.tables import HearingSession

TEMPLATE = "session"


def mail_seats(work: UnitOfWork, row: HearingSession, numbers: Iterable[str], what: str) -> None:
    """One mail to each of these members of staff who has an address. `what`: the sentence that says what happened."""
    settings = settings_of(work)
    words = {
        "organisation.name": settings.organisation, "what": what, "when": long_moment(row.begins_at),
        "where": row.room or "online", "link": f"{settings.public_url}/werk/zittingen/{row.id}",
    }  # fmt: skip
    made = render(SESSION, words)
    for number in numbers:
        if address := staff.email_of(work.session, number):
            key = f"session:{row.id}:{row.changes}:{number}:{work.services.secrets.digest(what)[:12]}:{work.now.isoformat()}"
            queue_mail(work, None, TEMPLATE, address, made.subject, made.body, key)
