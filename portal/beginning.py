"""`/`: where somebody begins who has no address to go to. The organisation's name and every problem page lead here."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from portal.doors import TheServices
from processes.base.errors import NotFound
from processes.base.settings import Face, Settings

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
