"""Staff who are signed in are asked for again at their provider, so that who lost a role or an account is out within a minute.

In: the session of a request; out: whether it still holds. At most one request at a time asks for a session. While the provider
cannot be reached, its last word counts for as long as the setting `staff_trust_minutes` says, and only a few requests find that out
(`portal.sign_on.asking`); so does the sign-in itself where a provider neither can be asked nor tells of its own (back-channel logout) who is out.
"""

import time
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import cast

import structlog
from anyio import from_thread
from starlette.requests import HTTPConnection

from portal.sign_on.asking import Asking
from portal.sign_on.choose import provider_for
from portal.sign_on.errors import CannotBeAsked, SignInFailed
from portal.sign_on.identity import told_account
from portal.sign_on.provider import asked_again
from portal.sign_on.teams import keep_teams
from processes.base.errors import Busy
from processes.base.security_log import SecurityEvent, security_event
from processes.storage import staff_sessions, web_sessions
from processes.storage.services import Services
from processes.storage.web_sessions import SignIn
from processes.storage.words import SessionKind

WITHIN = timedelta(minutes=1)
ASKING = timedelta(seconds=6)  # an answer that takes longer does not come: see the time limits of the provider
LOOK_SECONDS = 0.1

log = structlog.get_logger(__name__)


def needs_asking(session: SignIn) -> bool:
    """Whether the provider's last word on this session is too old. One that a program made has no provider behind it."""
    if session.asked_at is None or session.confirmed_at is None:
        return False
    return datetime.now(UTC) - session.confirmed_at >= WITHIN


def still_holds(request: HTTPConnection, services: Services, session: SignIn) -> bool:
    """Whether this member of staff may go on; asks the provider when nobody else does so. Only for who `needs_asking`."""
    assert session.asked_at is not None  # noqa: S101 - see needs_asking
    assert session.confirmed_at is not None  # noqa: S101 - see needs_asking
    asking, now = cast("Asking", request.app.state.asking), datetime.now(UTC)
    if asking.is_silent:
        return _trusted(services, session)
    if now - session.asked_at >= WITHIN:
        with asking.place() as is_free:
            if not is_free and _trusted(services, session):
                return True
            if staff_sessions.claim(services, session.cookie, session.asked_at, now):
                return _ask(request, services, session, now)
    if now - session.confirmed_at < WITHIN:
        return True
    return _after_other(services, session)


def _ask(request: HTTPConnection, services: Services, session: SignIn, now: datetime) -> bool:
    tokens = staff_sessions.tokens_of(services, session.cookie)
    if tokens is None:
        return _out(services, session, "nothing_to_ask_with")
    try:
        provider = provider_for(request, services.settings, SessionKind.STAFF)
        if provider.accounts != tokens.issuer:
            return _out(services, session, "other_provider")
        with cast("Asking", request.app.state.asking).heard():
            claims, fresh = from_thread.run(asked_again, provider, tokens)
    except Busy:
        log.warning("staff.provider_not_reached")
        staff_sessions.not_reached(services, session.cookie, now - ASKING)
        return _trusted(services, session)
    except CannotBeAsked:
        staff_sessions.not_reached(services, session.cookie, now - ASKING)
        return _trusted(services, session) or _out(services, session, "cannot_be_asked")
    except SignInFailed:
        return _out(services, session, "provider")
    account = told_account(claims, tokens)
    if account is None:
        _say_once(provider.issuer)
    staff_sessions.confirm(services, session.cookie, session.subject, account, fresh)
    if account is not None:
        keep_teams(services, session.subject, account.teams)
    return True


@cache
def _say_once(issuer: str) -> None:
    log.warning(
        "staff.roles_not_told", issuer=issuer
    )  # see docs/operating.md: then a role that was taken is not noticed


def _after_other(services: Services, session: SignIn) -> bool:
    """Another request asks at this moment: its answer counts for this one. Else the provider was not reached of late."""
    until = time.monotonic() + ASKING.total_seconds()
    while True:
        now = web_sessions.load(services, session.cookie)
        if now is None or now.asked_at is None or now.confirmed_at is None:
            return False
        if datetime.now(UTC) - now.confirmed_at < WITHIN:
            return True
        if datetime.now(UTC) - now.asked_at >= ASKING or time.monotonic() > until:
            return _trusted(services, now)
        time.sleep(LOOK_SECONDS)


def _trusted(services: Services, session: SignIn) -> bool:
    assert session.confirmed_at is not None  # noqa: S101 - see still_holds
    return datetime.now(UTC) - session.confirmed_at < timedelta(minutes=services.settings.staff_trust_minutes)


def _out(services: Services, session: SignIn, why: str) -> bool:
    staff_sessions.end_one(services, session.cookie)
    security_event(SecurityEvent.SESSION_ENDED, who=f"staff:{session.subject}", why=why, sessions=1)
    return False
