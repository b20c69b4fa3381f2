"""Pages that a department can read: the dossier, one delivery with its receipt, a document that was published to it.

Reading changes nothing, so that a mail scanner that opens every link does no harm (B7).
"""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.department.door import Guest, nothing_here
from portal.department.kept import NO_DELIVERY, kept_delivery
from portal.department.pages import show_choice, show_dossier
from portal.doors import TheServices
from portal.downloads import send_document, send_words
from portal.pages import render
from portal.security.looking import fetched
from processes.reads.department import read_delivery, read_dossier, read_filed_words, read_publication

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
    if not page.may_supplement:
        nothing_here(token)
    kept = kept_delivery(services, token, None, just_now=bool(bewaard))
    return show_choice(request, token, page, None, "", {}, kept=kept)


@router.api_route("/{token}/ontvangst/{receipt}", methods=READ)
def delivery(request: Request, token: str, receipt: str, services: TheServices, nieuw: str = "") -> Response:
    """A delivery as it stands: the receipt (B6) and what the case worker thought of each document."""
    shown = read_delivery(services, token, receipt)
    page = read_dossier(services, token)
    return render(request, "department/receipt.html", token=token, dossier=page, delivery=shown, new=bool(nieuw))


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
