"""Documenten: look at one, add, show on the portal, give to a department, take away."""

import re
from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.chosen_files import kept_unless_refused
from portal.converting import prepare, send_waiting
from portal.doors import PlainForm, TheServices, row_id
from portal.downloads import send_document
from portal.kept_forms import FilesForm
from portal.security.looking import fetched, saw
from portal.workbench.doors import Desk, Worker, carry_out
from portal.workbench.tabs import DOCUMENTS, change_on_tab, show_page, show_tab, tab_address
from processes.actions.documents import AddDocuments, GiveToDepartment, GiveToParty, RemoveDocument, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.actions.publishing import WithdrawPublication
from processes.actions.sharing import ShareWithPerson
from processes.reads import workbench as reads

router = APIRouter()
ROW_ID = re.compile(r"[0-9]{1,18}", re.ASCII)


@router.get("/documenten/{document}")
def look(request: Request, actor: Desk, services: TheServices, document: str) -> Response:
    """Any document that this reader may see, in whatever state."""
    file = reads.document_for(services, actor, document)
    fetched(request, actor, document, file.case)
    return send_document(services.files.read(file.blob, file.file_key), file.name, file.media_type, file.size)


@router.get("/zaken/{number}/ingestuurd/{filed}")
def filed(request: Request, actor: Worker, services: TheServices, number: str, filed: str) -> Response:
    """A filing or an answer, in the words of that day."""
    page = reads.read_filed_words(services, actor, number, filed)
    return show_page(request, page, number, "filed", "Documenten", "documenten")


@router.post("/zaken/{number}/documenten")
def add(request: Request, actor: Worker, form: FilesForm, services: TheServices, number: str) -> Response:
    address = tab_address(number, DOCUMENTS)
    with kept_unless_refused(services, form.uploads):
        kinds = reads.read_documents(services, actor, number).kinds
        ready = prepare(services, actor, address, form, lambda _: kinds.get(form.one("type")))

    def again(errors: Mapping[str, str]) -> Response:
        return show_tab(request, services, actor, number, DOCUMENTS, errors=errors, typed=form, waiting=ready.waiting)

    if ready.to_check or ready.form.refused:
        return again(ready.form.refused)
    files = ready.form.files.get("files", [])
    # one title for several files would give them all the same name: then each keeps the name of its file
    title = form.one("title") if len(files) == 1 else ""
    new = (NewDocument(one, form.one("type"), title, original=ready.originals.get(one.blob)) for one in files)
    action = AddDocuments(number, tuple(new))
    return carry_out(services, actor, action, form, f"{address}?gedaan=toegevoegd", again, draft=ready.waiting.address)


@router.get("/zaken/{number}/documenten/pdf/{key}")
def made_pdf(request: Request, actor: Worker, services: TheServices, number: str, key: str) -> Response:
    """The PDF that was made of a chosen file, to be checked before it is added."""
    saw(request, reads.read_documents(services, actor, number).head.number, "documents")
    return send_waiting(services, actor, tab_address(number, DOCUMENTS), key)


@router.post("/zaken/{number}/documenten/{document}/portaal")
def portal(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, document: str
) -> Response:  # fmt: skip
    shown = form.ticked("shown")
    done = "getoond" if shown else "verborgen"
    return change_on_tab(request, services, actor, ShowOnPortal(document, shown), form, number, "documenten", done)


@router.post("/zaken/{number}/documenten/{document}/afdeling")
def give(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, document: str
) -> Response:
    suffix = f"-{document}"
    action = GiveToDepartment(document, form.one(f"department{suffix}"))
    return change_on_tab(request, services, actor, action, form, number, "documenten", "afdeling", suffix)


@router.post("/zaken/{number}/documenten/{document}/betrokkene")
def give_to_party(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, document: str
) -> Response:  # fmt: skip
    suffix = f"-{document}"
    chosen = form.one(f"party{suffix}")
    action = GiveToParty(document, int(chosen) if ROW_ID.fullmatch(chosen) else 0)
    return change_on_tab(request, services, actor, action, form, number, "documenten", "aan-betrokkene", suffix)


@router.post("/zaken/{number}/documenten/{document}/persoon")
def share(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, document: str
) -> Response:
    suffix = f"-{document}"
    action = ShareWithPerson(document, row_id(form.one(f"person{suffix}")) or 0)
    return change_on_tab(request, services, actor, action, form, number, "documenten", "persoon", suffix)


@router.post("/zaken/{number}/documenten/{document}/weg")
def remove(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, document: str
) -> Response:
    suffix = f"-{document}"
    action = RemoveDocument(document, form.one(f"reason{suffix}"))
    return change_on_tab(request, services, actor, action, form, number, "documenten", "weggehaald", suffix)


@router.post("/zaken/{number}/publicaties/{publication}/weg")
def withdraw(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, publication: str
) -> Response:
    """Take a public page away."""
    suffix = f"-{publication}"
    action = WithdrawPublication(publication, form.one(f"reason{suffix}"))
    return change_on_tab(request, services, actor, action, form, number, "documenten", "niet-openbaar", suffix)
