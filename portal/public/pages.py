"""/openbaar: the list, one page, and a file of it."""

from typing import Annotated
from urllib.parse import quote_plus

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from portal.doors import TheServices
from portal.downloads import send_document
from portal.pages import render
from portal.security.limits import allow_address
from processes.base.limit_kinds import LimitKind
from processes.reads.public import public_file, read_public_list, read_public_page

GONE = 410
router = APIRouter(prefix="/openbaar", dependencies=[Depends(allow_address(LimitKind.PUBLIC))])
PublicId = Annotated[str, Path(pattern=r"^[0-9a-z]{1,32}$")]


@router.get("")
def listed(
    request: Request, services: TheServices, zoek: Annotated[str, Query(max_length=100)] = "",
    pagina: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:  # fmt: skip
    """Everything that was published, newest first."""
    found = read_public_list(services, zoek, pagina)
    words = f"zoek={quote_plus(zoek).replace('%', '%%')}&" if zoek else ""
    return render(request, "public/list.html", found=found, words=zoek, address=f"/openbaar?{words}pagina=%d")


@router.get("/{publication}")
def page(request: Request, services: TheServices, publication: PublicId) -> Response:
    """One publication; of a page that was taken back only that, with status 410."""
    shown = read_public_page(services, publication)
    status = GONE if shown.withdrawn_on else 200
    return render(request, "public/page.html", status, page=shown)


@router.get("/{publication}/{document}")
def file(services: TheServices, publication: PublicId, document: PublicId) -> Response:
    found = public_file(services, publication, document)
    return send_document(services.files.read(found.blob, found.file_key), found.name, found.media_type, found.size)
