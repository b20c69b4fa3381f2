"""Visits of people who file without signing in (C9): which of them goes on after a pause. In real time, as every session."""

from datetime import UTC, datetime

from processes.storage import web_sessions
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.session_lengths import LONGEST
from processes.storage.tables import WebSession
from processes.storage.web_sessions import REMEMBERED, SessionOver, SignIn
from processes.storage.words import SessionKind


def go_on(services: Services, cookie: str | None, subject: str, name: str) -> SignIn | None:
    """A session in the place of that of this cookie, for the visit `subject`, which was merely idle.

    None when the cookie is of another visit, and for a visit that was ended, that is forgotten, or that took twelve hours: the
    token of a form alone opens nothing, for it stays behind in a browser that others use.
    """
    if not cookie or not _was_idle(services, cookie, subject):
        return None
    try:
        return web_sessions.create(services, SessionKind.VISITOR, subject, name, replaces=cookie, goes_on=True)
    except SessionOver:  # another request went on with it, or stopped it, since
        return None


def _was_idle(services: Services, cookie: str, subject: str) -> bool:
    now = datetime.now(UTC)
    with transaction(services.sessions) as session:
        row = read_only(session).get(WebSession, services.secrets.token_hash(cookie))
    if row is None or row.kind != SessionKind.VISITOR or row.ended_at is not None:
        return False
    if row.person not in web_sessions.person_digests(services, SessionKind.VISITOR, subject):
        return False
    return row.created_at + LONGEST > now and row.expires_at + REMEMBERED > now
