"""/werk/documenten/<document>: the file of a document, for everybody who may see it."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import TheServices
from portal.downloads import send_document, show_document
from portal.security.looking import fetched
from portal.workbench.doors import Desk
from processes.reads import workbench as reads

router = APIRouter()


@router.get("/documenten/{document}")
def look(request: Request, actor: Desk, services: TheServices, document: str) -> Response:
    """Any document that this reader may see, in whatever state."""
    file = reads.document_for(services, actor, document)
    fetched(request, actor, document, file.case)
    return send_document(services.files.read(file.blob, file.file_key), file.name, file.media_type, file.size)


@router.get("/documenten/{document}/inzien")
def look_inside(request: Request, actor: Desk, services: TheServices, document: str) -> Response:
    """A document as a page of the workbench shows it, for who judges it."""
    file = reads.document_for(services, actor, document)
    fetched(request, actor, document, file.case)
    return show_document(services.files.read(file.blob, file.file_key), file.name, file.media_type, file.size)
