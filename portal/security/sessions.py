"""The session of a request: which cookie, whose sign-in. The table itself is `processes.storage.web_sessions`.

Citizens, staff and departments have cookies of their own, so that one browser may hold all.
"""

import secrets
from typing import cast

from starlette.requests import HTTPConnection
from starlette.responses import Response

from portal.sign_on.recheck import needs_asking, still_holds
from processes.base.actor import VISITOR, Actor
from processes.base.settings import Settings
from processes.storage import web_sessions
from processes.storage.services import Services
from processes.storage.web_sessions import SignIn
from processes.storage.words import SessionKind

KEPT_COOKIE = "kept"  # the id of a draft that waits for its person to sign in again
STAFF_PATHS = ("/werk", "/beheer")
DEPARTMENT_PATHS = ("/verzoek",)
VISITOR_PATHS = ("/indienen",)
STREAM = "/werk/stroom"  # a script asks for it by itself: that keeps nobody signed in


def secure(settings: Settings) -> bool:
    return settings.public_url.startswith("https://")


def cookie_name(settings: Settings, kind: str) -> str:
    """`__Host-` where the site has https: then no other host or path can set it."""
    return f"{'__Host-' if secure(settings) else ''}zaakspoor-{kind}"


def kind_of(path: str) -> SessionKind:
    """The sign-in, of the four, that a page looks at when nothing else says so."""
    if path.startswith(DEPARTMENT_PATHS):
        return SessionKind.DEPARTMENT
    if path.startswith(VISITOR_PATHS):
        return SessionKind.VISITOR
    return SessionKind.STAFF if path.startswith(STAFF_PATHS) else SessionKind.CITIZEN


def session_of(request: HTTPConnection) -> SignIn | None:
    """The sign-in that was loaded for this request; no database is asked."""
    return cast("SignIn | None", getattr(request.state, "sign_in", None))


def let_in(request: HTTPConnection, actor: Actor) -> Actor:
    """Called by every guard that lets somebody in: from here on this is who sends the form of this request."""
    request.state.sender = actor
    return actor


def sender_of(request: HTTPConnection) -> Actor | None:
    """The actor that a guard let in; None at a door without a guard."""
    return cast("Actor | None", getattr(request.state, "sender", None))


def kind_loaded(request: HTTPConnection) -> SessionKind:
    """The kind of sign-in that a guard asked for, else what the path says."""
    return cast("SessionKind", getattr(request.state, "sign_in_kind", None) or kind_of(request.url.path))


def cookie_of(request: HTTPConnection, services: Services, kind: SessionKind | None = None) -> str | None:
    return request.cookies.get(cookie_name(services.settings, kind or kind_of(request.url.path)))


def load_session(request: HTTPConnection, services: Services, kind: SessionKind | None = None) -> SignIn | None:
    """Find the sign-in of this request, once; later calls and `session_of` give the same."""
    wanted = kind or kind_loaded(request)
    if getattr(request.state, "sign_in_kind", None) == wanted:
        return session_of(request)
    cookie = cookie_of(request, services, wanted)
    prolong = request.url.path != STREAM
    found = web_sessions.load(services, cookie, prolong=prolong) if cookie else None
    if found and found.kind == SessionKind.STAFF and found.kind == wanted:
        found = _asked_for(request, services, found)
    request.state.sign_in = found if found and found.kind == wanted else None
    request.state.sign_in_kind = wanted
    return session_of(request)


def know(request: HTTPConnection, session: SignIn) -> None:
    """The sign-in that began in this request: what its page says is for that one."""
    request.state.sign_in, request.state.sign_in_kind = session, SessionKind(session.kind)


def forget(request: HTTPConnection) -> None:
    """Nobody is signed in any more for the rest of this request."""
    request.state.sign_in = None


def begin_visit(services: Services, name: str, replaces: str | None) -> SignIn:
    """A visit of somebody who files without signing in, under a number that nobody had; that of the cookie `replaces` ends."""
    subject = f"{VISITOR}{secrets.token_hex(20)}"
    return web_sessions.create(services, SessionKind.VISITOR, subject, name, replaces=replaces)


def _asked_for(request: HTTPConnection, services: Services, found: SignIn) -> SignIn | None:
    """The session with the roles that its provider last told, when it still holds."""
    if not needs_asking(found):
        return found
    prolong = request.url.path != STREAM
    return web_sessions.load(services, found.cookie, prolong=prolong) if still_holds(request, services, found) else None


def set_cookie(response: Response, settings: Settings, name: str, value: str, seconds: int | None = None) -> None:
    """One way of setting cookies: whole site, not for scripts, not from other sites."""
    response.set_cookie(name, value, max_age=seconds, path="/", secure=secure(settings), httponly=True, samesite="lax")


def drop_cookie(response: Response, settings: Settings, name: str) -> None:
    response.delete_cookie(name, path="/", secure=secure(settings), httponly=True, samesite="lax")
