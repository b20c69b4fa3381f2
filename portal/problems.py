"""Pages for errors: an honest Dutch sentence with the right status, never a stack trace.

A case-work error says in its sentence what happened; its class gives the status. Any other error is logged with a
number that the page shows, so that the helpdesk can find it.
"""

import re
import secrets
import traceback
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.beginning import beginning_for
from portal.given_back import page_of_form, page_to_send_again, texts_given_back
from portal.late_forms import others_form, sign_in_needed, stronger_sign_in
from portal.pages import get_services, render
from portal.security.csrf import FIELD, KEY_FIELD, OthersForm
from portal.security.guards import SignInNeeded
from portal.security.limits import TooOften
from portal.security.refusals import refused, tell_refusal
from portal.security.sessions import session_of
from portal.sign_on.errors import SignInFailed
from portal.sign_on.not_in import sign_in_failed
from portal.too_often import TITLE, failed_too_often, too_often_page
from processes.base.crash_points import crash_point
from processes.base.errors import Busy, Invalid, LinkGone, StrongerSignInNeeded, ZaakspoorError
from processes.base.security_log import SecurityEvent
from processes.base.written import OwnWords
from processes.execution.unreadable import tell_of_page
from processes.reads.department import CodeNeeded
from processes.storage.session import trouble

DEPARTMENTS = "/verzoek"
RETRY_SECONDS = "60"
TITLES = {
    400: "Deze aanvraag klopt niet",
    403: "U mag dit niet doen",
    404: "Deze pagina is er niet",
    405: "Dit kan hier niet",
    409: "Dit kan nu niet",
    410: "Dit kan niet meer",
    413: "Dit is te groot",
    412: "Dit programma past niet bij deze site",
    415: "Dit kunnen wij niet lezen",
    422: "Niet alles is goed ingevuld",
    423: "Dit is nu even bezet",
    429: TITLE,
    500: "Er ging iets mis",
    503: "Even niet bereikbaar",
    507: "Er is geen ruimte meer",
}
SENTENCES = {
    400: "Wij begrijpen deze aanvraag niet. Ga terug en probeer het nog een keer.",
    404: "Deze pagina bestaat niet, of u mag haar niet zien. Controleer het adres of ga naar het begin.",
    405: "Deze pagina kunt u alleen bereiken met de knop op de vorige pagina.",
    422: "Een deel van het adres klopt niet. Controleer het adres of ga naar het begin.",
}
WORKBENCH = "/werk"
CITIZENS = "/mijn"
CASE = re.compile(r"/werk/zaken/([A-Za-z]{2,10}-\d{4}-\d{1,10})(?:/|$)")
NOT_FOUND, NOT_ALLOWED = 404, 405
PASSES = {500, 503}  # what may go better a minute later
log = structlog.get_logger("portal")


def add_problem_pages(app: FastAPI) -> None:
    """Add the handlers with which every error ends in a page."""
    app.add_exception_handler(SignInNeeded, sign_in_needed)
    app.add_exception_handler(OthersForm, others_form)
    app.add_exception_handler(StrongerSignInNeeded, stronger_sign_in)
    app.add_exception_handler(TooOften, _too_often)
    app.add_exception_handler(SignInFailed, _failed_at_the_door)
    app.add_exception_handler(LinkGone, _failed_at_the_door)
    app.add_exception_handler(CodeNeeded, _code_needed)
    app.add_exception_handler(ZaakspoorError, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _wrong_address)


