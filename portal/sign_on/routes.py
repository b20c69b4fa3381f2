"""The pages of signing in: choose a way, leave for the provider, come back signed in under a new session."""

from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from portal.doors import TheServices
from portal.pages import go_to, render
from portal.security.limits import allow_address
from portal.security.places import own_path
from portal.security.session_pages import KEPT_COOKIE, START
from portal.security.sessions import cookie_name, cookie_of, drop_cookie, set_cookie
from portal.sign_on.choose import provider_for, simulator_on
from portal.sign_on.errors import SignInFailed, SignInStopped
from portal.sign_on.identity import WAYS, Known, known_citizen, known_staff
from portal.sign_on.journey import COOKIE, SECONDS, Journey, pack, unpack
from portal.sign_on.provider import authorize_address, claims_for
from processes.base.actor import Actor, ActorKind
from processes.base.errors import NotFound
from processes.base.limit_kinds import LimitKind
from processes.storage import staff, web_sessions
from processes.storage.services import Services
from processes.storage.words import SessionKind

router = APIRouter(prefix="/inloggen")
STARTS = [Depends(allow_address(LimitKind.SIGN_IN))]  # each start asks something of the provider
SCOPES: dict[SessionKind, str] = {
    SessionKind.CITIZEN: "openid profile",
    SessionKind.STAFF: "openid profile email",  # citizens say themselves where to mail
}


@router.get("")
def choose(request: Request, services: TheServices, terug: str = "") -> Response:
    """Citizens: DigiD, eHerkenning or eIDAS."""
    back = own_path(terug, START[SessionKind.CITIZEN])
    return render(request, "sign_on/choose.html", back=back, ways=WAYS, simulated=simulator_on(services.settings))


@router.get("/start/{way}", dependencies=STARTS)
async def leave(request: Request, way: str, services: TheServices, terug: str = "") -> Response:
    if way not in WAYS:
        raise NotFound
    return await _leave(
        request, services, Journey(SessionKind.CITIZEN, way, own_path(terug, START[SessionKind.CITIZEN]))
    )


@router.get("/medewerker", dependencies=STARTS)
async def leave_as_staff(request: Request, services: TheServices, terug: str = "") -> Response:
    return await _leave(request, services, Journey(SessionKind.STAFF, "", own_path(terug, START[SessionKind.STAFF])))


@router.get("/terug")
async def come_back(
    request: Request, services: TheServices, state: str = "", code: str = "", error: str = ""
) -> Response:
    """Check everything, then start a session under a new id."""
    name = cookie_name(services.settings, COOKIE)
    journey = unpack(services, request.cookies.get(name), state)
    if error == "access_denied":
        raise SignInStopped
    if error or not code:
        raise SignInFailed
    provider = provider_for(request, services.settings, journey.kind)
    claims = await claims_for(provider, code=code, verifier=journey.verifier, nonce=journey.nonce)
    known = known_citizen(services, claims) if journey.kind == SessionKind.CITIZEN else known_staff(claims)
    answer = await run_in_threadpool(_signed_in, request, services, journey, known)
    drop_cookie(answer, services.settings, name)
    return answer


async def _leave(request: Request, services: Services, journey: Journey) -> Response:
    provider = provider_for(request, services.settings, journey.kind)
    address = await authorize_address(
        provider, state=journey.state, nonce=journey.nonce, verifier=journey.verifier, acr=journey.way,
        scope=SCOPES[journey.kind],
    )  # fmt: skip
    answer = RedirectResponse(address, status_code=303)
    set_cookie(answer, services.settings, cookie_name(services.settings, COOKIE), pack(services, journey), SECONDS)
    return answer


def _signed_in(request: Request, services: Services, journey: Journey, known: Known) -> Response:
    kind: SessionKind = journey.kind
    made = web_sessions.create(
        services,
        kind,
        known.subject,
        known.name,
        known.roles,
        known.identity,
        replaces=cookie_of(request, services, kind),
    )
    if kind == SessionKind.STAFF:
        staff.signed_in(services, Actor(ActorKind.STAFF, known.subject, known.name, known.roles), known.email)
    kept = request.cookies.get(cookie_name(services.settings, KEPT_COOKIE))
    answer = go_to(f"/sessie/verder?soort={kind}&terug={quote(journey.back)}" if kept else journey.back)
    set_cookie(answer, services.settings, cookie_name(services.settings, kind), made.cookie)
    return answer
