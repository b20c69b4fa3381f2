"""The first page: what needs attention now, and which models are in use."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin, Number
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from processes.actions import act
from processes.actions.course import RetryCase
from processes.actions.timers import RetryTimers
from processes.actions.upkeep import RetryMail, RetryWork
from processes.reads.admin import read_attention, read_models

router = APIRouter()
DONE = {
    "zaak": "De zaak probeert het opnieuw. Staat zij hieronder nog steeds, dan is de oorzaak niet weg.",
    "werk": "Het werk wordt nu opnieuw geprobeerd. Laad deze pagina over een minuut opnieuw.",
    "timers": "De timers van de zaak zijn afgegaan. Zorg ook dat het klokproces weer draait (zaakspoor clock).",
    "mail": "De mail wordt opnieuw verstuurd. Laad deze pagina over een minuut opnieuw.",
}


@router.get("")
def overview(request: Request, actor: Admin, services: TheServices, opnieuw: str = "") -> Response:
    return render(
        request, "admin/overview.html", attention=read_attention(services, actor), models=read_models(services, actor),
        done=DONE.get(opnieuw),
    )  # fmt: skip


@router.post("/zaken/{number}/opnieuw")
def retry_case(number: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, RetryCase(number), once=form.form_key)
    return go_to("/beheer?opnieuw=zaak")


@router.post("/zaken/{number}/timers")
def retry_timers(number: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, RetryTimers(number), once=form.form_key)
    return go_to("/beheer?opnieuw=timers")


@router.post("/werk/{work_id}/opnieuw")
def retry_work(work_id: Number, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, RetryWork(work_id), once=form.form_key)
    return go_to("/beheer?opnieuw=werk")


@router.post("/mails/{mail_id}/opnieuw")
def retry_mail(mail_id: Number, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, RetryMail(mail_id), once=form.form_key)
    return go_to("/beheer?opnieuw=mail")
