"""Changes from Brieven: a letter was printed and sent on a day; a mail that was refused is sent again or settled; what is
held is made again or sent as it is.
"""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.pages import go_to
from portal.workbench.dates import date_in
from portal.workbench.doors import Worker
from portal.workbench.tabs import change_on_tab, show_tab
from portal.workbench.waiting_words import today_of
from processes.actions import act
from processes.actions.fact_dates import CorrectSent
from processes.actions.held import RetryHeldLetter, RetryHeldMail, SendHeldLetter, SendHeldMail
from processes.actions.mail_answers import SettleAnswer
from processes.actions.mailing import RetryMail, SettleMail
from processes.actions.post import ConfirmPosted, TakeBackPosted
from processes.base.errors import Invalid

router = APIRouter(prefix="/zaken")


@router.post("/{number}/brieven/{notice}/verzonden")
def sent(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, notice: RowId
) -> Response:
    try:
        day = date_in(form, f"sent_on-{notice}")
    except Invalid as error:
        return show_tab(request, services, actor, number, "brieven", errors=error.fields, typed=form)
    action = ConfirmPosted(notice, day)
    return change_on_tab(request, services, actor, action, form, number, "brieven", "verzonden", f"-{notice}")


@router.post("/{number}/brieven/{notice}/verzonden-vandaag")
def sent_today(actor: Worker, form: PlainForm, services: TheServices, number: str, notice: RowId) -> Response:
    """One press on Vandaag, and back to it."""
    act(services, actor, ConfirmPosted(notice), once=form.form_key or None)
    return go_to(today_of(form, "verzonden-vandaag", f"zaken/{number}/brieven/{notice}"))


@router.post("/{number}/brieven/{notice}/toch-niet")
def not_sent(actor: Worker, form: PlainForm, services: TheServices, number: str, notice: RowId) -> Response:  # noqa: ARG001 - the guard asks the number
    act(services, actor, TakeBackPosted(notice), once=form.form_key or None)
    return go_to(today_of(form, "niet-verzonden"))


@router.post("/{number}/brieven/{notice}/verzenddatum")
def correct_sent(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, notice: RowId
) -> Response:
    """Another day on which the letter was sent, with a reason."""
    try:
        day = date_in(form, f"sent_on-{notice}")
    except Invalid as error:
        return show_tab(request, services, actor, number, "brieven", errors=error.fields, typed=form)
    action = CorrectSent(notice, day, form.text(f"reason-{notice}"))
    return change_on_tab(request, services, actor, action, form, number, "brieven", "verzenddatum", f"-{notice}")


@router.post("/{number}/mails/{mail}/opnieuw")
def mail_again(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, mail: RowId
) -> Response:
    action = RetryMail(mail, form.one(f"address-{mail}"), form.text(f"reason-{mail}"))
    return change_on_tab(request, services, actor, action, form, number, "brieven", "mail-opnieuw", f"-{mail}")


@router.post("/{number}/mails/{mail}/afgehandeld")
def mail_settled(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, mail: RowId
) -> Response:
    action = SettleMail(mail)
    return change_on_tab(request, services, actor, action, form, number, "brieven", "mail-afgehandeld", f"-{mail}")


@router.post("/{number}/antwoorden/{answer}/afgehandeld")
def answer_settled(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, answer: RowId
) -> Response:
    return change_on_tab(
        request, services, actor, SettleAnswer(answer), form, number, "brieven", "antwoord-afgehandeld"
    )


@router.post("/{number}/brieven/{notice}/nog-eens")
def retry_held_letter(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, notice: RowId
) -> Response:
    return change_on_tab(request, services, actor, RetryHeldLetter(notice), form, number, "brieven", "nog-eens")


@router.post("/{number}/brieven/{notice}/toch-versturen")
def send_held_letter(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, notice: RowId
) -> Response:
    mark = f"-letter-{notice}"
    action = SendHeldLetter(notice, form.one(f"text{mark}"), form.one(f"reason{mark}"))
    return change_on_tab(request, services, actor, action, form, number, "brieven", "toch-verstuurd", mark)


@router.post("/{number}/mails/{mail}/nog-eens")
def retry_held_mail(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, mail: RowId
) -> Response:
    return change_on_tab(request, services, actor, RetryHeldMail(mail), form, number, "brieven", "nog-eens")


@router.post("/{number}/mails/{mail}/toch-versturen")
def send_held_mail(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, mail: RowId
) -> Response:
    mark = f"-mail-{mail}"
    action = SendHeldMail(mail, form.one(f"text{mark}"), form.one(f"reason{mark}"))
    return change_on_tab(request, services, actor, action, form, number, "brieven", "toch-verstuurd", mark)
