"""Signing out at the provider too, where it has a place for that, after the session here has ended.

Sources: OpenID Connect RP-Initiated Logout 1.0; SAML 2.0 profiles, 4.4. The ID token of a citizen holds a BSN, so it goes in the body of a
form and not in an address, which browsers and servers keep; of staff it goes in the address, as every provider takes it. The settings say
otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import structlog
from anyio import from_thread
from fastapi import Request
from starlette.responses import Response

from portal.pages import go_to
from portal.security.sessions import cookie_name, cookie_of, drop_cookie, forget
from portal.sign_on.choose import own_base, provider_for
from portal.sign_on.onward import Onward, in_address, in_body, onward_page
from portal.sign_on.provider import Provider, end_session_address
from portal.sign_on.saml.leaving_logout import leaving_for
from portal.sign_on.saml.logout_messages import named_session
from processes.base.broker_settings import Logout
from processes.base.settings import Settings
from processes.storage import staff_sessions
from processes.storage.services import Services
from processes.storage.staff_sessions import ProviderTokens
from processes.storage.words import SessionKind

RETURN: Final = "/uitgelogd"  # registered with the provider, so without a query
BY_DEFAULT: Final = {SessionKind.CITIZEN: Logout.FORM, SessionKind.STAFF: Logout.ADDRESS}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WayOut:
    """How somebody is signed out at the provider: by a form that goes on there, or not (`failed`); else nothing is left to do there."""

    onward: Onward | None = None
    failed: bool = False


def signed_out_by(request: Request, services: Services, kind: SessionKind, end: Callable[[], object]) -> Response:
    """The answer after `end` ended what has to end here, which comes first: the provider may be slow, broken, or say no. It goes on to the
    provider by which the session of this request came in, also when that was idle, and says so when that did not work.
    """
    cookie = cookie_of(request, services, kind)
    tokens = staff_sessions.tokens_of(services, cookie) if cookie else None
    end()
    forget(request)
    out = way_out(request, services, kind, tokens)
    if out.onward:
        answer = onward_page(request, services.settings, out.onward)
    else:
        answer = go_to(signed_out_address(kind, failed=out.failed))
    drop_cookie(answer, services.settings, cookie_name(services.settings, kind))
    return answer


def signed_out_address(kind: SessionKind, *, failed: bool = False) -> str:
    """The page that says that somebody of this kind is signed out; `failed`: and perhaps not at the provider."""
    query = {"soort": kind.value} if failed or kind != SessionKind.CITIZEN else {}
    query |= {"daar": "nee"} if failed else {}
    return f"{RETURN}?{urlencode(query)}" if query else RETURN


def way_out(request: Request, services: Services, kind: SessionKind, tokens: ProviderTokens | None) -> WayOut:
    """How this person signs out at the provider by which they came in. `tokens`: those of the session that ended."""
    if tokens is None or not tokens.sign_out_with:
        return WayOut()
    try:
        if named := named_session(tokens.sign_out_with):
            return WayOut(leaving_for(services, named, tokens.issuer))
        return WayOut(_by_openid(request, services.settings, kind, tokens))
    except Exception as error:  # noqa: BLE001 - the session here has ended: whatever is wrong there, the page must say so
        log.warning("sign_out.not_at_the_provider", error=type(error).__name__, why=getattr(error, "why", ""))
        return WayOut(failed=True)


def logout_of(settings: Settings, kind: SessionKind) -> Logout:
    """How people of this kind sign out at their provider of OpenID Connect: by the settings, or else by what is safest for them."""
    told = settings.oidc.get(f"{kind}_logout")
    return Logout(told) if told else BY_DEFAULT.get(kind, Logout.OFF)


async def signs_out_with(settings: Settings, kind: SessionKind, provider: Provider, tokens: ProviderTokens) -> str:
    """The part of `tokens` to keep for signing out there: nothing where nobody can, as an ID token may hold a BSN."""
    off = logout_of(settings, kind) == Logout.OFF
    return tokens.sign_out_with if not off and await end_session_address(provider) else ""


def _by_openid(request: Request, settings: Settings, kind: SessionKind, tokens: ProviderTokens) -> Onward | None:
    how, provider = logout_of(settings, kind), provider_for(request, settings, kind)
    if how == Logout.OFF or provider.accounts != tokens.issuer:
        return None
    address = from_thread.run(end_session_address, provider)
    if not address:
        return None
    fields = {
        "id_token_hint": tokens.sign_out_with, "client_id": provider.client_id,
        "post_logout_redirect_uri": own_base(request, settings) + RETURN,
    }  # fmt: skip
    return in_body(address, fields) if how == Logout.FORM else in_address(address, fields)
