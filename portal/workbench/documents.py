"""Documenten: add, show on the portal, give to a department, take away."""

import re
from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine import DocumentType
from portal.chosen_files import kept_unless_refused
from portal.converting import hold, prepare, send_waiting
from portal.doors import PlainForm, TheServices, row_id
from portal.kept_forms import HeldForm
from portal.pages import go_to
from portal.received import Received
from portal.security.looking import saw
from portal.workbench.doors import Worker, carry_out
from portal.workbench.tabs import DOCUMENTS, change_on_tab, show_page, show_tab, tab_address
from processes.access.readers import Readers
from processes.actions.documents import AddDocuments, GiveToDepartment, GiveToParty, RemoveDocument, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.actions.publishing import WithdrawFromDepartment, WithdrawPublication
from processes.actions.sharing import ShareWithPerson
from processes.base.actor import Actor
from processes.base.uploads import Upload, why_refused
from processes.post.incoming.arriving import mails_brought
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.words import PostChannel

router = APIRouter()
SEE_OTHER = 303
BY_POST = "aan-betrokkene-per-post"
UNSEEN = {
    Readers.LATER: "getoond-straks", Readers.NO_SIGN_IN: "getoond-niemand", Readers.NOT_ON_PORTAL: "getoond-niet-hier",
}  # fmt: skip
ROW_ID = re.compile(r"[0-9]{1,18}", re.ASCII)


@router.get("/zaken/{number}/ingestuurd/{filed}")
def filed(request: Request, actor: Worker, services: TheServices, number: str, filed: str) -> Response:
    """A filing or an answer, in the words of that day."""
    page = reads.read_filed_words(services, actor, number, filed)
    return show_page(request, page, number, "filed", "Documenten", "documenten")


@router.post("/zaken/{number}/documenten")
def add(request: Request, actor: Worker, form: HeldForm, services: TheServices, number: str) -> Response:
    address = tab_address(number, DOCUMENTS)
    with kept_unless_refused(services, form.brought):
        kinds = reads.read_documents(services, actor, number).kinds
        ready = prepare(services, actor, address, form, lambda _: kinds.get(form.one("type")))

    def again(errors: Mapping[str, str]) -> Response:
        waiting = hold(services, actor, address, ready, errors, form.brought)
        return show_tab(request, services, actor, number, DOCUMENTS, errors=errors, typed=form, waiting=waiting)

    if ready.to_check or ready.form.refused:
        return again(ready.form.refused)
    if form.one("type") not in kinds:
        return again({"type": "Kies een soort document uit de lijst."})
    files = ready.form.files.get("files", [])
    inside = _of_mails(services, actor, files, kinds[form.one("type")])
    # one title for several files would give them all the same name: then each keeps the name of its file
    title = form.one("title") if len(files) == 1 else ""
    new = [NewDocument(one, form.one("type"), title, original=ready.originals.get(one.blob)) for one in files]
    new += [NewDocument(one, form.one("type")) for one in inside]
    action = AddDocuments(number, tuple(new), form.text("late_reason"))
    then = f"{address}?gedaan=toegevoegd"
    return carry_out(services, actor, action, form, then, again, draft=ready.waiting.address, holds=True)


def _of_mails(services: Services, actor: Actor, files: Sequence[Upload], kind: DocumentType) -> list[Upload]:
    """The files that came with the mails among these, as far as such a document may be one; the others stay in their mail."""
    mails = mails_brought(services, actor, files).values()
    return [one for mail in mails for one in mail.uploads[1:] if why_refused(kind, one) is None]


@router.get("/zaken/{number}/documenten/pdf/{key}")
def made_pdf(request: Request, actor: Worker, services: TheServices, number: str, key: str) -> Response:
    """The PDF that was made of a chosen file, to be checked before it is added."""
    saw(request, reads.read_documents(services, actor, number).head.number, "documents")
    return send_waiting(services, actor, tab_address(number, DOCUMENTS), key)


@router.post("/zaken/{number}/documenten/{document}/portaal")
def portal(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, document: str
) -> Response:  # fmt: skip
    """Takes off what is shown; what is not, is shown by way of the page that says who would see it."""
    if form.ticked("shown"):
        return go_to(f"{tab_address(number, DOCUMENTS)}/tonen?document={document}")
    action = ShowOnPortal(document, shown=False)
    return change_on_tab(request, services, actor, action, form, number, DOCUMENTS, "verborgen")


def _shown(
    request: Request, services: Services, actor: Actor, form: Received, number: str, action: GiveToParty, suffix: str
) -> Response:  # fmt: skip
    """Give a document to a party, and say whether they see it now."""
    answer = change_on_tab(request, services, actor, action, form, number, DOCUMENTS, _given, suffix)
    if answer.status_code != SEE_OTHER or answer.headers["location"].endswith(BY_POST):
        return answer
    readers = reads.read_readers(services, actor, action.document)
    return (
        answer if readers == Readers.SOMEBODY else go_to(f"{tab_address(number, DOCUMENTS)}?gedaan={UNSEEN[readers]}")
    )


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
    return _shown(request, services, actor, form, number, action, suffix)


def _given(channel: str) -> str:
    return BY_POST if channel == PostChannel.POST else "aan-betrokkene"


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


@router.post("/zaken/{number}/documenten/{document}/terug")
def take_back(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, document: str
) -> Response:
    """A department no longer reads a document."""
    suffix = f"-{document}"

    def again(errors: Mapping[str, str]) -> Response:
        named = {name.replace("reason", "why", 1): text for name, text in errors.items()}
        return show_tab(request, services, actor, number, DOCUMENTS, errors=named, typed=form)

    action = WithdrawFromDepartment(document, form.one(f"from{suffix}"), form.one(f"why{suffix}"))
    then = f"{tab_address(number, DOCUMENTS)}?gedaan=teruggenomen"
    return carry_out(services, actor, action, form, then, again, suffix)


@router.post("/zaken/{number}/publicaties/{publication}/weg")
def withdraw(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, publication: str
) -> Response:
    """Take a public page away."""
    suffix = f"-{publication}"
    action = WithdrawPublication(publication, form.one(f"reason{suffix}"))
    return change_on_tab(request, services, actor, action, form, number, "documenten", "niet-openbaar", suffix)
