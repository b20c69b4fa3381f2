"""The readers of a department's mailbox: a code goes there, and behind it stand all its open dossiers (P6, P7).

The session lives as those of others do, in a cookie of its own (`portal.security.sessions`), and shorter. The mailbox is sealed in
it; which departments that is, is asked at every page.
"""

import secrets
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from portal.department.networks import from_own_network
from portal.doors import PlainForm, RowId, TheServices
from portal.drafts import asks_language
from portal.pages import go_to, render
from portal.security.guards import SignInNeeded
from portal.security.limits import TooOften, allow_address, allow_asked
from portal.security.refusals import refused
from portal.security.sessions import cookie_name, cookie_of, drop_cookie, load_session, set_cookie
from processes.actions import act
from processes.actions.confirming import CodeAnswer
from processes.actions.mailbox_codes import AskMailboxCode, ShowMailboxCode
from processes.base.actor import SYSTEM
from processes.base.email_address import typed_address
from processes.base.errors import Invalid, LinkGone
from processes.base.limit_kinds import LimitKind
from processes.base.security_log import SecurityEvent, security_event
from processes.base.visitor import reads_mailbox
from processes.reads.department import MailboxChoice, link_from_mailbox, mailbox_behind, mailbox_name, read_mailbox
from processes.storage import web_sessions
from processes.storage.services import Services
from processes.storage.web_sessions import SignIn
from processes.storage.words import SessionKind

KIND: Final = SessionKind.DEPARTMENT
ASK_COOKIE: Final = "mailbox-code"
ASK_SECONDS: Final = 3600  # longer than a code lives, so that the page can say that it is over
MAILBOX: Final = "mailbox"  # the name in the session under which the address is sealed
OVERVIEW: Final = "/verzoek/overzicht"
READ: Final = ["GET", "HEAD"]
MOST_PAGES: Final = 10_000
WRONG: Final = {
    CodeAnswer.WRONG: "Deze code klopt niet. Kijk in de nieuwste e-mail in het postvak van uw afdeling.",
    CodeAnswer.OVER: "Deze code werkt niet (meer). Vraag een nieuwe code, en vul die in dezelfde browser in.",
}
NO_ADDRESS: Final = "Vul het e-mailadres van het postvak van uw afdeling in, zoals parkeren@voorbeeldstad.nl."
AskForCode = Depends(allow_address(LimitKind.CODE_NETWORK))


def known_mailbox(request: Request, services: TheServices) -> None:
    """A dependency of every page of departments: whose mailbox this visitor reads, where a session says so."""
    cookie = cookie_of(request, services, KIND)
    found = web_sessions.load(services, cookie) if cookie else None
    if found is not None and found.kind == KIND:
        reads_mailbox(found.identity[MAILBOX])


router = APIRouter(prefix="/verzoek", dependencies=[Depends(from_own_network), Depends(known_mailbox)])


def reader(request: Request, services: TheServices) -> SignIn:
    """Raises SignInNeeded for who showed no code."""
    found = load_session(request, services, KIND)
    if found is None:
        raise SignInNeeded(KIND)
    return found


def of_link(request: Request, token: str, services: TheServices) -> str:
    """The mailbox of the department of a link. Counted by the link, so that nobody uses up the tries of a department who knows its address
    alone. Raises LinkGone and TooOften, before a byte of a form is read.
    """
    address = mailbox_behind(services, token)
    allow_asked(request, LimitKind.CODE_ADDRESS, f"link:{services.secrets.token_hash(token)}")
    return address


OfLink = Annotated[str, Depends(of_link)]
Reader = Annotated[SignIn, Depends(reader)]


@router.api_route("", methods=READ)
def begin(request: Request, services: TheServices) -> Response:
    """Ask for a code, or go on to the overview."""
    if load_session(request, services, KIND):
        return go_to(OVERVIEW)
    return _asking(request)


@router.post("", dependencies=[AskForCode])
def ask(request: Request, form: PlainForm, services: TheServices) -> Response:
    """The same answer for every address; a new code in place of an earlier one of this browser."""
    if asks_language(form):
        return _asking(request, form.one("email"))
    wrong: dict[str, str] = {}
    address = typed_address(form.one("email"), "email", wrong)
    if not address:
        return _asking(request, form.one("email"), wrong or {"email": NO_ADDRESS})
    try:
        allow_asked(request, LimitKind.CODE_ADDRESS, address.lower())
    except TooOften as error:
        return _asking(request, form.one("email"), {"email": str(error)}, error)
    return _mail_code(services, address)


