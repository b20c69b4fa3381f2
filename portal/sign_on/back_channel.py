"""Back-channel logout: the provider tells, without a browser, that somebody signed out or lost an account.

Citizens and staff may have providers of their own: a token counts for the one that signed it, and ends sessions of its people alone. Another
provider that is down holds it up no more than a forged token does.

Source: OpenID Connect Back-Channel Logout 1.0. The answer is 200 with nothing in it, or 400 with an OAuth error.
"""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from portal.doors import TheServices
from portal.security.limits import count_failure
from portal.sign_on.choose import kinds_of, provider_for
from portal.sign_on.errors import NoProvider, SignInFailed, TokenRefused
from portal.sign_on.provider import Provider, checked_logout
from portal.sign_on.tokens import issuer_of
from portal.uploads import receive
from processes.base.limit_kinds import LimitKind
from processes.base.security_log import NOBODY, EventOutcome, SecurityEvent, security_event
from processes.storage import session_ending
from processes.storage.services import Services
from processes.storage.words import SessionKind

PATH = "/inloggen/afgemeld"  # a provider calls it, not a browser: it has no Origin and no token of a form
MOST_BYTES = 60_000
router = APIRouter()


@router.post(PATH)
async def signed_out_elsewhere(request: Request, services: TheServices) -> Response:
    """End the sessions that the logout token names. A second use of the same token is refused."""
    form = await receive(request, services, max_bytes=MOST_BYTES, max_files=0, max_fields=5, check_csrf=False)
    try:
        told = await _checked(request, services, form.one("logout_token"))
        await run_in_threadpool(_end, services, told)
    except SignInFailed as refused:
        why = refused.args[0] if isinstance(refused, TokenRefused) else type(refused).__name__
        security_event(SecurityEvent.TOKEN_REFUSED, who=NOBODY, outcome=EventOutcome.REFUSED, kind="logout", why=why)
        await run_in_threadpool(count_failure, request, LimitKind.FAILED_SIGN_IN)  # a good token is never held up
        return JSONResponse({"error": "invalid_request"}, status_code=400)
    return Response(status_code=200)


@dataclass(frozen=True, slots=True)
class ToldToEnd:
    """A logout token that was checked: by which provider, for which of its people here, and what it claims."""

    provider: Provider
    kinds: tuple[SessionKind, ...]
    claims: dict[str, Any]


async def _checked(request: Request, services: Services, token: str) -> ToldToEnd:
    """Raises SignInFailed when it is a token of no provider of this process."""
    refused: SignInFailed = TokenRefused("provider")
    issuer, found = issuer_of(token), dict[SessionKind, tuple[Provider, dict[str, Any]]]()
    for kind in kinds_of(services.settings):
        try:
            provider = provider_for(request, services.settings, kind)
            if provider.issuer == issuer:
                found[kind] = provider, await checked_logout(provider, token)
        except NoProvider:
            continue
        except SignInFailed as error:
            refused = error
    if not found:
        raise refused
    provider, claims = next(iter(found.values()))  # with one issuer and one audience for both kinds they are the same
    return ToldToEnd(provider, tuple(found), claims)


def _end(services: Services, told: ToldToEnd) -> None:
    claims, issuer = told.claims, told.provider.accounts
    sids = [claims["sid"]] if claims.get("sid") else []
    if not session_ending.end_as_told(services, told.kinds, issuer, claims["jti"], claims.get("sub"), sids):
        raise TokenRefused("used")
