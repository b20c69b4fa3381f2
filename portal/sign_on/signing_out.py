"""Signing out at the provider too, where it has a page for that: the browser goes there with a form, after the session here has ended.

Source: OpenID Connect RP-Initiated Logout 1.0. The ID token of a citizen holds a BSN, so it goes in the body of a form and not in an address,
which browsers and servers keep; of staff it goes in the address, as every provider takes it. The settings say otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import structlog
from anyio import from_thread
from fastapi import Request
from starlette.responses import Response

from portal.pages import render
from portal.security.headers import content_policy
from portal.sign_on.choose import own_base, provider_for
from portal.sign_on.errors import NoProvider, SignInFailed
from portal.sign_on.provider import end_session_address
from processes.base.broker_settings import Logout
from processes.base.errors import Busy
from processes.base.settings import Settings
from processes.storage import staff_sessions
from processes.storage.services import Services
from processes.storage.staff_sessions import ProviderTokens
from processes.storage.web_sessions import SignIn
from processes.storage.words import SessionKind

RETURN: Final = "/uitgelogd"  # registered with the provider, so without a query
BY_DEFAULT: Final = {SessionKind.CITIZEN: Logout.FORM, SessionKind.STAFF: Logout.ADDRESS}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WayOut:
    """The form with which the browser leaves: `method` is `post`, or `get` when its fields stand in the address."""

    address: str
    method: str
    fields: Mapping[str, str]


def way_out(request: Request, services: Services, session: SignIn) -> WayOut | None:
    """How this person signs out at the provider by which they came in. None where it has no way for it, or cannot be reached: then the
    session here has ended, and no more. To be asked before it ends.
    """
    kind = SessionKind(session.kind)
    how = logout_of(services.settings, kind)
    tokens = None if how == Logout.OFF else staff_sessions.tokens_of(services, session.cookie)
    return _by_openid(request, services, kind, tokens) if tokens and tokens.sign_out_with else None


def logout_of(settings: Settings, kind: SessionKind) -> Logout:
    """How people of this kind sign out at their provider, by the settings or else by what is safest for them."""
    told = settings.oidc.get(f"{kind}_logout")
    return Logout(told) if told else BY_DEFAULT.get(kind, Logout.OFF)


def _by_openid(request: Request, services: Services, kind: SessionKind, tokens: ProviderTokens) -> WayOut | None:
    try:
        provider = provider_for(request, services.settings, kind)
        if provider.accounts != tokens.issuer:
            return None
        address = from_thread.run(end_session_address, provider)
    except (NoProvider, SignInFailed, Busy):
        log.warning("sign_out.provider_not_reached")
        return None
    if not address:
        return None
    fields = {
        "id_token_hint": tokens.sign_out_with, "client_id": provider.client_id,
        "post_logout_redirect_uri": own_base(request, services.settings) + RETURN,
    }  # fmt: skip
    if logout_of(services.settings, kind) == Logout.FORM:
        return WayOut(address, "post", fields)
    parts = urlsplit(address)  # a form that is sent by GET puts its own fields in the place of those in its address
    return WayOut(parts._replace(query="").geturl(), "get", {**dict(parse_qsl(parts.query)), **fields})


def leaving_page(request: Request, services: Services, out: WayOut) -> Response:
    """The page that sends this form: by a script at once, else by its button."""
    answer = render(request, "session/signed_out_here.html", out=out)
    answer.headers["Content-Security-Policy"] = content_policy(services.settings, forms_to=[out.address])
    return answer
