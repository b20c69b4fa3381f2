"""The texts of a draft that have no English yet, each with a link to where it is written."""

from itertools import groupby

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.admin.studio.pages import draft_page
from portal.doors import TheServices
from processes.reads.studio import read_english

router = APIRouter(prefix="/{name}/ontwerp/engels")


@router.get("")
def english(request: Request, name: str, actor: Admin, services: TheServices) -> Response:
    page = read_english(services, actor, name)
    groups = [(part, list(found)) for part, found in groupby(page.missing, key=lambda one: one.part)]
    return draft_page(request, "english.html", page.checked, "engels", page=page, groups=groups)
