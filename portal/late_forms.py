"""A form that came without its person: after the sign-in had ended, or while somebody else was signed in in that browser.

What was typed becomes a draft of the person whose page it stood on, which the token of the form says under our seal; files
are not taken. A form without such a token leaves nothing behind, and one from a browser that never was that person's is only given back. The cookie `kept` holds the id of the draft, which only
its own person can open.
"""

from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import quote

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from portal.drafts import PART, form_at, part_of, shows_itself, typed_in
from portal.given_back import page_of_form, page_to_send_again
from portal.language.spoken import said_to
from portal.pages import get_services, render
from portal.received import Received
from portal.security.csrf import FIELD, KEY_FIELD, FormStoodOpen, OthersForm, owner_of_form
from portal.security.guards import VISITOR_NAME, SignInNeeded, actor_kind
from portal.security.limits import TooOften, allow, allow_visitor
from portal.security.refusals import tell_refusal
from portal.security.sessions import (
    KEPT_COOKIE,
    begin_visit,
    cookie_name,
    cookie_of,
    kind_of,
    know,
    session_of,
    set_cookie,
)
from portal.sign_on.stepping_up import START, address_up
from portal.too_often import too_often_page
from portal.uploads import FORM_BYTES, MEGABYTE, receive
from processes.actions import act
from processes.actions.drafts import SaveDraft
from processes.base.actor import Actor
from processes.base.errors import Busy, DraftTooLong, NotAllowed, StrongerSignInNeeded, ZaakspoorError
from processes.reads.citizen import organisation_contact
from processes.storage import visits, web_sessions
from processes.storage.current_settings import current_settings
from processes.storage.drafts import DraftContent
from processes.storage.recent_sign_ins import was_signed_in_as
from processes.storage.web_sessions import FormOwner
from processes.storage.words import SessionKind

KEPT_SECONDS = 1800
BUSY = "Even niet bereikbaar"
TUS = "tus-resumable"  # of a script that sends a large file: it shows a sentence, and has no page to go to
SIGNED_OUT = (
    "U bent uitgelogd. Log opnieuw in en kies hetzelfde bestand nog een keer. Het gaat verder waar het was gebleven."
)
NOT_NOW, NOT_SIGNED_IN = 409, 401
UNKNOWN = "U bent niet ingelogd"
SIGN_IN_FIRST = (
    "Wij kunnen niet zien of dit formulier van u is. Log eerst in, in een nieuw tabblad. Verstuur het daarna hier."
)
VISIT_OVER = "U was een tijd weg"
GOES_ON = "Omdat u een tijd niets deed, hebben wij uw formulier nog niet verwerkt. U kunt gewoon verder."
BEGINS_ANEW = "Uw bezoek was voorbij. Daarom hebben wij uw formulier nog niet verwerkt. U kunt verder. Bestanden moet u opnieuw kiezen."
HELD = "held"  # the list of files of a visit, which no other visit can open
SIGN_IN = {
    SessionKind.CITIZEN: "/inloggen",
    SessionKind.STAFF: "/inloggen/medewerker",
    SessionKind.DEPARTMENT: "/verzoek",
    SessionKind.VISITOR: "/indienen",
}


async def sign_in_needed(request: Request, error: Exception) -> Response:
    """To the sign-in page and back."""
    assert isinstance(error, SignInNeeded)  # noqa: S101 - the handler is registered for this class
    if TUS in request.headers:
        return PlainTextResponse(said_to(request, SIGNED_OUT), 401)
    if request.method != "POST":
        return RedirectResponse(_sign_in(request, error.kind), status_code=303)
    return await _form_too_late(request, error.kind)


def _sign_in(request: Request, kind: SessionKind, received: Received | None = None) -> str:
    return f"{SIGN_IN[kind]}?terug={quote(_back(request, received))}"


