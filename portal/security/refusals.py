"""Refusals as lines of the security log: told in one place for all faces, by the class of the error that the visitor gets.

Errors that are no refusals of a person, such as a form that is not filled in, are in no line.
"""

from typing import Final

from starlette.requests import HTTPConnection

from portal.security.csrf import FormTooOld
from portal.security.guards import actor_of
from portal.security.sessions import session_of
from portal.sign_on.errors import SignInFailed
from processes.base.actor import Actor
from processes.base.errors import LinkGone, NotAllowed, NotFound
from processes.base.security_log import NOBODY, EventOutcome, SecurityEvent, security_event
from processes.base.visitor import first_in_request

# the first that fits counts
EVENTS: Final[tuple[tuple[type[Exception], SecurityEvent, EventOutcome], ...]] = (
    (SignInFailed, SecurityEvent.SIGN_IN, EventOutcome.FAILED),
    (FormTooOld, SecurityEvent.TOKEN_REFUSED, EventOutcome.REFUSED),
    (LinkGone, SecurityEvent.LINK_REFUSED, EventOutcome.REFUSED),
    (NotAllowed, SecurityEvent.ROLE_REFUSED, EventOutcome.REFUSED),
    (NotFound, SecurityEvent.CASE_REFUSED, EventOutcome.REFUSED),
)
OF_A_CASE: Final = ("number", "task", "document", "notice")  # parts of an address that name a case or what is in it
OTHER_SITE: Final = "OtherSite"  # a change that the page of another site started


def tell_refusal(request: HTTPConnection, error: Exception) -> None:
    """One line when this error refuses somebody something; `why` is the class of the error."""
    found = next(((event, outcome) for kind, event, outcome in EVENTS if isinstance(error, kind)), None)
    if found is None or (isinstance(error, NotFound) and not _of_a_case(request)):
        return
    if not first_in_request(found[0]):
        return  # whoever raised it knew more, and has told it
    refused(request, *found, why=type(error).__name__)


def refused(
    request: HTTPConnection, event: SecurityEvent, outcome: EventOutcome = EventOutcome.REFUSED, *, why: str
) -> None:
    """One line about what the visitor of this request did not get, with the face where it was asked."""
    number = request.path_params.get("number")
    security_event(
        event, who=_who(request), whose_case=str(number) if number else None, outcome=outcome, why=why, face=_face(request),
    )  # fmt: skip


def _who(request: HTTPConnection) -> Actor | str:
    session = session_of(request)
    return actor_of(session) if session else NOBODY


def _of_a_case(request: HTTPConnection) -> bool:
    """Somebody who is signed in asks for a case that is not there for them. Any other wrong address means nothing."""
    return session_of(request) is not None and any(name in request.path_params for name in OF_A_CASE)


def _face(request: HTTPConnection) -> str:
    """The first part of the path only: the rest may be a link that opens a dossier."""
    return request.url.path.strip("/").split("/", maxsplit=1)[0]
