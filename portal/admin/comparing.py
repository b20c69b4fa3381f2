"""Two versions of a process beside each other, in sentences and on the drawings."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from portal.admin.roles import MOST, Admin
from portal.doors import TheServices
from portal.pages import render
from processes.reads.admin import read_comparison

router = APIRouter(prefix="/zaaktypen/{process}/verschil")
ChosenVersion = Annotated[int, Query(ge=0, le=MOST)]


@router.get("")
def versions(
    request: Request, process: str, actor: Admin, services: TheServices, van: ChosenVersion = 0, naar: ChosenVersion = 0
) -> Response:
    """`van` and `naar`: the older and the newer version; without them the last two."""
    return render(request, "admin/difference.html", page=read_comparison(services, actor, process, van, naar))