async def _form_too_late(request: Request, kind: SessionKind) -> Response:
    """Keep what was typed for whose form it was, who then signs in."""
    received = await _fields_only(request, kind)
    owner, sign_in = owner_of_form(get_services(request), received.one(FIELD)), _sign_in(request, kind, received)
    if owner is None or owner.kind != kind:
        return RedirectResponse(sign_in, status_code=303)
    if owner.kind == SessionKind.VISITOR:
        return await _visit_goes_on(request, owner, received, sign_in)
    if not _holds_text(_all_sent(received)):
        return RedirectResponse(sign_in, status_code=303)
    return await _kept_for(request, owner, received, sign_in)


async def _kept_for(request: Request, owner: FormOwner, received: Received, sign_in: str) -> Response:
    try:
        is_own = await run_in_threadpool(_sends_own_form, request, owner)
        key = await _keep(request, received, owner) if is_own else ""
    except TooOften as refused:
        return await too_often_page(request, refused, received)
    except DraftTooLong as too_long:
        return render(request, "session/too_long.html", too_long.status, sign_in=sign_in)
    except Busy as busy:  # nobody is sent away to sign in while what was typed could not be kept
        return page_to_send_again(request, busy.status, BUSY, str(busy), received)
    if not is_own:
        return page_to_send_again(request, NOT_SIGNED_IN, UNKNOWN, SIGN_IN_FIRST, received)
    return _with_key(request, RedirectResponse(sign_in, status_code=303), key)


def _sends_own_form(request: Request, owner: FormOwner) -> bool:
    """Whether this browser was signed in as the owner, and the form is not too old: a token alone may be of a page that somebody else saved.
    What is kept counts as a change by that person. Raises TooOften and Busy.
    """
    services = get_services(request)
    cookie = cookie_of(request, services, owner.kind)
    if not owner.fresh or not cookie or not was_signed_in_as(services, cookie, owner.kind, owner.subject):
        return False
    allow(request, Actor(actor_kind(owner.kind), owner.subject, "", for_whom=owner.for_whom))
    return True


async def stronger_sign_in(request: Request, error: Exception) -> Response:
    """The page on which somebody who signed in too weakly signs in anew; what was typed is kept, and shown after that."""
    assert isinstance(error, StrongerSignInNeeded)  # noqa: S101 - the handler is registered for this class
    tell_refusal(request, error)
    if TUS in request.headers:
        return PlainTextResponse(said_to(request, str(error)), error.status)
    session, received = session_of(request), getattr(request.state, "received", None)
    assert session is not None  # noqa: S101 - a guard let somebody in before this was asked
    key = ""
    if received is not None:
        owner = FormOwner(SessionKind(session.kind), session.subject, fresh=True, for_whom=session.for_whom)
        try:
            key = await _keep(request, received, owner)
        except (DraftTooLong, Busy) as not_kept:
            return page_to_send_again(request, not_kept.status, BUSY, str(not_kept), received)
    services = get_services(request)
    up = address_up(services.settings, session.identity, error.level, _back(request, received))
    contact = await run_in_threadpool(organisation_contact, services)
    page = await run_in_threadpool(
        render, request, "session/stronger.html", error.status, kept=bool(key), title=error.title, number=error.number, contact=contact, sign_in=up,
        by_digid=up.startswith(f"{START}/digid"),
    )  # fmt: skip
    return _with_key(request, page, key)


async def others_form(request: Request, error: Exception) -> Response:
    """Keeps what was typed for the person who opened the form; that person signs in, or sees it at once."""
    assert isinstance(error, OthersForm)  # noqa: S101 - the handler is registered for this class
    tell_refusal(request, error)
    kind = error.owner.kind
    if kind == SessionKind.VISITOR:  # the same visitor who began once more: nobody else could sign in to send it
        typed = _without_files(getattr(request.state, "received", Received()))
        return page_to_send_again(request, NOT_NOW, VISIT_OVER, BEGINS_ANEW, typed)
    received = getattr(request.state, "received", Received())
    key, is_own = "", isinstance(error, FormStoodOpen)
    if is_own or error.owner.fresh:  # a token of long ago may be of a page that somebody saved
        with suppress(DraftTooLong, Busy):
            key = await _keep(request, received, error.owner)
    if is_own:
        onward = f"/sessie/verder?soort={kind}&terug={quote(_back(request, received))}"
        return _with_key(request, RedirectResponse(onward, status_code=303), key)
    sign_in = _sign_in(request, kind, received)
    page = render(
        request, "session/others_form.html", error.status, sentence=str(error), kept=bool(key), sign_in=sign_in
    )
    return _with_key(request, page, key)


