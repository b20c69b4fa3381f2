"""The own case to take along: its papers as one PDF or zip (asking for it, how far it is, and the file), its data as JSON (C15)."""

from collections.abc import Mapping

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.citizen.addresses import CaseNumber, FiledId
from portal.citizen.refusals import refusal
from portal.doors import Citizen, PlainForm, TheServices
from portal.downloads import send_document
from portal.pages import go_to, render
from portal.security.looking import DATA_PAGE, saw
from processes.actions import act
from processes.actions.own_bundles import MakeOwnBundle
from processes.base.actor import Actor
from processes.base.errors import TOO_LATE, Invalid
from processes.base.security_log import SecurityEvent, security_event
from processes.reads.citizen import own_bundle_file, read_own_bundles, read_own_data
from processes.storage.looks import write_bundle_looks
from processes.storage.services import Services
from processes.storage.words import LookKind

router = APIRouter(prefix="/mijn/zaken/{number}/meenemen")


@router.get("")
def show(request: Request, number: CaseNumber, actor: Citizen, services: TheServices) -> Response:
    return _page(request, services, actor, number)


@router.post("")
def make(request: Request, number: CaseNumber, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    try:
        act(services, actor, MakeOwnBundle(number, form.one("form")), once=form.form_key)
    except Invalid as error:
        return _page(request, services, actor, number, error.fields)
    except TOO_LATE as error:
        return refusal(request, error, number)
    return go_to(f"/mijn/zaken/{number}/meenemen")


@router.get("/gegevens.json")
def data(request: Request, number: CaseNumber, actor: Citizen, services: TheServices) -> Response:
    """The data of the page of the case, for programs. Who fetches it saw that page, and the messages on it."""
    page, values = read_own_data(services, actor, number)
    saw(request, number, DATA_PAGE)
    if page.newest_reply:
        saw(request, number, str(page.newest_reply), LookKind.MESSAGE)
    content = orjson.dumps(values, option=orjson.OPT_INDENT_2)
    return send_document([content], f"Zaak {number}.json", "application/json", len(content))


@router.get("/{bundle}/bestand")
def fetch(number: CaseNumber, bundle: FiledId, actor: Citizen, services: TheServices) -> Response:
    """The file. It is written down at each document in it who got it, before the first byte leaves."""
    file = own_bundle_file(services, actor, number, bundle)
    chunks = services.files.read(file.blob, file.file_key)
    write_bundle_looks(services, actor, file.case_id, file.documents)
    security_event(
        SecurityEvent.BUNDLE_FETCHED, who=actor, whose_case=number, about=bundle, documents=len(file.documents)
    )
    return send_document(chunks, file.name, file.media_type, file.size)


def _page(
    request: Request, services: Services, actor: Actor, number: str, errors: Mapping[str, str] | None = None
) -> Response:
    shown = read_own_bundles(services, actor, number)
    return render(
        request, "citizen/take_along.html", Invalid.status if errors else 200, page=shown, errors=errors or {}
    )