@router.post("/{token}/code")
def ask_by_link(
    token: str,  # noqa: ARG001 - the address is that of its department
    address: OfLink,
    form: PlainForm,  # noqa: ARG001 - reading the form checks its token
    services: TheServices,
) -> Response:
    """A link of a department that is always asked for a code: it goes to the mailbox of that department."""
    return _mail_code(services, address)


@router.api_route("/code", methods=READ)
def show_code(request: Request) -> Response:
    return _code_page(request)


@router.post("/code/invullen", dependencies=[Depends(allow_address(LimitKind.CODE_TRIED))])
def enter_code(request: Request, form: PlainForm, services: TheServices) -> Response:
    """With the right code to the overview; each wrong one counts."""
    if asks_language(form):
        return _code_page(request, form.one("code"))
    cookie = request.cookies.get(cookie_name(services.settings, ASK_COOKIE), "")
    ask_of = services.secrets.token_hash(cookie)
    answer = act(services, SYSTEM, ShowMailboxCode(ask_of, form.one("code")))
    if answer in WRONG:
        refused(request, SecurityEvent.TOKEN_REFUSED, why=f"mailbox code {answer}")
        return _code_page(request, form.one("code"), {"code": WRONG[CodeAnswer(answer)]})
    return _signed_in(request, services, answer)


@router.api_route("/overzicht", methods=READ)
def overview(
    request: Request, session: Reader, services: TheServices, toon: MailboxChoice = MailboxChoice.ASKED,
    zoek: Annotated[str, Query(max_length=200)] = "", pagina: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1,
) -> Response:  # fmt: skip
    """All open dossiers, what is asked in each, and how late it is."""
    try:
        page = read_mailbox(services, session.identity[MAILBOX], toon, zoek, pagina)
    except LinkGone:  # the mailbox is of no department any more
        web_sessions.end(services, session.cookie)
        raise SignInNeeded(KIND) from None
    return render(request, "department/overview.html", page=page, chosen=toon, sought=zoek)


@router.api_route("/overzicht/{dossier}", methods=READ)
def open_from_overview(session: Reader, services: TheServices, dossier: RowId) -> Response:
    """To the page of one dossier. Raises LinkGone for one of somebody else."""
    return go_to(f"/verzoek/{link_from_mailbox(services, session.identity[MAILBOX], dossier)}")


def _asking(
    request: Request, typed: str = "", errors: dict[str, str] | None = None, often: TooOften | None = None
) -> Response:
    status = often.status if often else Invalid.status if errors else 200
    page = render(request, "department/ask_code.html", status, typed=typed, errors=errors or {})
    if often:
        page.headers["Retry-After"] = str(often.seconds)
    return page


def _code_page(request: Request, typed: str = "", errors: dict[str, str] | None = None) -> Response:
    status = Invalid.status if errors else 200
    return render(request, "department/code.html", status, typed=typed, errors=errors or {})


def _mail_code(services: Services, address: str) -> Response:
    cookie = secrets.token_urlsafe(32)
    act(services, SYSTEM, AskMailboxCode(address, services.secrets.token_hash(cookie)))
    answer = go_to("/verzoek/code")
    set_cookie(answer, services.settings, cookie_name(services.settings, ASK_COOKIE), cookie, ASK_SECONDS)
    return answer


def _signed_in(request: Request, services: Services, address: str) -> Response:
    """A session under a new id; the subject says nothing about the address."""
    subject = f"mailbox:{services.secrets.digest(f'mailbox:{address}')[:20]}"
    before = cookie_of(request, services, KIND)
    made = web_sessions.create(
        services, KIND, subject, mailbox_name(services, address), identity={MAILBOX: address}, replaces=before
    )
    security_event(SecurityEvent.SIGN_IN, who=f"department:{subject}")
    answer = go_to(OVERVIEW)
    set_cookie(answer, services.settings, cookie_name(services.settings, KIND), made.cookie)
    drop_cookie(answer, services.settings, cookie_name(services.settings, ASK_COOKIE))
    return answer
