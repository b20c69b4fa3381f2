"""/werk/zaken/<number>/tekening/<instance>: the drawing that a case, or a process that it called, follows, as a file for the script."""

from fastapi import APIRouter
from starlette.responses import Response

from portal.doors import RowId, TheServices
from portal.downloads import send_document
from portal.workbench.doors import Worker
from processes.reads import workbench as reads

router = APIRouter(prefix="/zaken")
BPMN = "application/xml"


@router.get("/{number}/tekening/{instance}")
def drawing(actor: Worker, services: TheServices, number: str, instance: RowId) -> Response:
    found = reads.read_case_drawing(services, actor, number, instance)
    return send_document([found], f"{number}-{instance}.bpmn", BPMN, len(found))
