"""The notice of default (Awb 4:17, 6:12): a page of its own that says what it does, and a button that sends it."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.citizen.addresses import CaseNumber
from portal.citizen.refusals import refusal
from portal.doors import Citizen, PlainForm, TheServices
from portal.drafts import asks_language
from portal.pages import go_to, render
from portal.received import Received
from processes.actions import act
from processes.actions.defaulting import NOT_LATE, PutInDefault
from processes.base.errors import TOO_LATE, Invalid, NotNow
from processes.reads.citizen import CasePage, read_case

router = APIRouter(prefix="/mijn")


@router.get("/zaken/{number}/ingebrekestelling")
def ask(request: Request, actor: Citizen, number: CaseNumber, services: TheServices) -> Response:
    case = read_case(services, actor, number)
    return _page(request, case) if case.late_since else refusal(request, NotNow(NOT_LATE), number)


@router.post("/zaken/{number}/ingebrekestelling")
def send(request: Request, number: CaseNumber, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    case = read_case(services, actor, number)
    if case.late_since and asks_language(form):
        return _page(request, case, typed=form)
    if case.late_since and not form.ticked("sure"):
        return _page(request, case, {"sure": "Zet een vinkje als u ons in gebreke wilt stellen."}, form)
    try:
        act(services, actor, PutInDefault(number, form.text("text")), once=form.form_key)
    except Invalid as error:
        return _page(request, case, error.fields, form)
    except TOO_LATE as error:
        return refusal(request, error, number)
    return go_to(f"/mijn/zaken/{number}?verstuurd=ingebreke")


def _page(
    request: Request, case: CasePage, errors: dict[str, str] | None = None, typed: Received | None = None
) -> Response:
    text = typed.text("text") if typed else ""
    return render(request, "citizen/default.html", 422 if errors else 200, case=case, errors=errors or {}, text=text)
