"""The recorded rehearsals of a draft, each to be played: what went otherwise than it was recorded."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.admin.studio.pages import draft_page
from portal.doors import PlainForm, TheServices
from processes.reads.studio import REHEARSALS_SLUG, read_recorded, read_to_play
from processes.rehearsal.apart import play_apart

router = APIRouter(prefix=f"/{{name}}/ontwerp/{REHEARSALS_SLUG}")


@router.get("")
def recorded(request: Request, name: str, actor: Admin, services: TheServices) -> Response:
    checked, lines = read_recorded(services, actor, name)
    return draft_page(request, "rehearsals.html", checked, REHEARSALS_SLUG, lines=lines, played=None)


@router.post("/{file}")
def play(
    request: Request,
    name: str,
    file: Annotated[str, Path(max_length=100)],
    actor: Admin,
    form: PlainForm,
    services: TheServices,
) -> Response:
    """Nothing is kept of it: the page that comes back holds the answer."""
    del form
    checked, lines = read_recorded(services, actor, name)
    folder, library = read_to_play(services, actor, name, file)
    played = play_apart(folder, library, file) if checked.check.may_be_used else None
    return draft_page(request, "rehearsals.html", checked, REHEARSALS_SLUG, lines=lines, played=played)
