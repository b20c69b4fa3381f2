"""Een document verbeteren: another type or title, or a new version of its file, each with a reason."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.kept_forms import HeldForm
from portal.received import Received
from portal.workbench.doors import Worker, carry_out
from portal.workbench.tabs import DOCUMENTS, show_page, tab_address
from processes.actions.correcting_document import CorrectDocument
from processes.actions.filing import NewDocument
from processes.actions.new_version import AddVersion
from processes.base.actor import Actor
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.upload_room import let_go

router = APIRouter(prefix="/zaken/{number}/documenten/{document}/verbeteren")
REASON = "version_reason"  # on a page with two reasons


@router.get("")
def show(request: Request, actor: Worker, services: TheServices, number: str, document: str) -> Response:
    return _page(request, services, actor, number, document)


@router.post("")
def correct(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, document: str
) -> Response:
    action = CorrectDocument(document, form.one("type"), form.one("title"), form.text("reason"), form.one("seen"))
    return carry_out(
        services, actor, action, form, f"{tab_address(number, DOCUMENTS)}?gedaan=document-verbeterd",
        lambda errors: _page(request, services, actor, number, document, errors, form),
    )  # fmt: skip


@router.post("/versie")
def follow(
    request: Request, actor: Worker, form: HeldForm, services: TheServices, number: str, document: str
) -> Response:
    """A new version of its file."""

    def again(errors: Mapping[str, str]) -> Response:
        named = {REASON if name == "reason" else name: text for name, text in errors.items()}
        return _page(request, services, actor, number, document, named, form)

    files = form.files.get("files", [])
    if form.refused or len(files) != 1:
        let_go(services, form.brought)
        return again({"files": "Kies één bestand.", **form.refused})
    action = AddVersion(document, NewDocument(files[0], ""), form.text(REASON))
    return carry_out(services, actor, action, form, f"{tab_address(number, DOCUMENTS)}?gedaan=nieuwe-versie", again)


def _page(
    request: Request, services: Services, actor: Actor, number: str, document: str,
    errors: Mapping[str, str] | None = None, typed: Received | None = None,
) -> Response:  # fmt: skip
    page = reads.read_correcting_document(services, actor, number, document)
    return show_page(request, page, number, "correct_document", "Documenten", "documenten", errors=errors, typed=typed)
