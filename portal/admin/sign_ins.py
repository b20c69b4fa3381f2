"""/beheer/inloggen: where and when I signed in, and signing out there (C20), for who works in the administration."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.security.guards import signed_in_staff
from portal.staff_sign_ins import StaffSignInsDoor
from processes.base.actor import Actor, StaffRole

router = APIRouter(prefix="/inloggen")
DOOR: Final = StaffSignInsDoor("/beheer/inloggen", "admin/sign_ins.html")
Anybody = Annotated[Actor, Depends(signed_in_staff(StaffRole.ADMIN, StaffRole.ARCHIVIST, StaffRole.PRIVACY))]


@router.get("")
def sign_ins(request: Request, actor: Anybody, services: TheServices, gedaan: str = "") -> Response:
    return DOOR.show(request, services, actor, gedaan)


@router.post("")
def end(request: Request, actor: Anybody, form: PlainForm, services: TheServices) -> Response:
    return DOOR.end(request, services, actor, form)
