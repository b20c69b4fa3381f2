"""The page that draws: the drawing of a draft in the editor, saved while somebody works, checked after every change.

The editor runs in the browser and speaks with these addresses in JSON. A save names the save that it was made on: when
somebody else changed the drawing meanwhile the answer is 409 with who that was, and both drawings stay.
"""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from engine.edits import EditRefused, ReplaceDrawing, apply, drawing_of
from portal.admin.models import BPMN
from portal.admin.roles import Admin
from portal.admin.studio.pages import home_of
from portal.doors import PlainForm, TheServices
from portal.pages import render
from processes.actions import act
from processes.actions.drafting import SaveDraftFiles
from processes.base.actor import Actor
from processes.base.dutch import time_in_words
from processes.base.errors import Invalid, TooLarge, ZaakspoorError
from processes.reads.admin import ShownFinding
from processes.reads.studio import check_drawing, read_draft, read_draft_files, read_vocabulary
from processes.storage.services import Services
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter(prefix="/{name}/ontwerp")
MOST_BYTES: Final = (
    1_500_000  # of one drawing; below what a form may hold, so that this sentence is the one that is read
)
WORDS: Final = "Tekening veranderd."


@router.get("/tekening")
def page(request: Request, name: str, actor: Admin, services: TheServices) -> Response:
    return render(request, "admin/studio/drawing.html", head=read_draft(services, actor, name), home=home_of(name))


@router.get("/tekening.bpmn")
def drawing(name: str, actor: Admin, services: TheServices) -> Response:
    _, files = read_draft_files(services, actor, name)
    return Response(files[drawing_of(files)], media_type=BPMN)


@router.get("/woordenschat.json")
def vocabulary(name: str, actor: Admin) -> Response:
    del name, actor
    return JSONResponse(read_vocabulary())


@router.post("/tekening")
def save(name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    try:
        return JSONResponse(_saved(services, actor, name, form.one("revision"), _drawing(form.text("drawing"))))
    except ChangedMeanwhile as error:
        return JSONResponse(told_meanwhile(services, actor, name, error), error.status)
    except ZaakspoorError as error:
        return JSONResponse({"sentence": str(error)}, error.status)


@router.post("/bevindingen")
def findings(name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    found = check_drawing(services, actor, name, _drawing(form.text("drawing")))
    return JSONResponse({"findings": [_told(one) for one in found]})


def _told(finding: ShownFinding) -> dict[str, str]:
    """A finding for the editor; `code` and `mending` say how it can be mended there."""
    return {name: getattr(finding, name) for name in ("element", "severity", "place", "message", "code", "mending")}


def _drawing(text: str) -> bytes:
    """Raises TooLarge."""
    found = text.encode()
    if len(found) > MOST_BYTES:
        raise TooLarge("Deze tekening is te groot. Maak deelprocessen van een deel ervan.")
    return found


def _saved(services: Services, actor: Actor, name: str, seen: str, drawing: bytes) -> dict[str, object]:
    """The new save, in the canonical form: what did not change stays to the byte. Raises Invalid and ChangedMeanwhile."""
    _, files = read_draft_files(services, actor, name)
    file = drawing_of(files)
    try:
        changed = apply(files, ReplaceDrawing(drawing))[file]
    except EditRefused as refused:
        raise Invalid({"drawing": str(refused)}) from refused
    revision = act(services, actor, SaveDraftFiles(name, seen, WORDS, {file: changed}))
    return {"revision": revision, "number": read_draft(services, actor, name).number}


def told_meanwhile(services: Services, actor: Actor, name: str, error: ChangedMeanwhile) -> dict[str, object]:
    """The save that came in between: by whom, when, and its id and number."""
    newest = read_draft(services, actor, name)
    told = {"who": newest.saved_by, "at": time_in_words(error.at), "revision": error.revision, "number": error.number}
    return {**told, "sentence": str(error)}