async def _visit_goes_on(request: Request, owner: FormOwner, received: Received, begin: str) -> Response:
    """The visit of the form goes on with what was typed: somebody who files without signing in has nothing to sign in with.

    Only where this browser still has that visit, merely idle. Else it is a visit of its own, which knows no more than this form.
    """
    if kind_of(request.url.path) != SessionKind.VISITOR:  # a button such as that to stop: nothing to give back
        return RedirectResponse(begin, status_code=303)
    services = get_services(request)
    try:
        await run_in_threadpool(allow_visitor, request)
    except TooOften as refused:
        return await too_often_page(request, refused, received)
    cookie = cookie_of(request, services, SessionKind.VISITOR)
    made = await run_in_threadpool(visits.go_on, services, cookie, owner.subject, VISITOR_NAME)
    sentence, typed = GOES_ON, received
    if made is None:
        made = await run_in_threadpool(begin_visit, services, VISITOR_NAME, cookie)
        sentence, typed = BEGINS_ANEW, _without_files(received)
    know(request, made)  # its token stands in the page
    answer = page_to_send_again(request, NOT_NOW, VISIT_OVER, sentence, typed)
    set_cookie(answer, services.settings, cookie_name(services.settings, SessionKind.VISITOR), made.cookie)
    return answer


def _without_files(received: Received) -> Received:
    """The texts alone, for another visit than that which chose the files."""
    return Received({name: values for name, values in received.fields.items() if name != HELD})


def _back(request: Request, received: Received | None = None) -> str:
    """The address to come back to: after a form (`received`) the page where it stood, at the same part of it, for nothing opens at an address
    that only takes forms.
    """
    if request.method != "GET":
        part = part_of(request.url.path, received) if received and received.fields else ""
        return page_of_form(request) + (f"?{PART}={part}" if part else "")
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _with_key(request: Request, answer: Response, key: str) -> Response:
    if key:
        settings = get_services(request).settings
        set_cookie(answer, settings, cookie_name(settings, KEPT_COOKIE), key, KEPT_SECONDS)
    return answer


async def _keep(request: Request, received: Received, owner: FormOwner) -> str:
    """The id of the draft; empty when there was nothing to keep, or no way. Raises DraftTooLong and Busy."""
    path = request.url.path
    fields = typed_in(received) if shows_itself(form_at(path)) else _all_sent(received)
    if not _holds_text(fields):
        return ""
    actor = Actor(actor_kind(owner.kind), owner.subject, "", for_whom=owner.for_whom)
    draft = SaveDraft(form_at(path), DraftContent(fields, address=path))
    try:
        return await run_in_threadpool(act, get_services(request), actor, draft)
    except NotAllowed:
        return ""


def _all_sent(received: Received) -> dict[str, list[str]]:
    return {name: values for name, values in received.fields.items() if name not in {FIELD, KEY_FIELD}}


def _holds_text(fields: Mapping[str, list[str]]) -> bool:
    return any(any(values) for values in fields.values())


async def _fields_only(request: Request, kind: SessionKind) -> Received:
    """The typed text, as far as it came in; no file reaches the store. Who was signed in a while ago may have sent texts
    behind files, so that form is read to its end.
    """
    services = get_services(request)
    cookie = request.cookies.get(cookie_name(services.settings, kind))
    known = await run_in_threadpool(web_sessions.remembered, services, cookie) if cookie else None
    most = FORM_BYTES + (
        (await run_in_threadpool(current_settings, services)).upload_megabytes * MEGABYTE if known else 0
    )
    try:
        return await receive(request, services, max_bytes=most, max_files=0, check_csrf=False)
    except ZaakspoorError:
        found: Received = getattr(request.state, "received", Received())
        return found
