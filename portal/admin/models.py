"""Case types and called processes: the list, one process with its versions, and a drawing as a file."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin, Number
from portal.doors import TheServices
from portal.downloads import send_document
from portal.pages import render
from processes.base.actor import Actor
from processes.reads.admin import (
    ModelPage,
    read_door,
    read_drawing,
    read_ends_of_use,
    read_model_page,
    read_models,
    read_proposals,
)
from processes.reads.studio import DraftLine, read_draft_lines
from processes.storage.services import Services

router = APIRouter(prefix="/zaaktypen")
BPMN = "application/xml"


@router.get("")
def models(request: Request, actor: Admin, services: TheServices, weg: str = "", ingetrokken: str = "") -> Response:
    """`weg`: a draft was just thrown away; `ingetrokken`: a version that was not in use yet was withdrawn."""
    drafts = read_draft_lines(services, actor)
    return render(
        request, "admin/models.html", models=read_models(services, actor), drafts=drafts, discarded=weg == "ja",
        proposals=read_proposals(services, actor), withdrawn=ingetrokken == "ja",
        ends=read_ends_of_use(services, actor),
    )  # fmt: skip


@router.get("/{process}")
def newest(request: Request, process: str, actor: Admin, services: TheServices, nieuw: int | None = None) -> Response:
    """`nieuw` is the version that was just taken into use, for the sentence that says so."""
    page = read_model_page(services, actor, process)
    taken = nieuw if nieuw == page.summary.newest.version else None
    return _page(request, services, actor, page, taken)


@router.get("/{process}/{version}")
def one_version(request: Request, process: str, version: Number, actor: Admin, services: TheServices) -> Response:
    page = read_model_page(services, actor, process, version)
    return _page(request, services, actor, page, None)


@router.get("/{process}/{version}/tekening")
def drawing(process: str, version: Number, actor: Admin, services: TheServices) -> Response:
    found = read_drawing(services, actor, process, version)
    return send_document([found], f"{process}-versie-{version}.bpmn", BPMN, len(found))


def _page(request: Request, services: Services, actor: Actor, page: ModelPage, taken: int | None) -> Response:
    end = read_ends_of_use(services, actor).get(page.summary.process)
    door = read_door(services, actor, page.summary.process)
    return render(
        request, "admin/model.html", page=page, taken=taken, draft=_draft(services, actor, page.summary.process), end=end,
        door=door, proposal=door.open, end_now=end is not None and end.days.from_on <= page.today,
    )  # fmt: skip


def _draft(services: Services, actor: Actor, process: str) -> DraftLine | None:
    return next((one for one in read_draft_lines(services, actor) if one.name == process), None)
