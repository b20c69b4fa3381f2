"""Somebody whom a provider named comes in here: a new session under a new id, and on to the page that was asked for.

One way for all protocols. In: the identity or account that was checked; out: the session, and the answer that holds its cookie.
"""

from collections.abc import Collection
from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response

from portal.language.kept import keep_language
from portal.pages import go_to
from portal.security.devices import device_of
from portal.security.guards import actor_of
from portal.security.sessions import KEPT_COOKIE, cookie_name, cookie_of, set_cookie
from portal.sign_on.errors import NotLetIn
from portal.sign_on.identity import Known
from portal.sign_on.journey import Journey
from portal.sign_on.teams import keep_teams
from processes.base.errors import NotAllowed, NotFound
from processes.base.security_log import SecurityEvent, security_event
from processes.reads.citizen import read_language
from processes.storage import sign_in, web_sessions
from processes.storage.services import Services
from processes.storage.sign_in import Account
from processes.storage.web_sessions import SignIn
from processes.storage.words import SessionKind


def known_here(kind: SessionKind, kinds: Collection[SessionKind]) -> None:
    """A journey may have begun at a process with other faces, behind the same name. Raises NotFound."""
    if kind not in kinds:
        raise NotFound


def let_citizen_in(request: Request, services: Services, known: Known) -> SignIn:
    kind, before = SessionKind.CITIZEN, cookie_of(request, services, SessionKind.CITIZEN)
    made = web_sessions.create(
        services, kind, known.subject, known.name, identity=known.identity, replaces=before, device=device_of(request)
    )
    request.state.language = read_language(services, known.subject)
    security_event(SecurityEvent.SIGN_IN, who=actor_of(made), assurance=known.identity["level"])
    return made


def let_member_in(request: Request, services: Services, account: Account) -> SignIn:
    """Raises NotLetIn."""
    try:
        actor = sign_in.sign_in(services, account)
    except NotAllowed as refused:
        raise NotLetIn(str(refused)) from refused
    keep_teams(services, actor.subject, account.teams)
    kind, before = SessionKind.STAFF, cookie_of(request, services, SessionKind.STAFF)
    made = web_sessions.create(
        services, kind, actor.subject, actor.name, actor.roles, replaces=before, device=device_of(request)
    )
    security_event(SecurityEvent.SIGN_IN, who=actor, roles=" ".join(sorted(actor.roles)))
    return made


def go_on(request: Request, services: Services, journey: Journey, made: SignIn) -> Response:
    """To the page that was asked for, past what was typed too late before; a citizen in the language that was chosen at Mijn gegevens."""
    kind = journey.kind
    kept = request.cookies.get(cookie_name(services.settings, KEPT_COOKIE))
    answer = go_to(f"/sessie/verder?soort={kind}&terug={quote(journey.back)}" if kept else journey.back)
    set_cookie(answer, services.settings, cookie_name(services.settings, kind), made.cookie)
    if language := getattr(request.state, "language", ""):
        keep_language(answer, services.settings, language)
    return answer
