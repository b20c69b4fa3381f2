"""/werk/zaken/<number>/partijen/<party>/zaken: all cases of one person or organisation."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import RowId, TheServices
from portal.workbench.doors import Worker
from portal.workbench.tabs import page_number, show_page
from processes.reads import workbench as reads

router = APIRouter(prefix="/zaken/{number}/partijen/{party}/zaken")


@router.get("")
def cases(
    request: Request, actor: Worker, services: TheServices, number: str, party: RowId, pagina: str = "1"
) -> Response:
    page = reads.read_cases_of_person(services, actor, number, party, page_number(pagina))
    return show_page(request, page, page.head.number, "cases_of_person", "Alle zaken", "partijen")
