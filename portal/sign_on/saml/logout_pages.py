"""Single logout over SAML: the provider tells that somebody signs out, by the browser or by itself, and answers when we told it so.

By the browser it comes as a redirect or a form, and the answer goes back the same way; by itself as SOAP. Source: SAML 2.0 profiles, 4.4.
"""

from collections.abc import Callable
from typing import Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from portal.doors import TheServices
from portal.pages import go_to
from portal.security.limits import allow_address, count_failure
from portal.sign_on.errors import LogoutDenied, LogoutRefused, SamlRefused
from portal.sign_on.onward import as_left, onward_page
from portal.sign_on.saml.documents import Element
from portal.sign_on.saml.logout_messages import is_of_us, logout_answer
from portal.sign_on.saml.logout_reading import (
    LARGEST_LOGOUT,
    LONGEST_RELAY,
    REQUEST,
    RESPONSE,
    Correspondent,
    answered_logout,
    by_form,
    by_redirect,
    by_soap,
    told_logout,
)
from portal.sign_on.saml.messages import carried, in_envelope
from portal.sign_on.saml.provider_metadata import POST, REDIRECT, ProviderDescription
from portal.sign_on.saml.ways import PREFIX, SamlWay, saml_way
from portal.sign_on.signing_out import signed_out_address
from portal.uploads import receive
from processes.base.errors import NotFound
from processes.base.limit_kinds import LimitKind
from processes.base.saml_settings import WAYS
from processes.base.security_log import NOBODY, EventOutcome, SecurityEvent, security_event
from processes.storage import session_ending
from processes.storage.services import Services
from processes.storage.words import SessionKind

MOST_FIELDS: Final = 5
# some providers tell all organisations from one page, with a frame for each
CALLERS = [Depends(allow_address(LimitKind.SIGN_OUT, in_frames=True))]
# a provider calls them, or a page of it: they have another Origin, or none, and no token of a form
DOORS: Final = (f"{PREFIX}/uitloggen/", f"{PREFIX}/afgemeld/")  # by the browser, by the provider itself
MACHINES: Final = tuple(f"{door}{way}" for door in DOORS for way in WAYS)
router = APIRouter(prefix=PREFIX)
Read = Callable[[ProviderDescription], Element]


@router.get("/uitloggen/{way}", dependencies=CALLERS)
async def brought_by_redirect(request: Request, way: str, services: TheServices) -> Response:
    """A request of the provider, or its answer to ours, in the address."""
    given, field = request.query_params, RESPONSE if RESPONSE in request.query_params else REQUEST
    query = request.scope["query_string"]

    def read(provider: ProviderDescription) -> Element:
        return by_redirect(query, field, provider)

    return await _brought(request, services, way, field, read, given.get("RelayState", ""))


@router.post("/uitloggen/{way}", dependencies=CALLERS)
async def brought_by_form(request: Request, way: str, services: TheServices) -> Response:
    """The same, in the fields of a form."""
    form = await receive(
        request, services, max_bytes=2 * LARGEST_LOGOUT, max_files=0, max_fields=MOST_FIELDS, check_csrf=False
    )
    field = RESPONSE if form.one(RESPONSE) else REQUEST

    def read(provider: ProviderDescription) -> Element:
        return by_form(form.one(field), provider)

    return await _brought(request, services, way, field, read, form.one("RelayState"))


@router.post("/afgemeld/{way}")
async def told_by_soap(request: Request, way: str, services: TheServices) -> Response:
    """The provider itself asks to end sessions. A second use of the same request ends none."""
    by = _way(services, way)
    envelope = await _bounded(request)
    try:
        answer = await run_in_threadpool(_by_soap, services, by, envelope)
    except SamlRefused as refused:
        _tell(refused, way)
        await run_in_threadpool(count_failure, request, LimitKind.FAILED_SIGN_IN)  # a good request is never held up
        return PlainTextResponse("", status_code=400)
    return Response(answer, media_type="text/xml; charset=utf-8")


async def _brought(request: Request, services: Services, way: str, field: str, read: Read, relay: str) -> Response:
    by = _way(services, way)
    try:
        if field == RESPONSE:
            return await run_in_threadpool(_answered, services, by, read)
        return await run_in_threadpool(_ended, request, services, by, read, relay)
    except SamlRefused as refused:
        _tell(refused, way)
        raise LogoutRefused from refused


def _answered(services: Services, by: SamlWay, read: Read) -> Response:
    """To the page that says whether somebody is signed out at the provider too. The session here had ended before."""
    provider = by.description()
    to, done = answered_logout(read(provider), Correspondent(by, provider, by.own_keys(), by.logout_at))
    if not is_of_us(services, by.way, to):
        raise SamlRefused("in_response_to")
    return go_to(signed_out_address(SessionKind.CITIZEN, failed=not done))


def _ended(request: Request, services: Services, by: SamlWay, read: Read, relay: str) -> Response:
    if len(relay) > LONGEST_RELAY:
        raise SamlRefused("relay_state")
    provider, keys = by.description(), by.own_keys()
    request_id, broken = _carry_out(services, read(provider), Correspondent(by, provider, keys, by.logout_at))
    first = (REDIRECT, POST) if request.method == "GET" else (POST, REDIRECT)
    binding = next((one for one in first if one in provider.sign_out_answers), "")
    if not binding:
        return go_to(signed_out_address(SessionKind.CITIZEN, failed=bool(broken)))
    address = provider.sign_out_answers[binding]
    left = carried(binding, address, logout_answer(by, address, request_id, broken), keys[0], relay, RESPONSE)
    if left.fields:
        return onward_page(request, services.settings, as_left(left), in_frames=True)
    # the signature is over the words of the address as they stand: no form may write them anew
    return RedirectResponse(left.address, status_code=303)


def _by_soap(services: Services, by: SamlWay, envelope: bytes) -> bytes:
    provider, keys = by.description(), by.own_keys()
    read = by_soap(envelope, "LogoutRequest", provider)
    request_id, broken = _carry_out(services, read, Correspondent(by, provider, keys, by.told_at, by_browser=False))
    return in_envelope(logout_answer(by, "", request_id, broken), keys[0])


def _carry_out(services: Services, read: Element, who: Correspondent) -> tuple[str, str]:
    """The ID of the request, and the rule for which it was denied, or nothing. Raises SamlRefused for what the provider did not send here.

    Once for each request. One that comes again ends nothing, and is answered as the first: a page was loaded twice, or our answer was
    lost, and the provider must be able to go on to the next organisation.
    """
    try:
        told = told_logout(read, who)
    except LogoutDenied as denied:
        _tell(denied, who.way.way)
        return denied.request_id, denied.why
    session_ending.end_as_told(
        services, (SessionKind.CITIZEN,), who.provider.entity_id, told.request_id, told.name, told.sessions
    )
    return told.request_id, ""


def _tell(refused: SamlRefused, way: str) -> None:
    security_event(
        SecurityEvent.TOKEN_REFUSED, who=NOBODY, outcome=EventOutcome.REFUSED, kind="logout", why=refused.why, way=way
    )


async def _bounded(request: Request) -> bytes:
    found = bytearray()
    async for piece in request.stream():
        found += piece
        if len(found) > LARGEST_LOGOUT:
            break  # it is refused by its size
    return bytes(found)


def _way(services: Services, way: str) -> SamlWay:
    found = saml_way(services.settings, way)
    if found is None or not found.single_logout:
        raise NotFound
    return found
