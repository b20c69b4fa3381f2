"""A draft beside a version that is or was in use, in sentences and on the drawings."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.comparing import ChosenVersion
from portal.admin.roles import Admin
from portal.admin.studio.pages import draft_page
from portal.doors import TheServices
from processes.reads.admin import compare_draft
from processes.reads.studio import check_draft

router = APIRouter()
PLACE = "verschil"


@router.get("/{name}/ontwerp/verschil")
def with_version(request: Request, name: str, actor: Admin, services: TheServices, met: ChosenVersion = 0) -> Response:
    """`met`: the version to compare with, the one in use unless said."""
    checked = check_draft(services, actor, name)
    compared = compare_draft(services, actor, checked.check, met)
    return draft_page(request, "difference.html", checked, PLACE, compared=compared)
