"""Het dossier als één PDF of zip: for whom and what, how far it is, and the file itself."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.downloads import send_document
from portal.received import Received
from portal.workbench.doors import DONE, Worker, carry_out
from portal.workbench.tabs import show_page
from processes.actions.bundles import MakeBundle, RemoveBundle
from processes.base.actor import Actor
from processes.base.security_log import SecurityEvent, security_event
from processes.reads.workbench.bundles import bundle_file, read_bundles, reader_of
from processes.storage.looks import write_bundle_looks
from processes.storage.services import Services

router = APIRouter(prefix="/zaken/{number}/dossier")


@router.get("")
def show(
    request: Request, actor: Worker, services: TheServices, number: str, voor: str = "", gedaan: str = ""
) -> Response:
    """`voor`: the code of the reader whose papers are shown."""
    return _page(request, services, actor, number, voor, done=DONE.get(gedaan))


@router.post("")
def make(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    code = form.one("reader")
    reader = reader_of(code)
    action = MakeBundle(
        number, form.one("form"), str(reader.kind) if reader else "", reader.party if reader else None,
        tuple(form.all("documents")),
    )  # fmt: skip
    return carry_out(
        services, actor, action, form, f"{_address(number)}?voor={code}&gedaan=dossier-gevraagd#gemaakt",
        lambda errors: _page(request, services, actor, number, code, errors, form),
    )  # fmt: skip


@router.get("/{bundle}/bestand")
def fetch(actor: Worker, services: TheServices, number: str, bundle: str) -> Response:
    """The file. It is written down at each document in it who got it, before the first byte leaves."""
    file = bundle_file(services, actor, number, bundle)
    chunks = services.files.read(file.blob, file.file_key)
    write_bundle_looks(services, actor, file.case_id, file.documents)
    security_event(
        SecurityEvent.BUNDLE_FETCHED, who=actor, whose_case=file.case, about=bundle, documents=len(file.documents)
    )
    return send_document(chunks, file.name, file.media_type, file.size)


@router.post("/{bundle}/weg")
def remove(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, bundle: str
) -> Response:
    return carry_out(
        services, actor, RemoveBundle(bundle), form, f"{_address(number)}?gedaan=dossier-weg",
        lambda errors: _page(request, services, actor, number, "", errors, form),
    )  # fmt: skip


def _page(
    request: Request, services: Services, actor: Actor, number: str, reader: str,
    errors: Mapping[str, str] | None = None, typed: Received | None = None, done: str | None = None,
) -> Response:  # fmt: skip
    page = read_bundles(services, actor, number, reader)
    ticked = typed.all("documents") if typed and errors else [one.id for one in page.parts if not one.care]
    return show_page(
        request, page, number, "bundles", "Documenten", "documenten", errors=errors, typed=typed, done=done, ticked=ticked,
        own_address=_address(number),
    )  # fmt: skip


def _address(number: str) -> str:
    return f"/werk/zaken/{number}/dossier"
