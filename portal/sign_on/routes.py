"""The pages of signing in: choose a way, leave for the provider, come back signed in under a new session.

`sign_on` gives a router with only those of the faces of this process.
"""

from collections.abc import Collection
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from portal.doors import TheServices
from portal.pages import go_to, render
from portal.security.limits import allow_address
from portal.security.places import own_path
from portal.security.session_pages import START
from portal.security.sessions import KEPT_COOKIE, cookie_name, cookie_of, drop_cookie, set_cookie
from portal.sign_on import back_channel
from portal.sign_on.choose import demands_of, kinds_of, provider_for, simulator_on
from portal.sign_on.errors import NotLetIn, SignInFailed, SignInStopped
from portal.sign_on.identity import WAYS, Known, known_citizen, known_staff
from portal.sign_on.journey import COOKIE, SECONDS, Journey, pack, unpack
from portal.sign_on.provider import authorize_address, claims_for
from processes.base.errors import NotAllowed, NotFound
from processes.base.limit_kinds import LimitKind
from processes.base.security_log import SecurityEvent, security_event
from processes.storage import sign_in, staff_sessions, web_sessions
from processes.storage.services import Services
from processes.storage.sign_in import Account
from processes.storage.staff_sessions import ProviderTokens
from processes.storage.web_sessions import SignIn
from processes.storage.words import SessionKind

PREFIX = "/inloggen"
STARTS = [Depends(allow_address(LimitKind.SIGN_IN))]  # each start asks something of the provider
SCOPES: dict[SessionKind, str] = {
    SessionKind.CITIZEN: "openid profile",
    SessionKind.STAFF: "openid profile email",  # citizens say themselves where to mail
}
citizens, staff, shared = (APIRouter(prefix=PREFIX) for _ in range(3))


def sign_on(kinds: Collection[SessionKind]) -> APIRouter:
    """The pages of signing in for those who sign in at this process (`kinds_of`); nobody does where only departments come."""
    router = APIRouter()
    for kind, room in ((SessionKind.CITIZEN, citizens), (SessionKind.STAFF, staff)):
        if kind in kinds:
            router.include_router(room)
    if kinds:
        router.include_router(shared)
        router.include_router(back_channel.router)
    return router


@citizens.get("")
def choose(request: Request, services: TheServices, terug: str = "") -> Response:
    """Citizens: DigiD, eHerkenning or eIDAS."""
    back = own_path(terug, START[SessionKind.CITIZEN])
    return render(request, "sign_on/choose.html", back=back, ways=WAYS, simulated=simulator_on(services.settings))


@citizens.get("/start/{way}", dependencies=STARTS)
async def leave(request: Request, way: str, services: TheServices, terug: str = "") -> Response:
    if way not in WAYS:
        raise NotFound
    return await _leave(
        request, services, Journey(SessionKind.CITIZEN, way, own_path(terug, START[SessionKind.CITIZEN]))
    )


@staff.get("/medewerker", dependencies=STARTS)
async def leave_as_staff(request: Request, services: TheServices, terug: str = "") -> Response:
    return await _leave(request, services, Journey(SessionKind.STAFF, "", own_path(terug, START[SessionKind.STAFF])))


@shared.get("/terug")
async def come_back(
    request: Request, services: TheServices, state: str = "", code: str = "", error: str = "", iss: str = ""
) -> Response:
    """Check everything, then start a session under a new id."""
    name = cookie_name(services.settings, COOKIE)
    journey = unpack(services, request.cookies.get(name), state)
    _known_here(journey.kind, kinds_of(services.settings))
    answer = await _come_back(request, services, journey, code, error, iss)
    drop_cookie(answer, services.settings, name)
    return answer


def _known_here(kind: SessionKind, kinds: Collection[SessionKind]) -> None:
    """A journey may have begun at a process with other faces, behind the same name."""
    if kind not in kinds:
        raise NotFound


async def _come_back(
    request: Request, services: Services, journey: Journey, code: str, error: str, iss: str
) -> Response:
    if error == "access_denied":
        raise SignInStopped
    provider = provider_for(request, services.settings, journey.kind)
    # RFC 9207: an answer that another provider sent here must not be taken to this one
    if error or not code or iss not in {"", provider.issuer}:
        raise SignInFailed
    claims, tokens = await claims_for(provider, code=code, verifier=journey.verifier, nonce=journey.nonce)
    sid = claims["sid"] if isinstance(claims.get("sid"), str) else ""
    if journey.kind == SessionKind.CITIZEN:
        citizen = known_citizen(services, claims, journey.way)
        made = await run_in_threadpool(_citizen, request, services, citizen)
    else:
        account = known_staff(claims, provider.accounts, demands_of(services.settings))
        made = await run_in_threadpool(_member, request, services, account)
    await run_in_threadpool(staff_sessions.came_by, services, made.cookie, _kept(journey, tokens), sid)
    return _go_on(request, services, journey, made)


def _kept(journey: Journey, tokens: ProviderTokens) -> ProviderTokens:
    """Only staff are asked for again: of a citizen no token is kept."""
    return tokens if journey.kind == SessionKind.STAFF else ProviderTokens(tokens.issuer, tokens.subject)


async def _leave(request: Request, services: Services, journey: Journey) -> Response:
    provider = provider_for(request, services.settings, journey.kind)
    acr = journey.way or " ".join(demands_of(services.settings).acr)
    scope = services.settings.oidc.get(f"{journey.kind}_scope") or SCOPES[journey.kind]
    address = await authorize_address(
        provider, state=journey.state, nonce=journey.nonce, verifier=journey.verifier, acr=acr, scope=scope
    )
    answer = RedirectResponse(address, status_code=303)
    set_cookie(answer, services.settings, cookie_name(services.settings, COOKIE), pack(services, journey), SECONDS)
    return answer


def _citizen(request: Request, services: Services, known: Known) -> SignIn:
    kind, before = SessionKind.CITIZEN, cookie_of(request, services, SessionKind.CITIZEN)
    made = web_sessions.create(services, kind, known.subject, known.name, identity=known.identity, replaces=before)
    security_event(SecurityEvent.SIGN_IN, who=f"{kind}:{known.subject}", assurance=known.identity["level"])
    return made


def _member(request: Request, services: Services, account: Account) -> SignIn:
    try:
        actor = sign_in.sign_in(services, account)
    except NotAllowed as refused:
        raise NotLetIn(str(refused)) from refused
    kind, before = SessionKind.STAFF, cookie_of(request, services, SessionKind.STAFF)
    made = web_sessions.create(services, kind, actor.subject, actor.name, actor.roles, replaces=before)
    security_event(SecurityEvent.SIGN_IN, who=actor, roles=" ".join(sorted(actor.roles)))
    return made


def _go_on(request: Request, services: Services, journey: Journey, made: SignIn) -> Response:
    kind = journey.kind
    kept = request.cookies.get(cookie_name(services.settings, KEPT_COOKIE))
    answer = go_to(f"/sessie/verder?soort={kind}&terug={quote(journey.back)}" if kept else journey.back)
    set_cookie(answer, services.settings, cookie_name(services.settings, kind), made.cookie)
    return answer
