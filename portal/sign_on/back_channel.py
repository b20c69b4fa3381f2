"""Back-channel logout: the provider tells, without a browser, that somebody signed out or lost an account.

Source: OpenID Connect Back-Channel Logout 1.0. The answer is 200 with nothing in it, or 400 with an OAuth error.
"""

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from portal.doors import TheServices
from portal.security.limits import count_failure
from portal.sign_on.choose import kinds_of, provider_for
from portal.sign_on.errors import NoProvider, SignInFailed, TokenRefused
from portal.sign_on.provider import Provider, checked_logout
from portal.uploads import receive
from processes.base.limit_kinds import LimitKind
from processes.base.security_log import NOBODY, EventOutcome, SecurityEvent, security_event
from processes.storage import session_ending
from processes.storage.services import Services

PATH = "/inloggen/afgemeld"  # a provider calls it, not a browser: it has no Origin and no token of a form
MOST_BYTES = 60_000
router = APIRouter()


@router.post(PATH)
async def signed_out_elsewhere(request: Request, services: TheServices) -> Response:
    """End the sessions that the logout token names. A second use of the same token is refused."""
    form = await receive(request, services, max_bytes=MOST_BYTES, max_files=0, max_fields=5, check_csrf=False)
    try:
        provider, claims = await _checked(request, services, form.one("logout_token"))
        await run_in_threadpool(_end, services, provider, claims)
    except SignInFailed as refused:
        why = refused.args[0] if isinstance(refused, TokenRefused) else type(refused).__name__
        security_event(SecurityEvent.TOKEN_REFUSED, who=NOBODY, outcome=EventOutcome.REFUSED, kind="logout", why=why)
        await run_in_threadpool(count_failure, request, LimitKind.FAILED_SIGN_IN)  # a good token is never held up
        return JSONResponse({"error": "invalid_request"}, status_code=400)
    return Response(status_code=200)


async def _checked(request: Request, services: Services, token: str) -> tuple[Provider, dict[str, Any]]:
    """The claims, and the provider of this process whose token it is. Raises SignInFailed when it is of none."""
    refused: SignInFailed = TokenRefused("provider")
    for kind in kinds_of(services.settings):
        try:
            provider = provider_for(request, services.settings, kind)
            return provider, await checked_logout(provider, token)
        except NoProvider:
            continue
        except SignInFailed as error:
            refused = error
    raise refused


def _end(services: Services, provider: Provider, claims: dict[str, Any]) -> None:
    if not session_ending.end_as_told(services, provider.accounts, claims["jti"], claims.get("sub"), claims.get("sid")):
        raise TokenRefused("used")
