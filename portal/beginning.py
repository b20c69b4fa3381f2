"""`/`: where somebody begins who has no address to go to. The organisation's name and every problem page lead here."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from portal.doors import TheServices
from portal.pages import get_services
from portal.security.sessions import kind_of
from processes.base.errors import NotFound
from processes.base.settings import Face, Settings
from processes.storage.words import SessionKind

BEGINNINGS = {Face.CITIZEN: "/mijn", Face.WORKBENCH: "/werk", Face.ADMIN: "/beheer", Face.PUBLIC: "/openbaar"}
router = APIRouter()


@router.get("/")
def begin(services: TheServices) -> Response:
    """Redirect to the first page of this installation. Raises NotFound where only departments come, by their links."""
    where = beginning_of(services.settings)
    if not where:
        raise NotFound
    return RedirectResponse(where, status_code=303)


def beginning_of(settings: Settings) -> str:
    """The first page of the first face that is on, or an empty text."""
    if settings.demo:
        return "/demo"
    return next((page for face, page in BEGINNINGS.items() if face in settings.faces), "")


def beginning_for(request: Request) -> str:
    """Where who opened this page begins: without sign-in at filing so, since all other first pages ask to sign in."""
    settings = get_services(request).settings
    if kind_of(request.url.path) == SessionKind.VISITOR and settings.filing and Face.CITIZEN in settings.faces:
        return "/indienen"
    return beginning_of(settings)
