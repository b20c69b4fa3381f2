"""Ik heb een code uit een brief: a case on paper is tied to who is signed in (C9). A wrong code tells nothing about which cases exist."""

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
from processes.storage.citizens import identity_of
from processes.storage.services import Services

router = APIRouter(prefix="/mijn")
NO_CODE: Final = "Vul de code in die op het blad bij de brief staat."
FOR_ANOTHER: Final = "U handelt nu namens iemand anders, of voor één vestiging. Log in voor uzelf of voor het hele bedrijf om een zaak te koppelen."
WRONG: Final = (
    "Deze code werkt niet. Kijk of u hem goed heeft overgetypt. Een code werkt één keer, en zes weken lang. Werkt hij niet meer? "
    "Bel ons dan voor een nieuwe."
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
    told = own_identity(request)
    identity = identity_of(told)
    if not code or identity is None or actor.for_whom:
        return _again(request, code, FOR_ANOTHER if actor.for_whom else NO_CODE)
    try:
        refuse_without_tries(request, actor)
    except TooOften as error:
        return _too_often(request, code, error)
    answer = act(services, actor, LinkByCode(code, identity, named=NAMED in told))
    if answer == LinkAnswer.WRONG:
        return _wrong(request, actor, code)
    if answer == LinkAnswer.LATER:
        return _again(request, code, LATER, Busy.status)
    if answer == LinkAnswer.ANOTHER:
        return render(request, "citizen/link_waits.html")
    return go_to(f"/mijn/zaken/{answer}?verstuurd=gekoppeld")


def _wrong(request: Request, actor: Actor, code: str) -> Response:
    count_wrong_code(request, actor)
    refused(request, SecurityEvent.TOKEN_REFUSED, why="letter code wrong")
    return _again(request, code, WRONG)


def _too_often(request: Request, code: str, error: TooOften) -> Response:
    page = render(request, "citizen/link.html", error.status, typed=code, errors={"code": str(error)})
    page.headers["Retry-After"] = str(error.seconds)
    return page


def _again(request: Request, code: str, sentence: str, status: int = Invalid.status) -> Response:
    return render(request, "citizen/link.html", status, typed=code, errors={"code": sentence})
