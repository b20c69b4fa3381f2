"""The page that draws: the drawing of a draft in the editor, saved while somebody works, checked after every change.

The editor runs in the browser and speaks with these addresses in JSON. A save names the save that it was made on: when
somebody else changed the drawing meanwhile the answer is 409 with who that was, and both drawings stay.
"""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.doors import PlainForm, TheServices
from portal.pages import render
from processes.actions import act
from processes.actions.drafting import SaveDraftFiles
from processes.base.actor import Actor
from processes.base.dutch import time_in_words
from processes.base.errors import Invalid, TooLarge, ZaakspoorError
from processes.reads.admin import check_drawing, read_draft_drawing, read_vocabulary
from processes.storage.services import Services
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter(prefix="/zaaktypen/{process}/ontwerp")
MOST_BYTES: Final = (
    1_500_000  # of one drawing; below what a form may hold, so that this sentence is the one that is read
)
WORDS: Final = "Tekening veranderd."


@router.get("/tekening")
def page(request: Request, process: str, actor: Admin, services: TheServices) -> Response:
    return render(request, "admin/drawing.html", draft=read_draft_drawing(services, actor, process))


@router.get("/tekening.bpmn")
def drawing(process: str, actor: Admin, services: TheServices) -> Response:
    return Response(read_draft_drawing(services, actor, process).drawing, media_type="application/xml")


@router.get("/woordenschat.json")
def vocabulary(process: str, actor: Admin) -> Response:
    del process, actor
    return JSONResponse(read_vocabulary())


@router.post("/tekening")
def save(process: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    try:
        return JSONResponse(_saved(services, actor, process, form.one("revision"), _drawing(form.text("drawing"))))
    except ChangedMeanwhile as error:
        newest = read_draft_drawing(services, actor, process)
        told = {
            "who": newest.saved_by,
            "at": time_in_words(error.at),
            "number": error.number,
            "revision": error.revision,
        }
        return JSONResponse(told | {"sentence": str(error)}, error.status)
    except ZaakspoorError as error:
        return JSONResponse({"sentence": str(error)}, error.status)


@router.post("/bevindingen")
def findings(process: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    found = check_drawing(services, actor, process, _drawing(form.text("drawing")))
    return JSONResponse(
        {
            "findings": [
                {"element": one.element, "severity": one.severity, "place": one.place, "message": one.message}
                for one in found
            ]
        }
    )


def _drawing(text: str) -> bytes:
    """Raises TooLarge, and Invalid for what is no drawing at all."""
    found = text.encode()
    if len(found) > MOST_BYTES:
        raise TooLarge(
            f"Deze tekening is groter dan {MOST_BYTES // 1_000_000} MB. Maak deelprocessen van een deel ervan."
        )
    if b"definitions" not in found:
        raise Invalid({"drawing": "Dit is geen tekening."})
    return found


def _saved(services: Services, actor: Actor, process: str, seen: str, drawing: bytes) -> dict[str, str | int]:
    before = read_draft_drawing(services, actor, process)
    revision = act(services, actor, SaveDraftFiles(process, seen, WORDS, {before.file: drawing}))
    after = read_draft_drawing(services, actor, process)
    return {"revision": revision, "number": after.number}