class LastResort:
    """Turns any other error into a page, inside the security headers (the framework's own place is outside them)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            if scope.get("method") == "POST":
                crash_point("before-response")
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            # the one place that catches all: whatever it was, the reader gets a page and the log gets the cause
            if scope["type"] != "http" or started:
                raise
            answer = await _unforeseen(Request(scope), error)
            await answer(scope, receive, send)


def problem_page(request: Request, status: int, sentence: str, **context: Any) -> Response:
    """A page that says what happened and what to do now."""
    title = TITLES.get(status, TITLES[500])
    begin = beginning_for(request)
    typed = _typed(request)
    back = page_of_form(request) if request.method == "POST" or status == NOT_ALLOWED else ""
    page = render(
        request, "errors/problem.html", status, title=title, sentence=sentence, begin=begin, typed=typed, back=back,
        again=bool(typed) and status in PASSES, hidden=_perhaps_hidden(request, status),
        someone=_perhaps_of_another(request, status), **context,
    )  # fmt: skip
    if status in {Busy.status, TooOften.status}:
        page.headers["Retry-After"] = str(context.get("wait", RETRY_SECONDS))
    return page


def _to_wait(page: Response) -> Response:
    page.headers["Retry-After"] = RETRY_SECONDS
    return page


def _perhaps_hidden(request: Request, status: int) -> str:
    """The number in the address of a case that is not there for this member of staff: there may be none, or one above their clearance."""
    number = CASE.match(request.url.path) if status == NOT_FOUND and _place(request) == WORKBENCH else None
    return number[1] if number and session_of(request) else ""


def _perhaps_of_another(request: Request, status: int) -> str:
    """The name of the citizen who is signed in and finds nothing: a link in a mail may be meant for somebody who shares the device."""
    session = session_of(request)
    return OwnWords(session.name) if session and status == NOT_FOUND and _place(request) == CITIZENS else ""


def _typed(request: Request) -> list[tuple[str, str]]:
    """The fields that somebody who is signed in had filled in: going back in the browser shows an empty form."""
    received = getattr(request.state, "received", None) if request.method == "POST" and session_of(request) else None
    if received is None:
        return []
    sent = {name: values for name, values in received.fields.items() if name not in {FIELD, KEY_FIELD}}
    return [(name, value) for name, values in sent.items() for value in values if value]


async def _code_needed(request: Request, error: Exception) -> Response:
    """The link of a department that is always asked for a code shows how to get one, and nothing else."""
    refused(request, SecurityEvent.LINK_REFUSED, why=type(error).__name__)
    return render(request, "department/code_needed.html", CodeNeeded.status, token=request.path_params["token"])


async def _known(request: Request, error: Exception) -> Response:
    tell_refusal(request, error)
    if isinstance(error, LinkGone) and _place(request) == DEPARTMENTS:
        # the same page for every link that does not work, however it was asked
        return render(request, "department/gone.html", LinkGone.status, other_language="")
    status = getattr(error, "status", 500)
    if status >= 500:  # noqa: PLR2004 - server errors
        log.error("known trouble", path_kind=_place(request), error=type(error).__name__)
    if isinstance(error, Busy) and request.method == "POST" and not hasattr(request.state, "received"):
        return _to_wait(
            page_to_send_again(request, status, TITLES[status], str(error), await texts_given_back(request))
        )
    sentences = list(error.fields.values()) if isinstance(error, Invalid) else []
    return problem_page(request, status, str(error) if not sentences else SENTENCES_OF_FORM, sentences=sentences)


SENTENCES_OF_FORM = "Ga terug naar het formulier en verbeter wat hieronder staat. Er is niets opgeslagen."


async def _too_often(request: Request, error: Exception) -> Response:
    assert isinstance(error, TooOften)  # noqa: S101 - the handler is registered for this class
    return await too_often_page(request, error)


async def _failed_at_the_door(request: Request, error: Exception) -> Response:
    refused = await failed_too_often(request, error)
    if refused is not None:
        return problem_page(request, refused.status, str(refused), sentences=[], wait=refused.seconds)
    return sign_in_failed(request, error) if isinstance(error, SignInFailed) else await _known(request, error)


async def _http(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 500)
    page = problem_page(request, status, SENTENCES.get(status, str(ZaakspoorError())), sentences=[])
    page.headers.update(getattr(error, "headers", None) or {})
    return page


async def _wrong_address(request: Request, error: Exception) -> Response:  # noqa: ARG001
    # a path or query that does not parse names nothing that exists; the details would only help a prober
    return problem_page(request, 404, SENTENCES[404], sentences=[])


async def _unforeseen(request: Request, error: Exception) -> Response:
    if known := trouble(error):  # a read that the database broke off
        log.error("known trouble", path_kind=_place(request), error=type(known).__name__)
        return problem_page(request, known.status, str(known), sentences=[])
    number = secrets.token_hex(4)
    log.error("unforeseen", number=number, path_kind=_place(request), where=_trace(error))
    named = {name: str(value) for name, value in request.path_params.items()}
    await run_in_threadpool(tell_of_page, get_services(request), named, number, _page_of_staff(request))
    sentence = f"{ZaakspoorError()} Lukt het weer niet? Bel of mail ons en noem nummer {number}."
    return problem_page(request, 500, sentence, sentences=[])


def _page_of_staff(request: Request) -> str:
    """The address of a page that staff can open again, to see whether it is shown; nothing for others, whose address may be a secret."""
    return request.url.path if _place(request) == WORKBENCH and request.method == "GET" else ""


def _trace(error: BaseException | None) -> list[str]:
    """Kinds of error and the lines they came from. No messages and no values: those may hold a BSN or a link."""
    found: list[str] = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        found.append(type(error).__name__)
        found += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
        error = error.__cause__ or error.__context__
    return found


def _place(request: Request) -> str:
    """The first part of the path: the rest may hold a secret link."""
    return "/" + request.url.path.strip("/").split("/", maxsplit=1)[0]
