"""The checklist on the overview of a case: add points, tick one, and strike one."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.workbench.doors import Worker
from portal.workbench.tabs import change_on_tab
from processes.actions.checklist import AddPoints, StrikePoint, TickPoint

router = APIRouter(prefix="/zaken")


@router.post("/{number}/controlelijst")
def add(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    action = AddPoints(number, form.text("points"))
    return change_on_tab(request, services, actor, action, form, number, "", "punten")


@router.post("/{number}/controlelijst/{point}")
def tick(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, point: RowId
) -> Response:
    action = TickPoint(number, point, form.ticked("done"))
    return change_on_tab(request, services, actor, action, form, number, "", "punt")


@router.post("/{number}/controlelijst/{point}/doorstrepen")
def strike(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, point: RowId
) -> Response:
    suffix = f"-{point}"
    action = StrikePoint(number, point, form.one(f"reason{suffix}"))
    return change_on_tab(request, services, actor, action, form, number, "", "doorgestreept", suffix)
