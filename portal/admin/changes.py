"""Everything that was changed on pages of the administration, newest first, by kind and by person."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.doors import TheServices
from portal.pages import render
from processes.reads.admin import read_changes, read_roles

router = APIRouter()
Word = Annotated[str, Query(max_length=80)]


@router.get("/wijzigingen")
def changes(
    request: Request, actor: Admin, services: TheServices, soort: Word = "", door: Word = "",
    pagina: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> Response:  # fmt: skip
    page = read_changes(services, actor, soort, door, pagina)
    address = f"/beheer/wijzigingen?{urlencode({'soort': soort, 'door': door}).replace('%', '%%')}&pagina=%d"
    return render(request, "admin/changes.html", page=page, kind=soort, by=door, number=pagina, address=address)


@router.get("/rollen")
def roles(request: Request, actor: Admin, services: TheServices) -> Response:
    """Teams, and the roles of staff with the lanes that wait for them."""
    return render(request, "admin/roles.html", page=read_roles(services, actor))
