"""/werk/vervanging: who stands in for me when I am away; a decider arranges it for others too, and the head of a team for its people."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.substitution import SubstitutionDoor
from portal.workbench.doors import WorkerOrLead

router = APIRouter(prefix="/vervanging")
DOOR: Final = SubstitutionDoor("/werk/vervanging", "workbench/substitution.html")


@router.get("")
def substitution(request: Request, actor: WorkerOrLead, services: TheServices, gedaan: str = "") -> Response:
    return DOOR.show(request, services, actor, gedaan)


@router.post("")
def arrange(request: Request, actor: WorkerOrLead, form: PlainForm, services: TheServices) -> Response:
    return DOOR.arrange(request, services, actor, form)


@router.post("/{substitution}/beeindigen")
def end(actor: WorkerOrLead, form: PlainForm, services: TheServices, substitution: RowId) -> Response:
    return DOOR.end(services, actor, form, substitution)
