"""The overview of a draft; beginning one, throwing it away, and taking it along as a zip."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine.edits import drawing_of
from portal.admin.models import BPMN
from portal.admin.roles import Admin
from portal.admin.studio.pages import draft_page, home_of, plain_draft_page
from portal.doors import PlainForm, TheServices
from portal.downloads import send_document
from portal.pages import go_to
from processes.actions import act
from processes.actions.drafting import DiscardDraft, StartDraft
from processes.reads.studio import (
    draft_zip,
    places_of_old_name,
    read_draft,
    read_draft_files,
    read_draft_overview,
    read_history,
)

router = APIRouter()
ZIP = "application/zip"
SHOWN_SAVES = 4


@router.post("/{process}/ontwerp/beginnen")
def begin(process: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    return go_to(home_of(act(services, actor, StartDraft(process), once=form.form_key)))


@router.get("/{name}/ontwerp")
def overview(
    request: Request, name: str, actor: Admin, services: TheServices, kopie: str = "", ingelezen: str = "",
    nieuw: str = "",
) -> Response:  # fmt: skip
    """`kopie`: it was made a moment ago as a copy; `ingelezen`: out of a package; `nieuw`: from nothing."""
    page = read_draft_overview(services, actor, name)
    checked = page.checked
    history = read_history(services, actor, name)
    places = places_of_old_name(services, actor, name) if checked.head.copied_from else ()
    saves = history.lines[:SHOWN_SAVES]
    return draft_page(
        request,
        "overview.html",
        checked,
        page=page,
        saves=saves,
        places=places,
        copied=kopie == "ja",
        taken_in=ingelezen == "ja",
        fresh=nieuw == "ja",
    )


@router.get("/{name}/ontwerp/bestand/tekening")
def drawing(name: str, actor: Admin, services: TheServices) -> Response:
    _, files = read_draft_files(services, actor, name)
    found = files[drawing_of(files)]
    return send_document([found], "tekening.bpmn", BPMN, len(found))


@router.get("/{name}/ontwerp/zip")
def as_zip(name: str, actor: Admin, services: TheServices) -> Response:
    packed = draft_zip(services, actor, name)
    return send_document([packed], f"{name}.zip", ZIP, len(packed))


@router.get("/{name}/ontwerp/weggooien")
def ask_discard(request: Request, name: str, actor: Admin, services: TheServices) -> Response:
    return plain_draft_page(request, "discard.html", read_draft(services, actor, name), "weggooien")


@router.post("/{name}/ontwerp/weggooien")
def discard(name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, DiscardDraft(name), once=form.form_key)
    return go_to("/beheer/zaaktypen?weg=ja")
