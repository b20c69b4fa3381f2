"""Mijn gegevens: e-mail, telephone and news by mail (D13-D18), where and when one signed in (C20), and confirming a mail address that one typed."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import Citizen, PlainForm, TheServices
from portal.drafts import asks_language
from portal.language.kept import keep_language
from portal.pages import go_to, render
from portal.security.guards import own_identity
from portal.security.own_sign_ins import own_sign_ins
from portal.security.refusals import refused
from portal.sign_in_pages import DONE as SIGNED_OUT
from portal.sign_in_pages import PageNumber, signed_out_as_asked
from processes.actions import act
from processes.actions.confirming import CodeAnswer, ConfirmAddress, MailCode
from processes.actions.profile import SaveProfile
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.base.security_log import SecurityEvent
from processes.reads.citizen import read_profile
from processes.storage.citizens import identity_of
from processes.storage.services import Services

router = APIRouter(prefix="/mijn")
DONE: Final = {
    "ja": "Uw gegevens zijn opgeslagen.",
    "code": "Wij hebben u een nieuwe code gestuurd. De vorige code werkt niet meer.",
    "bevestigd": "Uw e-mailadres is bevestigd.",
} | SIGNED_OUT
WRONG: Final = {
    CodeAnswer.WRONG: "Deze code klopt niet. Kijk in de nieuwste e-mail die u van ons kreeg.",
    CodeAnswer.OVER: "Deze code werkt niet meer. Vraag een nieuwe code met de knop 'Stuur de code opnieuw'.",
}
ENOUGH: Final = (
    "Wij hebben vandaag al vaak een code gestuurd. Probeer het morgen opnieuw, of vul een ander e-mailadres in."
)


@router.get("/gegevens")
def details(
    request: Request, actor: Citizen, services: TheServices, opgeslagen: str = "", pagina: PageNumber = 1
) -> Response:
    """`pagina`: of the own sign-ins."""
    return _page(request, services, actor, done=DONE.get(opgeslagen, ""), sign_ins_page=pagina)


@router.post("/gegevens")
def save(request: Request, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    wanted = SaveProfile(
        form.one("email"), form.one("phone"), news_by_mail=form.ticked("news_by_mail"),
        identity=identity_of(own_identity(request)), channel=form.one("channel") or None, address=form.text("address"),
        news_kinds=tuple(form.all("news_kinds")) if form.one("news_daily") else None, news_daily=form.one("news_daily") == "ja",
        language=form.one("language") or None,
    )  # fmt: skip
    if asks_language(form):
        return _page(request, services, actor, typed=wanted)
    try:
        act(services, actor, wanted, once=form.form_key)
    except Invalid as error:
        return _page(request, services, actor, error.fields, typed=wanted)
    answer = go_to("/mijn/gegevens?opgeslagen=ja")
    if wanted.language:
        keep_language(answer, services.settings, wanted.language)
    return answer


@router.post("/gegevens/bevestigen")
def confirm(request: Request, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    """The code that was mailed to an own address."""
    if asks_language(form):
        return _page(request, services, actor, code=form.one("code"))
    answer = CodeAnswer(act(services, actor, ConfirmAddress(form.one("code")), once=form.form_key))
    if answer in WRONG:
        refused(request, SecurityEvent.TOKEN_REFUSED, why=f"address code {answer}")
        return _page(request, services, actor, {"code": WRONG[answer]}, code=form.one("code"))
    return go_to("/mijn/gegevens?opgeslagen=bevestigd")


@router.post("/gegevens/code")
def mail_again(request: Request, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    """A new code; how often is bounded here (portal.security.limits) and per address (processes.post.own_addresses)."""
    answer = act(services, actor, MailCode(form.one("email")), once=form.form_key)
    if answer == CodeAnswer.ENOUGH:
        return _page(request, services, actor, {"code": ENOUGH})
    return go_to("/mijn/gegevens?opgeslagen=code")


@router.post("/gegevens/uitloggen")
def sign_out(request: Request, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    """One sign-in of this person, or everywhere (C20)."""
    return signed_out_as_asked(request, services, actor, form, "/mijn/gegevens?opgeslagen=uitgelogd")


def _page(
    request: Request, services: Services, actor: Actor, errors: dict[str, str] | None = None, *, done: str = "",
    typed: SaveProfile | None = None, code: str = "", sign_ins_page: int = 1,
) -> Response:  # fmt: skip
    status = Invalid.status if errors else 200
    profile = read_profile(services, actor)
    return render(
        request, "citizen/details.html", status, profile=profile, typed=typed, done=done, errors=errors or {},
        code=code, sign_ins=own_sign_ins(request, services, actor, sign_ins_page),
    )  # fmt: skip
