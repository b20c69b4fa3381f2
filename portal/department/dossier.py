"""Pages that a department can read: the dossier, and a page of each thing that happened in it.

Reading changes nothing, so that a mail scanner that opens every link does no harm (B7).
"""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.department.door import Guest, nothing_here
from portal.department.kept import NO_DELIVERY, kept_delivery
from portal.department.pages import show_choice, show_dossier, show_receipt
from portal.doors import RowId, TheServices
from portal.downloads import send_document, send_words
from portal.pages import render
from portal.security.looking import fetched
from processes.reads.department import (
    read_dossier,
    read_filed_words,
    read_message,
    read_publication,
    read_published,
    read_request,
)

router = APIRouter()
READ = ["GET", "HEAD"]


@router.api_route("/{token}", methods=READ)
def dossier(request: Request, token: str, services: TheServices, gedaan: str = "", bewaard: str = "") -> Response:
    page = read_dossier(services, token)
    asked = page.requests[0] if page.requests else None
    kept = kept_delivery(services, token, asked, just_now=bool(bewaard)) if asked else NO_DELIVERY
    return show_dossier(request, token, page, done=bool(gedaan), locked=gedaan == "slot", kept=kept)


@router.api_route("/{token}/nazending", methods=READ)
def supplement(request: Request, token: str, services: TheServices, bewaard: str = "") -> Response:
    """A late supplement, or more documents when nothing is asked (O27, O28)."""
    page = read_dossier(services, token)
    if not page.may_send:
        nothing_here(token)
    kept = kept_delivery(services, token, None, just_now=bool(bewaard))
    return show_choice(request, token, page, None, "", {}, kept=kept)


@router.api_route("/{token}/ontvangst/{receipt}", methods=READ)
def delivery(request: Request, token: str, receipt: str, nieuw: str = "", terug: str = "") -> Response:
    """A delivery as it stands: the receipt (B6) and what the case worker thought of each document."""
    return show_receipt(request, token, receipt, new=bool(nieuw), back=bool(terug))


@router.api_route("/{token}/gevraagd/{asked}", methods=READ)
def asked(request: Request, token: str, asked: RowId, services: TheServices) -> Response:
    """A request as it was made, with what came of it."""
    shown = read_request(services, token, asked)
    return render(request, "department/request.html", token=token, dossier=read_dossier(services, token), page=shown)


@router.api_route("/{token}/bericht/{message}", methods=READ)
def message(request: Request, token: str, message: RowId, services: TheServices) -> Response:
    """A reminder or another mail about this dossier."""
    shown = read_message(services, token, message)
    return render(request, "department/message.html", token=token, dossier=read_dossier(services, token), page=shown)


@router.api_route("/{token}/voor-u/{document}", methods=READ)
def published(request: Request, token: str, document: str, services: TheServices) -> Response:
    """A document that was given to this department, with what it is."""
    shown = read_published(services, token, document)
    return render(request, "department/published.html", token=token, dossier=read_dossier(services, token), page=shown)


@router.api_route("/{token}/stuk/{document}", methods=READ)
def download(request: Request, guest: Guest, token: str, document: str, services: TheServices) -> Response:
    file = read_publication(services, token, document)
    fetched(request, guest, document, file.case)
    return send_document(services.files.read(file.blob, file.file_key), file.name, file.media_type, file.size)


@router.api_route("/{token}/ingestuurd/{filed}", methods=READ)
def filed(request: Request, token: str, filed: str, services: TheServices) -> Response:
    """An answer that was given by this link, in the words of that day (B6)."""
    shown = read_filed_words(services, token, filed)
    return render(request, "department/filed.html", token=token, dossier=read_dossier(services, token), page=shown)


@router.api_route("/{token}/ingestuurd/{filed}/tekst", methods=READ)
def filed_text(token: str, filed: str, services: TheServices) -> Response:
    """The words as plain text: the fingerprint of the words is of these bytes."""
    return send_words(read_filed_words(services, token, filed))
