"""Ik heb een code: a case on paper is tied to who is signed in (C9), or somebody who was named comes to file along (C2). A wrong code tells nothing about which cases exist."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import Citizen, PlainForm, TheServices
from portal.drafts import asks_language
from portal.pages import go_to, render
from portal.security.guards import own_identity
from portal.security.limits import TooOften, count_wrong_code, refuse_without_tries
from portal.security.refusals import refused
from portal.sign_on.identity import NAMED
from processes.actions import act
from processes.actions.linking import LinkAnswer, LinkByCode
from processes.base.actor import Actor
from processes.base.errors import Busy, Invalid
from processes.base.security_log import SecurityEvent
from processes.reads.citizen import is_invitation
from processes.storage.citizens import identity_of
from processes.storage.services import Services

router = APIRouter(prefix="/mijn")
NO_CODE: Final = "Vul de code in."
FOR_ANOTHER: Final = "U handelt nu namens iemand anders, of voor één vestiging. Log in voor uzelf of voor het hele bedrijf om een zaak te koppelen."
WRONG: Final = (
    "Deze code werkt niet. Kijk of u hem goed heeft overgetypt. Een code werkt één keer. Een code uit een brief werkt zes weken lang. Een code om mee te "
    "doen werkt tot de dag die erbij staat. Werkt hij niet meer? Vraag dan een nieuwe."
)
LATER: Final = (
    "Wij kunnen nu niet nakijken of de brief voor u is. Probeer het later nog een keer. Uw code blijft werken."
)


@router.get("/koppelen")
def ask(request: Request, actor: Citizen) -> Response:  # noqa: ARG001 - the guard of the page
    return render(request, "citizen/link.html", typed="")


@router.post("/koppelen")
def link(request: Request, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    """To the case that the code belongs to. After five wrong codes nothing is tried any more that day."""
    if asks_language(form):
        return render(request, "citizen/link.html", typed=form.one("code"))
    return _tried(request, actor, services, form.one("code"))


def _tried(request: Request, actor: Actor, services: Services, code: str) -> Response:
    if no_try := without_try(request, actor, code, FOR_ANOTHER):
        return no_try
    if is_invitation(services, code):  # to file along: its own page looks who this is
        return go_to(f"/mijn/meedoen/{as_in_address(code)}")
    told = own_identity(request)
    answer = act(services, actor, LinkByCode(code, identity_of(told) or "", named=NAMED in told))
    if answer == LinkAnswer.WRONG:
        return wrong_code(request, actor, code)
    if answer == LinkAnswer.LATER:
        return code_page(request, code, LATER, Busy.status)
    if answer == LinkAnswer.ANOTHER:
        return render(request, "citizen/link_waits.html")
    return go_to(f"/mijn/zaken/{answer}?verstuurd=gekoppeld")


def as_in_address(code: str) -> str:
    """The code without spaces and hyphens."""
    return "".join(sign for sign in code if sign.isascii() and sign.isalnum())


def without_try(request: Request, actor: Actor, code: str, for_another: str) -> Response | None:
    """The page again, where nothing is tried: no code, an actor for somebody else (`for_another`: the sentence), or too many wrong ones before."""
    if not code or identity_of(own_identity(request)) is None or actor.for_whom:
        return code_page(request, code, for_another if actor.for_whom else NO_CODE)
    try:
        refuse_without_tries(request, actor)
    except TooOften as error:
        return _too_often(request, code, error)
    return None


def wrong_code(request: Request, actor: Actor, code: str) -> Response:
    """The page once more; the try is counted."""
    count_wrong_code(request, actor)
    refused(request, SecurityEvent.TOKEN_REFUSED, why="letter code wrong")
    return code_page(request, code, WRONG)


def _too_often(request: Request, code: str, error: TooOften) -> Response:
    """Nothing is tried any more, right or wrong."""
    page = render(request, "citizen/link.html", error.status, typed=code, errors={"code": str(error)})
    page.headers["Retry-After"] = str(error.seconds)
    return page


def code_page(request: Request, code: str, sentence: str, status: int = Invalid.status) -> Response:
    """The page that asks the code, with what is wrong."""
    return render(request, "citizen/link.html", status, typed=code, errors={"code": sentence})
