"""/werk/inloggen: where and when I signed in, and signing out there (C20)."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.staff_sign_ins import StaffSignInsDoor
from portal.workbench.doors import DeskOrLead

router = APIRouter(prefix="/inloggen")
DOOR: Final = StaffSignInsDoor("/werk/inloggen", "workbench/sign_ins.html")


@router.get("")
def sign_ins(request: Request, actor: DeskOrLead, services: TheServices, gedaan: str = "") -> Response:
    return DOOR.show(request, services, actor, gedaan)


@router.post("")
def end(request: Request, actor: DeskOrLead, form: PlainForm, services: TheServices) -> Response:
    return DOOR.end(request, services, actor, form)
