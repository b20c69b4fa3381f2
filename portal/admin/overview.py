"""The first page: what needs attention now, and which models are in use."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin, Number
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from portal.received import Received
from processes.actions import act
from processes.actions.course import RetryCase
from processes.actions.mailing import RetryMail, SettleMail
from processes.actions.timers import RetryTimers
from processes.actions.upkeep import RetryWork
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.admin import (
    missed_roles,
    read_attention,
    read_changes_to_agree,
    read_models,
    read_proposals,
    read_scanner,
    read_settings_to_confirm,
    read_to_fill_in,
)
from processes.storage.services import Services

router = APIRouter()
DONE = {
    "zaak": "De zaak probeert het opnieuw. Staat zij hieronder nog steeds, dan is de oorzaak niet weg.",
    "werk": "Het werk wordt nu opnieuw geprobeerd. Laad deze pagina over een minuut opnieuw.",
    "timers": "De timers van de zaak zijn afgegaan. Zorg ook dat het klokproces weer draait (zaakspoor clock).",
    "mail": "De mail wordt opnieuw verstuurd. Laad deze pagina over een minuut opnieuw.",
    "afgehandeld": "De mail is afgehandeld.",
    "herstel": "De mail gaat weer weg. Wat u niet koos, wordt niet meer verstuurd.",
}


@router.get("")
def overview(request: Request, actor: Admin, services: TheServices, opnieuw: str = "") -> Response:
    return _page(request, services, actor, done=DONE.get(opnieuw))


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
def retry_mail(
    request: Request, mail_id: Number, actor: Admin, form: PlainForm, services: TheServices
) -> Response:  # fmt: skip
    action = RetryMail(mail_id, form.one(f"address-{mail_id}"), form.text(f"reason-{mail_id}"))
    try:
        act(services, actor, action, once=form.form_key)
    except Invalid as error:
        errors = {f"{field}-{mail_id}": sentence for field, sentence in error.fields.items()}
        return _page(request, services, actor, Invalid.status, errors=errors, typed=form)
    return go_to("/beheer?opnieuw=mail")


@router.post("/mails/{mail_id}/afgehandeld")
def settle_mail(mail_id: Number, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, SettleMail(mail_id), once=form.form_key)
    return go_to("/beheer?opnieuw=afgehandeld")


def _page(
    request: Request, services: Services, actor: Actor, status: int = 200, *, done: str | None = None,
    errors: Mapping[str, str] | None = None, typed: Received | None = None,
) -> Response:  # fmt: skip
    return render(
        request, "admin/overview.html", status, attention=read_attention(services, actor),
        proposals=read_proposals(services, actor), to_agree=read_changes_to_agree(services, actor), to_confirm=read_settings_to_confirm(services, actor), models=read_models(services, actor), scanner=read_scanner(services, actor), missed=missed_roles(services, actor), to_fill_in="" if services.settings.demo else read_to_fill_in(services, actor), done=done, errors=errors or {}, typed=typed or Received(),
    )  # fmt: skip
