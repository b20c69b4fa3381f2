"""/beheer/medewerkers/vervanging: an administrator arranges who stands in for somebody who is ill."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.doors import PlainForm, RowId, TheServices
from portal.substitution import SubstitutionDoor

router = APIRouter(prefix="/medewerkers/vervanging")
DOOR: Final = SubstitutionDoor("/beheer/medewerkers/vervanging", "admin/substitution.html")


@router.get("")
def substitution(request: Request, actor: Admin, services: TheServices, gedaan: str = "") -> Response:
    return DOOR.show(request, services, actor, gedaan)


@router.post("")
def arrange(request: Request, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    return DOOR.arrange(request, services, actor, form)


@router.post("/{substitution}/beeindigen")
def end(actor: Admin, form: PlainForm, services: TheServices, substitution: RowId) -> Response:
    return DOOR.end(services, actor, form, substitution)
