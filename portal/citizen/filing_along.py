"""People who were named as filing along (C2): somebody comes in with a code, reads what it is about, and confirms or declines. And who named them asks
again, corrects an address, or takes somebody off.

Nothing of a case is shown before `OpenInvitation` compared the name of who is signed in. Wrong codes are counted with those of letters.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from engine.words import SignInLevel
from portal.citizen.addresses import CaseNumber, NoticeId
from portal.citizen.contact import asks_address, contact_wrong, fields_of, parties_of, with_address
from portal.citizen.linking import code_page, without_try, wrong_code
from portal.citizen.refusals import refusal
from portal.doors import Citizen, PlainForm, TheServices
from portal.drafts import asks_language
from portal.language.chosen import language_chosen
from portal.pages import go_to, render
from portal.received import Received
from portal.security.guards import own_identity
from portal.security.limits import count_wrong_code
from portal.security.looking import INVITATION, saw
from portal.sign_on.identity import NAMED
from processes.actions import act
from processes.actions.co_filers import InviteAgain, Invited, TakeOffCoFiler
from processes.actions.filing_along import DeclineFiling, JoinAnswer, JoinFiling, OpenInvitation
from processes.base.actor import UNKNOWN_NAME, Actor
from processes.base.errors import TOO_LATE, Busy, Invalid, StrongerSignInNeeded
from processes.reads.citizen import ConfirmPage, finds_addresses, read_co_filer, read_joining, read_profile
from processes.storage.citizens import identity_of
from processes.storage.services import Services

router = APIRouter(prefix="/mijn")
Code = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,40}$")]
CoFilerId = NoticeId
FOR_ANOTHER: Final = "U handelt nu namens iemand anders, of voor één vestiging. Log in voor uzelf of voor het hele bedrijf om mee te doen."
LATER: Final = (
    "Wij kunnen nu niet nakijken of de uitnodiging voor u is. Probeer het later nog een keer. Uw code blijft werken."
)
SENT: Final[Mapping[str, str]] = {
    Invited.MAILED: "verstuurd=nieuwemail", Invited.BY_HAND: "verstuurd=nieuwecode", Invited.ENOUGH: "verstuurd=geenmail",
}  # fmt: skip


@router.get("/meedoen/{invitation}")
def ask(request: Request, invitation: Code, actor: Citizen, services: TheServices) -> Response:
    came = _come_in(request, actor, services, invitation)
    return came if isinstance(came, Response) else _page(request, actor, invitation, came)


@router.post("/meedoen/{invitation}")
def join(request: Request, invitation: Code, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    """Take part, with the own contact details."""
    came = _come_in(request, actor, services, invitation)
    if isinstance(came, Response):
        return came
    if asks_language(form) or asks_address(form):
        return _once_more(request, actor, services, invitation, came, form)
    me, told = _named(actor, came), own_identity(request)
    if wrong := contact_wrong(came, me, form):
        return _page(request, actor, invitation, came, form, wrong)
    (party,) = parties_of(came, me, form, told, language_chosen(request))
    try:
        answer = act(
            services,
            actor,
            JoinFiling(invitation, identity_of(told) or "", party, named=NAMED in told),
            once=form.form_key,
        )
    except Invalid as error:
        of_page = fields_of(came, me, form)
        return _page(
            request,
            actor,
            invitation,
            came,
            form,
            {of_page.get(name, name): said for name, said in error.fields.items()},
        )
    kind, _, more = answer.partition(" ")
    if kind in set(JoinAnswer):  # something happened since a moment ago
        return _refused(request, actor, invitation, kind, more)
    return go_to(f"/mijn/zaken/{answer}?verstuurd=meegedaan")


@router.post("/meedoen/{invitation}/niet")
def decline(request: Request, invitation: Code, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    """Not take part: who named this person and the handler are told."""
    if no_try := without_try(request, actor, invitation, FOR_ANOTHER):
        return no_try
    told = own_identity(request)
    action = DeclineFiling(invitation, identity_of(told) or "", form.text("reason"), named=NAMED in told)
    try:
        answer, _, more = act(services, actor, action, once=form.form_key).partition(" ")
    except Invalid as error:
        came = _come_in(request, actor, services, invitation)
        return came if isinstance(came, Response) else _page(request, actor, invitation, came, form, error.fields)
    return _told(request, "declined") if answer == JoinAnswer.IN else _refused(request, actor, invitation, answer, more)


def _once_more(
    request: Request, actor: Actor, services: Services, code: str, page: ConfirmPage, form: Received
) -> Response:
    """The same page with what was typed, and the address of the postcode and house number when that was asked."""
    try:
        return _page(request, actor, code, page, with_address(services, form) if asks_address(form) else form)
    except Invalid as error:
        return _page(request, actor, code, page, form, error.fields)


def _come_in(request: Request, actor: Actor, services: Services, code: str) -> ConfirmPage | Response:
    """The filing to confirm, else a page that says nothing of it."""
    if no_try := without_try(request, actor, code, FOR_ANOTHER):
        return no_try
    told = own_identity(request)
    opened = OpenInvitation(code, identity_of(told) or "", named=NAMED in told)
    answer, _, more = act(services, actor, opened).partition(" ")
    if answer != JoinAnswer.IN:
        return _refused(request, actor, code, answer, more)
    page = read_joining(services, int(more))
    saw(request, page.number, INVITATION)
    return page


def _refused(request: Request, actor: Actor, code: str, answer: str, more: str) -> Response:
    """A page that says nothing of the case. Raises StrongerSignInNeeded."""
    if answer == JoinAnswer.WEAK:
        raise StrongerSignInNeeded(more, SignInLevel.HIGH)
    if answer == JoinAnswer.WRONG:
        return wrong_code(request, actor, code)
    if answer == JoinAnswer.LATER:
        return code_page(request, code, LATER, Busy.status)
    if answer == JoinAnswer.ANOTHER:  # so that nobody goes on trying with a link that was passed on
        count_wrong_code(request, actor)
    return _told(request, answer)


def _told(request: Request, answer: str) -> Response:
    return render(request, "citizen/join_answer.html", answer=answer)


def _page(
    request: Request, actor: Actor, code: str, page: ConfirmPage, typed: Received | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    profile = replace(
        read_profile(request.app.state.services, actor), name=_named(actor, page).name, name_unknown=False
    )
    return render(
        request, "citizen/join.html", Invalid.status if errors else 200, page=page, code=code, profile=profile, typed=typed,
        errors=errors or {}, finds=finds_addresses(request.app.state.services),
    )  # fmt: skip


def _named(actor: Actor, page: ConfirmPage) -> Actor:
    """The actor who is signed in; where the sign-in gave no name, by the name that was typed of this person."""
    return replace(actor, name=page.name) if actor.name == UNKNOWN_NAME else actor


@router.get("/zaken/{number}/mede/{co_filer}")
def ask_change(
    request: Request, number: CaseNumber, co_filer: CoFilerId, actor: Citizen, services: TheServices
) -> Response:
    """One of those whom this person named: the address to correct, or taking them off."""
    return _change_page(request, actor, services, number, co_filer)


@router.post("/zaken/{number}/mede/{co_filer}")
def invite_again(
    request: Request, number: CaseNumber, co_filer: CoFilerId, actor: Citizen, form: PlainForm, services: TheServices
) -> Response:
    if asks_language(form):
        return _change_page(request, actor, services, number, co_filer, form)
    try:
        answer = act(services, actor, InviteAgain(number, co_filer, form.one("email")), once=form.form_key)
    except Invalid as error:
        return _change_page(request, actor, services, number, co_filer, form, error.fields)
    except TOO_LATE as error:
        return refusal(request, error, number)
    return go_to(f"/mijn/zaken/{number}?{SENT[answer]}")


@router.post("/zaken/{number}/mede/{co_filer}/weg")
def take_off(
    request: Request, number: CaseNumber, co_filer: CoFilerId, actor: Citizen, form: PlainForm, services: TheServices
) -> Response:
    try:
        act(services, actor, TakeOffCoFiler(number, co_filer), once=form.form_key)
    except TOO_LATE as error:
        return refusal(request, error, number)
    return go_to(f"/mijn/zaken/{number}?verstuurd=medeweg")


def _change_page(
    request: Request, actor: Actor, services: Services, number: str, co_filer: int, typed: Received | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    person = read_co_filer(services, actor, number, co_filer)
    return render(
        request,
        "citizen/co_filer.html",
        Invalid.status if errors else 200,
        person=person,
        number=number,
        typed=typed,
        errors=errors or {},
    )
