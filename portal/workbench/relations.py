"""Changes from Overzicht: another case belongs to this one, or no longer."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.workbench.doors import Worker
from portal.workbench.tabs import change_on_tab
from processes.actions.relating import RelateCases, UnrelateCases

router = APIRouter(prefix="/zaken")


@router.post("/{number}/relaties")
def relate(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    action = RelateCases(number, form.one("other"), form.one("kind"))
    return change_on_tab(request, services, actor, action, form, number, "", "gekoppeld")


@router.post("/{number}/relaties/{other}/weg")
def unrelate(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, other: str
) -> Response:
    return change_on_tab(request, services, actor, UnrelateCases(number, other), form, number, "", "losgemaakt")
