"""Signing out at the provider too, where it has a place for that, after the session here has ended.

Sources: OpenID Connect RP-Initiated Logout 1.0; SAML 2.0 profiles, 4.4. The ID token of a citizen holds a BSN, so it goes in the body of a
form and not in an address, which browsers and servers keep; of staff it goes in the address, as every provider takes it. The settings say
otherwise.
"""

from typing import Final

import structlog
from anyio import from_thread
from fastapi import Request

from portal.sign_on.choose import own_base, provider_for
from portal.sign_on.errors import NoProvider, SignInFailed, UnreadableFile
from portal.sign_on.onward import Onward, in_address
from portal.sign_on.provider import end_session_address
from portal.sign_on.saml.leaving_logout import leaving_for
from portal.sign_on.saml.logout_messages import named_session
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


def way_out(request: Request, services: Services, session: SignIn) -> Onward | None:
    """How this person signs out at the provider by which they came in; to be asked before the session here ends. None where the provider
    needs no browser for it, has no way, or cannot be reached: then the session here ends, and no more.
    """
    tokens = staff_sessions.tokens_of(services, session.cookie)
    if tokens is None or not tokens.sign_out_with:
        return None
    try:
        if named := named_session(tokens.sign_out_with):
            return leaving_for(services, named, tokens.issuer)
        return _by_openid(request, services.settings, SessionKind(session.kind), tokens)
    except (NoProvider, UnreadableFile, SignInFailed, Busy) as error:
        log.warning("sign_out.not_at_the_provider", error=type(error).__name__)
        return None


def logout_of(settings: Settings, kind: SessionKind) -> Logout:
    """How people of this kind sign out at their provider of OpenID Connect: by the settings, or else by what is safest for them."""
    told = settings.oidc.get(f"{kind}_logout")
    return Logout(told) if told else BY_DEFAULT.get(kind, Logout.OFF)


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
    return Onward(address, "post", fields) if how == Logout.FORM else in_address(address, fields)
