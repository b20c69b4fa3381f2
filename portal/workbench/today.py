"""/werk: Vandaag."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import TheServices
from portal.pages import render
from portal.workbench.doors import Desk
from processes.reads import workbench as reads

router = APIRouter()
WHOSE: dict[str, reads.Whose] = {"mij": "mine", "niemand": "nobody", "alles": "all"}


@router.get("")
def today(request: Request, actor: Desk, services: TheServices, van: str = "alles", pagina: int = 1) -> Response:
    page = reads.read_today(services, actor, WHOSE.get(van, "all"), pagina)
    return render(
        request, "workbench/today.html", page=page, van=van if van in WHOSE else "alles", place="today", most=reads.MOST
    )
