"""Documents: choose, check, send, receipt (D53-D60, B6), and the download."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from portal.chosen_files import kept_unless_refused, opened, refuse_lost, seal, with_scans
from portal.citizen.addresses import CaseNumber, DocumentId
from portal.citizen.refusals import refusal
from portal.doors import Citizen, PlainForm, TheServices
from portal.downloads import send_document
from portal.drafts import asks_language, keep_on_the_way
from portal.kept_forms import FilesForm, FilesReceived, forget_sent
from portal.large_files import large_context
from portal.pages import get_services, go_to, render
from portal.received import Received
from portal.security.looking import fetched
from processes.actions import act
from processes.actions.documents import AddDocuments
from processes.actions.drafts import DropDraft
from processes.actions.filing import NewDocument
from processes.base.actor import Actor
from processes.base.chosen_files import ChosenFile, ChosenFiles
from processes.base.errors import TOO_LATE, CaseClosed, Invalid
from processes.base.uploads import why_refused
from processes.post.pdf import PDF
from processes.reads.citizen import CasePage, document_to_send, read_case, read_receipt, receipt_file
from processes.storage.large_uploads import give_up_form
from processes.storage.services import Services
from processes.storage.upload_room import let_go

router = APIRouter(prefix="/mijn")
LONGEST_TITLE = 200
ROOM_FOR_NUMBER = 20  # behind the title of each of several files
Handed = Annotated[list[int], Query(max_length=50)]  # the last part of the reference of each document of a receipt


@router.get("/documenten/{document}")
def download(request: Request, document: DocumentId, actor: Citizen, services: TheServices) -> Response:
    file = document_to_send(services, actor, document)
    fetched(request, actor, document, file.case)
    return send_document(services.files.read(file.blob, file.file_key), file.name, file.media_type, file.size)


@router.get("/zaken/{number}/document")
def choose(request: Request, number: CaseNumber, actor: Citizen, services: TheServices) -> Response:
    case = read_case(services, actor, number)
    if not case.may_add:
        return refusal(request, CaseClosed(), number)
    return _chooser(request, actor, case)


@router.post("/zaken/{number}/document")
def chosen(request: Request, number: CaseNumber, actor: Citizen, form: FilesForm, services: TheServices) -> Response:
    """The file is in the store now, but nothing is sent: the next page asks to confirm (D59). Where something else is wrong, and in another
    language, the file waits.
    """
    with kept_unless_refused(services, form.brought):
        case = read_case(services, actor, number)
    held, lost = _held(services, actor, number, form)
    wrong = _wrong(case, form, held.files) | lost
    if not case.may_add or "files" in wrong:
        let_go(services, form.brought)
        held = _still_good(case, form, held)
    if not case.may_add:
        return refusal(request, CaseClosed(), number)
    if held.files:  # they wait in the draft
        keep_on_the_way(services, actor, _address(number), form, held)
    if asks_language(form):
        chose = form.uploads or form.refused or lost
        wrong = {name: sentence for name, sentence in wrong.items() if name == "files" and chose}
    if wrong or asks_language(form):
        return _chooser(request, actor, case, form, wrong, _without_large(form, held))
    forget_sent(services, actor, form)
    return _checked(request, services, actor, case, held)


def _still_good(case: CasePage, form: FilesReceived, held: ChosenFiles) -> ChosenFiles:
    """The files of before that may be what is chosen now; those of this form went, since one of them was wrong."""
    now, kinds = {one.blob for one in form.uploads}, {kind.code: kind for kind in case.may_add}
    before = (one for one in held.files if one.upload.blob not in now)
    return replace(
        held,
        files=tuple(one for one in before if one.type not in kinds or not why_refused(kinds[one.type], one.upload)),
    )


def _without_large(form: FilesReceived, held: ChosenFiles) -> ChosenFiles:
    """The chosen files but those that came in by pieces, which the page shows by themselves."""
    large = {one.blob for one in form.large.files}
    return replace(held, files=tuple(file for file in held.files if file.upload.blob not in large))


def _held(services: Services, actor: Actor, number: str, form: FilesReceived) -> tuple[ChosenFiles, dict[str, str]]:
    """The files of now and those that wait since the form was shown before but were not ticked away, with the type and title that are chosen
    now; and what became of a file that waits no longer.
    """
    lost = dict[str, str]()
    try:
        before = opened(services, actor, f"case:{number}", form.one("held"), at_field="files")
        lost = {"files": " ".join(sentence for _, sentence in before.lost)} if before.lost else {}
    except Invalid as error:
        before, lost = ChosenFiles(), error.fields
    away, known = set(form.all("weg")), set(before.blobs)
    waiting = [file.upload for place, file in enumerate(before.files) if str(place) not in away]
    uploads = [*waiting, *(one for one in form.uploads if one.blob not in known)]
    files = (
        ChosenFile("files", form.one("type"), upload, title)
        for upload, title in zip(uploads, _titles(form.one("title"), len(uploads)), strict=True)
    )
    return ChosenFiles(tuple(files), before.id), lost


def _checked(request: Request, services: Services, actor: Actor, case: CasePage, held: ChosenFiles) -> Response:
    """The page that asks to confirm."""
    kinds = {kind.code: kind.name for kind in case.may_add}
    sealed, files = seal(services, actor, f"case:{case.number}", held), with_scans(services, held.files)
    return render(request, "citizen/document_check.html", case=case, files=files, kinds=kinds, sealed=sealed)


def _titles(title: str, many: int) -> list[str]:
    """The title of each file; of several with its number behind it."""
    return [title] if many == 1 else [f"{title} ({number} van {many})" for number in range(1, many + 1)]


def _chooser(
    request: Request, actor: Actor, case: CasePage, typed: Received | None = None, errors: Mapping[str, str] | None = None,
    held: ChosenFiles | None = None,
) -> Response:  # fmt: skip
    """`held`: the files that wait."""
    status, services = Invalid.status if errors else 200, get_services(request)
    sealed = seal(services, actor, f"case:{case.number}", held) if held and held.files else ""
    return render(
        request, "citizen/document_choose.html", status, case=case, typed=typed, errors=errors or {}, sealed=sealed,
        held=with_scans(services, held.files) if held else (),
        **large_context(request, _address(case.number)),
    )  # fmt: skip


def _wrong(case: CasePage, form: FilesReceived, files: tuple[ChosenFile, ...]) -> dict[str, str]:
    wrong = {name or "files": sentence for name, sentence in form.refused.items()}
    kinds = {kind.code: kind for kind in case.may_add}
    if form.one("type") not in kinds:
        wrong["type"] = "Kies wat voor document dit is."
    most = LONGEST_TITLE if len(files) < 2 else LONGEST_TITLE - ROOM_FOR_NUMBER  # noqa: PLR2004 - of one file it is the title itself
    if len(form.one("title")) > most:
        wrong["title"] = f"Maak de titel korter. Hij mag hoogstens {most} tekens hebben."
    if not form.one("title"):
        wrong["title"] = "Geef het document een titel."
    if not files and "files" not in wrong:
        wrong["files"] = "Kies eerst een bestand."
    for file in files:
        reason = why_refused(kinds.get(file.type), file.upload) if file.type in kinds else None
        if reason:
            wrong["files"] = reason
    return {name: wrong[name] for name in ("type", "title", "files") if name in wrong}


@router.post("/zaken/{number}/document/versturen")
def send(request: Request, number: CaseNumber, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    try:
        held = opened(services, actor, f"case:{number}", form.one("held"))
        refuse_lost(held)
        uploads = [file.upload for file in held.files]
        if asks_language(form) and uploads:
            return _checked(request, services, actor, read_case(services, actor, number), held)
        if form.one("stap") == "terug":
            act(services, actor, DropDraft(_address(number)))
            let_go(services, uploads)
            return go_to(f"/mijn/zaken/{number}")
        with kept_unless_refused(services, uploads):
            references = act(
                services, actor, AddDocuments(number, _documents(held)), once=held.once, form=_address(number)
            )
    except TOO_LATE as error:
        return refusal(request, error, number)
    except Invalid as error:
        return _chooser(request, actor, read_case(services, actor, number), None, {"files": str(error)})
    give_up_form(services, actor, _address(number))
    return go_to(f"/mijn/zaken/{number}/ontvangst?{_numbers(references.splitlines())}")


def _address(number: str) -> str:
    return f"/mijn/zaken/{number}/document"


def _documents(held: ChosenFiles) -> tuple[NewDocument, ...]:
    if not held.files:
        raise Invalid({"files": "Wij hebben uw bestand niet meer. Kies het nog een keer."})
    return tuple(NewDocument(file.upload, file.type, file.title) for file in held.files)


def _numbers(references: Iterable[str]) -> str:
    return "&".join(f"d={reference.rpartition('-D')[2]}" for reference in references)


def _references(number: str, handed: Iterable[int]) -> set[str]:
    return {f"{number}-D{one}" for one in handed}


@router.get("/zaken/{number}/ontvangst")
def receipt(request: Request, number: CaseNumber, actor: Citizen, d: Handed, services: TheServices) -> Response:
    """Time, sender, names and fingerprints of what was handed in (B6)."""
    shown = read_receipt(services, actor, number, _references(number, d))
    file = f"/mijn/zaken/{number}/ontvangst.pdf?{_numbers(one.reference for one in shown.documents)}"
    return render(request, "citizen/receipt.html", receipt=shown, file=file)


@router.get("/zaken/{number}/ontvangst.pdf")
def receipt_as_file(number: CaseNumber, actor: Citizen, d: Handed, services: TheServices) -> Response:
    """The same as a file to keep."""
    file = receipt_file(services, actor, number, _references(number, d))
    return send_document([file.content], file.name, PDF, len(file.content))
