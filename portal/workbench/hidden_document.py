"""Wat het oog niet ziet in een document: mended with a clean copy or a new version, or explained."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from portal.received import Received
from portal.workbench.doors import DONE, Worker, carry_out
from portal.workbench.tabs import show_page
from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.keeping_hidden import KeepHidden
from processes.actions.new_version import AddVersion
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.execution.hidden import LookedInto, look_into
from processes.post.cleaning import NotCleaned, clean_copy
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.upload_room import let_go, note_uploads

router = APIRouter(prefix="/zaken/{number}/documenten/{document}/ongezien")
CLEANED = "Schone kopie gemaakt door het programma, zonder namen, opmerkingen, bladwijzers en bestanden die erin zaten."


@router.get("")
def show(
    request: Request, actor: Worker, services: TheServices, number: str, document: str, gedaan: str = ""
) -> Response:
    return _page(request, services, actor, number, document, done=DONE.get(gedaan))


@router.post("")
def keep(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, document: str
) -> Response:
    action = KeepHidden(document, form.text("reason"))
    return carry_out(
        services, actor, action, form, f"{address_of(number, document)}?gedaan=mag-zo",
        lambda errors: _page(request, services, actor, number, document, errors, form),
    )  # fmt: skip


@router.post("/schoon")
def clean(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, document: str
) -> Response:
    """The copy becomes the new version, and is looked into like any other."""
    page = reads.read_hidden(services, actor, number, document)
    try:
        made = clean_copy(services, page.upload)
    except NotCleaned as error:
        return _page(request, services, actor, number, document, {"": str(error)}, form)
    note_uploads(services, actor, [made], made_here=True)
    new = NewDocument(made, "", looked=LookedInto(look_into(services, made)) if services.settings.look_inside else None)
    try:
        version = act(services, actor, AddVersion(document, new, CLEANED), once=form.form_key or None)
    except Invalid as error:
        let_go(services, [made])
        return _page(request, services, actor, number, document, error.fields, form)
    return go_to(f"{address_of(number, version)}?gedaan=schoon")


def address_of(number: str, document: str) -> str:
    return f"/werk/zaken/{number}/documenten/{document}/ongezien"


def _page(
    request: Request, services: Services, actor: Actor, number: str, document: str, errors: Mapping[str, str] | None = None,
    typed: Received | None = None, done: str | None = None,
) -> Response:  # fmt: skip
    page = reads.read_hidden(services, actor, number, document)
    return show_page(
        request, page, number, "hidden_document", "Documenten", "documenten", errors=errors, typed=typed, done=done
    )
