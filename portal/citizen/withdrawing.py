"""Withdrawing a case (Awb 6:21): a page of its own that says what it means, and a button that does it."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.citizen.addresses import CaseNumber
from portal.citizen.refusals import refusal
from portal.doors import Citizen, PlainForm, TheServices, row_ids
from portal.drafts import asks_language
from portal.pages import go_to, render
from portal.received import Received
from processes.actions import act
from processes.actions.withdrawing import Withdraw
from processes.base.errors import TOO_LATE, NotNow
from processes.reads.citizen import CasePage, read_case

router = APIRouter(prefix="/mijn")
SENTENCE = "U kunt deze zaak hier niet (meer) intrekken. Stuur ons een bericht of bel ons als u dat toch wilt."


@router.get("/zaken/{number}/intrekken")
def ask(request: Request, number: CaseNumber, actor: Citizen, services: TheServices) -> Response:
    case = read_case(services, actor, number)
    return _page(request, case) if case.may_withdraw else refusal(request, NotNow(SENTENCE), number)


@router.post("/zaken/{number}/intrekken")
def withdraw(request: Request, number: CaseNumber, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    case = read_case(services, actor, number)
    if case.running and not case.may_withdraw:
        return refusal(request, NotNow(SENTENCE), number)
    if case.running and asks_language(form):
        return _page(request, case, typed=form)
    if case.running and not form.ticked("sure"):
        return _page(request, case, {"sure": "Zet een vinkje als u de zaak echt wilt intrekken."}, form)
    chosen = row_ids(form.all("parties"))
    if case.running and len(case.withdrawable) > 1 and not chosen:
        return _page(request, case, {"parties": "Kies voor wie u de zaak intrekt."}, form)
    try:
        act(services, actor, Withdraw(number, form.text("reason"), chosen), once=form.form_key)
    except TOO_LATE as error:
        return refusal(request, error, number)
    return go_to(f"/mijn/zaken/{number}?verstuurd=ingetrokken")


def _page(
    request: Request, case: CasePage, errors: dict[str, str] | None = None, typed: Received | None = None
) -> Response:
    status, typed = 422 if errors else 200, typed or Received()
    return render(request, "citizen/withdraw.html", status, case=case, errors=errors or {}, typed=typed)
