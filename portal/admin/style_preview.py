"""A house style seen before it is in use: example pages of each face and a letter, in frames that run nothing.

The pages are made of the same building blocks as the real ones, with invented contents: nobody's case is shown.
"""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from portal.admin.roles import Admin, Number
from portal.doors import TheServices
from portal.downloads import send_document
from portal.pages import render
from portal.security.headers import content_policy
from processes.base.errors import NotFound
from processes.reads.admin.house_style import style_of
from processes.reads.admin.style_letter import letter_in_style
from processes.storage.style_cache import StyleInUse

PAGES = {"burger": "Burger", "afdeling": "Afdeling", "werkplek": "Werkplek", "openbaar": "Openbaar", "brief": "Brief"}
router = APIRouter(prefix="/huisstijl/voorbeeld/{number}")


@router.get("")
def frames(
    request: Request, number: Number, actor: Admin, services: TheServices, pagina: Annotated[str, Query(max_length=20)] = "burger"
) -> Response:  # fmt: skip
    """One example page, as wide as there is room and as wide as a telephone."""
    style_of(services, actor, number)
    shown = pagina if pagina in PAGES else "burger"
    return render(request, "admin/style/frames.html", number=number, pages=PAGES, shown=shown)


@router.get("/brief.pdf")
def letter(number: Number, actor: Admin, services: TheServices) -> Response:
    content = letter_in_style(services, actor, number)
    return send_document([content], "voorbeeldbrief.pdf", "application/pdf", len(content))


@router.get("/{page}")
def example(request: Request, number: Number, page: str, actor: Admin, services: TheServices) -> Response:
    """One example page. Only a page of ours may frame it, and there is nobody signed in on it."""
    if page not in PAGES:
        raise NotFound
    style = StyleInUse(number, style_of(services, actor, number)) if number else None
    answer = render(request, f"admin/style/example_{page}.html", style=style, session=None, example=True)
    policy = content_policy(services.settings).replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    answer.headers["Content-Security-Policy"] = policy
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer
