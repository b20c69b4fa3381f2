"""The pages of signing in: choose a way, leave for the provider, come back signed in under a new session.

`sign_on` gives a router with only those of the faces of this process.
"""

from collections.abc import Collection

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from portal.doors import TheServices
from portal.pages import render
from portal.security.limits import allow_address
from portal.security.places import own_path
from portal.security.session_pages import START
from portal.sign_on import back_channel
from portal.sign_on.arriving import go_on, known_here, let_citizen_in, let_member_in
from portal.sign_on.broker_claims import claim_names
from portal.sign_on.choose import demands_of, kinds_of, provider_for, simulator_on, ways_of
from portal.sign_on.errors import ProviderFailed, SignInFailed, SignInStopped, TooWeak
from portal.sign_on.identity import WAYS, known_citizen, known_staff
from portal.sign_on.journey import Journey, begun, forget, remember
from portal.sign_on.provider import Provider, authorize_address, claims_for, is_of
from portal.sign_on.saml import logout_pages
from portal.sign_on.saml import pages as saml_pages
from portal.sign_on.saml.levels import HIGH, enough
from portal.sign_on.saml.ways import saml_way
from portal.sign_on.signing_out import signs_out_with
from portal.sign_on.tokens import check_anew
from processes.base.errors import NotFound
from processes.base.limit_kinds import LimitKind
from processes.base.saml_settings import LEVELS
from processes.base.setting_values import switch
from processes.base.settings import Settings
from processes.reads.citizen import read_types_for_visitors
from processes.storage import staff_sessions
from processes.storage.services import Services
from processes.storage.staff_sessions import ProviderTokens
from processes.storage.used_once import first_use
from processes.storage.words import SessionKind

PREFIX = "/inloggen"
# each start may ask something of the provider
STARTS = [Depends(allow_address(LimitKind.SIGN_IN))]
STAFF_STARTS = [Depends(allow_address(LimitKind.STAFF_SIGN_IN))]
SCOPES: dict[SessionKind, str] = {
    SessionKind.CITIZEN: "openid profile",
    SessionKind.STAFF: "openid profile email",  # citizens say themselves where to mail
}
NOT_NOW = {"server_error", "temporarily_unavailable"}  # RFC 6749, section 4.1.2.1
# why somebody signs in, by where they came from; ways below START that are not here need no word of their own
PURPOSES: dict[str, str] = {
    "/mijn/meedoen": "Iemand vraagt u om mee te doen. Log eerst in. Daarna leest u waar het over gaat, en kiest u zelf of u meedoet.",
    "/mijn/koppelen": "Log eerst in. Daarna typt u de code uit uw brief.",
    "/mijn/taken": "De gemeente vraagt u iets. Log in om het te lezen en te antwoorden.",
    "/mijn/nieuw": "Log in om iets in te dienen.",
}
CITIZENS_PURPOSE = "Log in om uw zaken te zien, berichten te sturen en stukken toe te voegen."
citizens, staff, shared = (APIRouter(prefix=PREFIX) for _ in range(3))


def sign_on(kinds: Collection[SessionKind]) -> APIRouter:
    """The pages of signing in for those who sign in at this process (`kinds_of`); nobody does where only departments come."""
    router = APIRouter()
    for kind, room in ((SessionKind.CITIZEN, citizens), (SessionKind.STAFF, staff)):
        if kind in kinds:
            router.include_router(room)
            if kind == SessionKind.CITIZEN:
                router.include_router(saml_pages.router)
                router.include_router(logout_pages.router)
    if kinds:
        router.include_router(shared)
        router.include_router(back_channel.router)
    return router


@citizens.get("")
def choose(request: Request, services: TheServices, terug: str = "") -> Response:
    """Citizens: DigiD, eHerkenning or eIDAS."""
    back = own_path(terug, START[SessionKind.CITIZEN])
    ways = {way: WAYS[way] for way in ways_of(services.settings)}
    simulated = simulator_on(services.settings) and not services.settings.saml
    staff_too = SessionKind.STAFF in kinds_of(services.settings)  # else that page is not there
    without = [one for one in read_types_for_visitors(services) if not one.out] if services.settings.filing else []
    purpose = next((words for place, words in PURPOSES.items() if back.startswith(place)), CITIZENS_PURPOSE)
    return render(
        request, "sign_on/choose.html",
        purpose=purpose, back=back, ways=ways, simulated=simulated, without=without, staff_too=staff_too,
    )  # fmt: skip


