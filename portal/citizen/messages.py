"""A message from the page of a case (D41-D48)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.citizen.addresses import CaseNumber
from portal.citizen.cases import case_page
from portal.citizen.refusals import refusal
from portal.doors import Citizen, PlainForm, TheServices
from portal.drafts import asks_language
from portal.pages import go_to
from processes.actions import act
from processes.actions.messages import SendMessage
from processes.base.errors import TOO_LATE, Invalid

router = APIRouter(prefix="/mijn")


@router.post("/zaken/{number}/berichten")
def send(request: Request, number: CaseNumber, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    if asks_language(form):
        return case_page(request, services, actor, number, typed=form)
    try:
        act(services, actor, SendMessage(number, form.text("text")), once=form.form_key)
    except Invalid as error:
        return case_page(request, services, actor, number, 422, errors=error.fields, typed=form)
    except TOO_LATE as error:
        return refusal(request, error, number)
    return go_to(f"/mijn/zaken/{number}?verstuurd=bericht")
