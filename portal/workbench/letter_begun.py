"""/werk/zaken/<number>/nieuwe-brief: a letter that a handler writes beside the drawing is begun (W9); it then waits as a draft."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices, row_id, row_ids
from portal.downloads import send_document
from portal.received import Received
from portal.security.looking import saw
from portal.workbench.doors import Worker, carry_out
from portal.workbench.tabs import show_page
from processes.actions.free_letters import BeginLetter, letter_beforehand
from processes.base.actor import Actor
from processes.post.pdf import PDF
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/zaken/{number}")


@router.get("/nieuwe-brief")
def choose(request: Request, actor: Worker, services: TheServices, number: str) -> Response:
    return _page(request, services, actor, number)


@router.post("/nieuwe-brief")
def begin(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    action = BeginLetter(
        number, form.text("subject"), row_ids(form.all("parties")), form.one("standard"), tuple(form.all("documents"))
    )
    return carry_out(
        services, actor, action, form,
        lambda letter: f"/werk/zaken/{number}/concept/{letter}?gedaan=concept-begonnen",
        lambda errors: _page(request, services, actor, number, form, errors),
    )  # fmt: skip


@router.get("/concept/{letter}/voorbeeld")
def beforehand(
    request: Request, actor: Worker, services: TheServices, number: str, letter: RowId, voor: str = ""
) -> Response:
    """The PDF as it would leave now. `voor`: which copy; the first one without it."""
    content = letter_beforehand(services, actor, letter, (row_id(voor) or 0) if voor else None)
    saw(request, number, "letter_draft")
    return send_document([content], f"{number}-voorbeeld-{letter}.pdf", PDF, len(content))


def _page(
    request: Request, services: Services, actor: Actor, number: str, typed: Received | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    page = reads.read_begin_letter(services, actor, number)
    return show_page(request, page, number, "letter_begun", "Nieuwe brief", "brieven", errors=errors, typed=typed)