@citizens.get("/start/{way}", dependencies=STARTS)
async def leave(request: Request, way: str, services: TheServices, terug: str = "", niveau: str = "") -> Response:
    """To the provider of this way; `niveau`: a level that a case type demands beyond what the settings say."""
    if way not in WAYS:
        raise NotFound
    level = niveau if niveau in LEVELS else ""
    journey = Journey(SessionKind.CITIZEN, way, own_path(terug, START[SessionKind.CITIZEN]), level)
    by_saml = saml_way(services.settings, way)
    if by_saml is not None:
        return await run_in_threadpool(saml_pages.leave, request, services, journey, by_saml)
    return await _leave(request, services, journey)


@staff.get("/medewerker", dependencies=STAFF_STARTS)
async def leave_as_staff(request: Request, services: TheServices, terug: str = "") -> Response:
    return await _leave(request, services, Journey(SessionKind.STAFF, "", own_path(terug, START[SessionKind.STAFF])))


@shared.get("/terug")
async def come_back(
    request: Request, services: TheServices, state: str = "", code: str = "", error: str = "", iss: str = ""
) -> Response:
    """Check everything, then start a session under a new id."""
    journey = request.state.journey = begun(request, services, state)
    if saml_way(services.settings, journey.way):
        raise SignInFailed  # of a provider that speaks the other protocol no answer may come in here
    known_here(journey.kind, kinds_of(services.settings))
    answer = await _come_back(request, services, journey, code, error, iss)
    forget(answer, services, journey)
    return answer


async def _come_back(
    request: Request, services: Services, journey: Journey, code: str, error: str, iss: str
) -> Response:
    if error == "access_denied":
        raise SignInStopped
    if error in NOT_NOW:
        raise ProviderFailed
    provider = provider_for(request, services.settings, journey.kind)
    # an answer that another provider sent here must not be taken to this one
    if error or not code or not await is_of(provider, iss):
        raise SignInFailed
    if not await run_in_threadpool(first_use, services, f"journey:{journey.state}"):
        raise SignInFailed  # one journey asks one thing, however many codes are tried with it
    claims, tokens = await claims_for(provider, code=code, verifier=journey.verifier, nonce=journey.nonce)
    sid = claims["sid"] if isinstance(claims.get("sid"), str) else ""
    if journey.kind == SessionKind.CITIZEN:
        if _says_when(services.settings):
            check_anew(claims, journey.started)
        names = claim_names(services.settings.oidc)
        citizen = await run_in_threadpool(known_citizen, services, claims, journey.way, names)
        if journey.level and not enough(citizen.identity["level"], journey.level):
            raise TooWeak
        made = await run_in_threadpool(let_citizen_in, request, services, citizen)
    else:
        account = known_staff(claims, provider.accounts, demands_of(services.settings))
        made = await run_in_threadpool(let_member_in, request, services, account)
    kept = await _kept(services.settings, journey, provider, tokens)
    await run_in_threadpool(staff_sessions.came_by, services, made.cookie, kept, sid)
    return go_on(request, services, journey, made)


async def _kept(settings: Settings, journey: Journey, provider: Provider, tokens: ProviderTokens) -> ProviderTokens:
    """Only staff are asked for again: of a citizen no more is kept than what signing out at the provider takes."""
    if journey.kind == SessionKind.STAFF:
        return tokens
    with_what = await signs_out_with(settings, journey.kind, provider, tokens)
    return ProviderTokens(tokens.issuer, tokens.subject, sign_out_with=with_what)


def _says_when(settings: Settings) -> bool:
    """Whether the provider of citizens is held to telling when somebody signed in."""
    return switch(settings.oidc.get("citizen_auth_time") or "on")


def _acr(settings: Settings, journey: Journey) -> str:
    """The `acr_values` that the provider is asked: the way that somebody chose, at the level that is demanded; of staff the levels of the settings."""
    way, oidc = journey.way, settings.oidc
    acr = oidc.get(f"{way}_acr") or way or " ".join(demands_of(settings).acr)
    return oidc.get(f"{way}_acr_high") or f"{acr} {HIGH}" if journey.level == HIGH else acr


async def _leave(request: Request, services: Services, journey: Journey) -> Response:
    provider = provider_for(request, services.settings, journey.kind)
    oidc = services.settings.oidc
    acr = _acr(services.settings, journey)
    scope = oidc.get(f"{journey.way}_scope") or oidc.get(f"{journey.kind}_scope") or SCOPES[journey.kind]
    address = await authorize_address(
        provider,
        state=journey.state,
        nonce=journey.nonce,
        verifier=journey.verifier,
        acr=acr,
        scope=scope,
        # else a provider that knows this browser lets in who came before, at the level of before
        anew=journey.kind == SessionKind.CITIZEN,
        says_when=journey.kind == SessionKind.CITIZEN and _says_when(services.settings),
    )
    answer = RedirectResponse(address, status_code=303)
    remember(answer, request, services, journey)
    return answer
