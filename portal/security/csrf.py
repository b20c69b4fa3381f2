"""The synchroniser token: every form carries it, every received form is checked for it.

With a session the token says, sealed, whose form it is: it holds for every session of that person, so that a form still works
after signing in again in another tab, and is refused when somebody else signed in there. Without one (sign-in pages, a department's link) it is a
keyed digest of the first two parts of the path: under /verzoek those hold the secret of the link itself.
"""

import hmac

from starlette.requests import Request

from portal.security.masks import masked, unmasked
from portal.security.sessions import cookie_of, kind_loaded, session_of
from processes.base.errors import NotAllowed
from processes.storage import web_sessions
from processes.storage.services import Services
from processes.storage.web_sessions import FormOwner

FIELD = "csrf"
KEY_FIELD = "form_key"
CLOCK = "/demo/klok"
SIGN_OUT = "/uitloggen"
SHARED = {CLOCK}  # reached from pages of any session, or of none


class FormTooOld(NotAllowed):
    """Dit formulier hoort niet bij uw huidige bezoek. Laad de pagina opnieuw en probeer het nog een keer."""


class OthersForm(FormTooOld):
    """Dit formulier is geopend door iemand anders dan wie nu in deze browser is ingelogd. Er is niets verstuurd."""

    def __init__(self, owner: FormOwner) -> None:
        super().__init__()
        self.owner = owner


class FormStoodOpen(OthersForm):
    """Dit formulier stond te lang open. Er is nog niets verstuurd."""


def token_for(request: Request, services: Services) -> str:
    """The token for a page, masked anew each time: pages are sent compressed (`portal.compression`)."""
    return masked(_tokens_for(request, services)[0])


def token_at(place: str, services: Services) -> str:
    """The token of a form that belongs to no session, such as the demo's clock on everybody's page."""
    return masked(_tokens_at(place, services)[0])


def _tokens_for(request: Request, services: Services) -> tuple[str, ...]:
    """The token that a form gets now, and those that a page has which was opened before the secret changed."""
    session = session_of(request)
    if session is not None and request.url.path not in SHARED:
        return (session.csrf,)
    return _tokens_at("/".join(request.url.path.split("/")[:3]), services)


def _tokens_at(place: str, services: Services) -> tuple[str, ...]:
    return services.secrets.digests(f"csrf:{place}")


def masked_again(given: str) -> str:
    """The token that a form brought, for the page that gives the form back: masked anew, as `token_for` does."""
    return masked(unmasked(given))


def owner_of_form(services: Services, given: str) -> FormOwner | None:
    """Whose form this is, by the token that came with it, masked as its page showed it; None for what we did not make."""
    return web_sessions.owner_of(services, unmasked(given))


def check_token(request: Request, services: Services, given: str) -> None:
    """Raises FormTooOld unless the form came from a page that we made for this person.

    Of a form of somebody else, and of one that stood open for days, it is known whose it is: OthersForm, FormStoodOpen.
    """
    meant = unmasked(given).encode()
    if any(hmac.compare_digest(meant, one.encode()) for one in _tokens_for(request, services)):
        return
    session, owner = session_of(request), owner_of_form(services, given)
    if session is None and owner is not None and request.url.path == SIGN_OUT and owner.kind == kind_loaded(request):
        cookie = cookie_of(request, services, owner.kind)
        if cookie and web_sessions.remembered(services, cookie) == (owner.kind, owner.subject):
            return  # idle, and its own person: what is left to do, there and here, is to sign out
    if session is None or request.url.path in SHARED or owner is None or owner.kind != session.kind:
        raise FormTooOld
    if owner.subject not in {session.subject, *session.earlier} or owner.for_whom != session.for_whom:
        raise OthersForm(owner)
    if not owner.fresh:
        raise FormStoodOpen(owner)
