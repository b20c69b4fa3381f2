"""Acting for another (C2): who signed in under a mandate goes on for themselves, in a new session."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import Citizen, PlainForm, TheServices
from portal.pages import go_to
from portal.security.devices import device_of
from portal.security.guards import actor_of, own_identity
from portal.security.sessions import cookie_name, cookie_of, set_cookie
from processes.base.errors import NotAllowed
from processes.base.security_log import SecurityEvent, security_event
from processes.storage import web_sessions
from processes.storage.web_sessions import SessionOver
from processes.storage.words import SessionKind

router = APIRouter(prefix="/mijn")
OF_MANDATE: Final = ("for", "for_name", "branch", "until")
ONLY_PEOPLE: Final = (
    "Log opnieuw in om iets voor uw eigen organisatie te doen. Uw machtiging van nu geldt alleen voor een ander."
)


@router.post("/namens/mijzelf")
def for_myself(request: Request, actor: Citizen, form: PlainForm, services: TheServices) -> Response:  # noqa: ARG001 - its token
    """A new session of the same person, without the mandate. Raises NotAllowed for who may act for another organisation only: that their own
    lets them act for it was told by nobody.
    """
    answer = go_to("/mijn")
    if actor.for_whom is None:
        return answer
    told, kind = own_identity(request), SessionKind.CITIZEN
    if "bsn" not in told:
        raise NotAllowed(ONLY_PEOPLE)
    own = {name: value for name, value in told.items() if name not in OF_MANDATE}
    try:
        made = web_sessions.create(
            services, kind, actor.subject, actor.name, identity=own, replaces=cookie_of(request, services, kind),
            device=device_of(request), goes_on=True,
        )  # fmt: skip
    except SessionOver:
        return answer  # its guard lets in who went on by the first press, and sends anybody else to sign in
    security_event(SecurityEvent.SIGN_IN, who=actor_of(made), assurance=own["level"], why="for_myself")
    set_cookie(answer, services.settings, cookie_name(services.settings, kind), made.cookie)
    return answer
