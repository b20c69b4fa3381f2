"""The synchroniser token: every form carries it, every received form is checked for it.

With a session the token is random and lives in the session. Without one (sign-in pages, a department's link) it is a
keyed digest of the first two parts of the path: under /verzoek those hold the secret of the link itself.
"""

import hmac

from starlette.requests import Request

from portal.security.sessions import session_of
from processes.base.errors import NotAllowed
from processes.storage.services import Services

FIELD = "csrf"
KEY_FIELD = "form_key"
CLOCK = "/demo/klok"
SHARED = {CLOCK}  # reached from pages of any session, or of none


class FormTooOld(NotAllowed):
    """Dit formulier hoort niet bij uw huidige bezoek. Laad de pagina opnieuw en probeer het nog een keer."""


def token_for(request: Request, services: Services) -> str:
    session = session_of(request)
    if session is not None and request.url.path not in SHARED:
        return session.csrf
    return token_at("/".join(request.url.path.split("/")[:3]), services)


def token_at(place: str, services: Services) -> str:
    """The token of a form that belongs to no session, such as the demo's clock on everybody's page."""
    return services.secrets.digest(f"csrf:{place}")


def check_token(request: Request, services: Services, given: str) -> None:
    """Raises FormTooOld unless the form came from a page that we made for this session."""
    if not hmac.compare_digest(given.encode(), token_for(request, services).encode()):
        raise FormTooOld
