"""A delivery in steps: choose files, look at them once more, "Bevestigen en versturen", receipt (O17-O19, O27, B6).

Until the last step nothing is part of the case: what was typed is a draft, in which the files wait, and the page carries a
sealed list of them. Whoever opens the link goes on with that draft.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine import DocumentType
from portal.chosen_files import opened, seal
from portal.converting import as_pdf, is_to_convert, send_waiting
from portal.department.door import DepartmentGuest
from portal.department.kept import form_of, page_of, purpose_of
from portal.department.pages import show_check, show_choice, show_refusal
from portal.doors import TheServices
from portal.drafts import KEEP, STEP, keep, keep_on_the_way
from portal.forms import FormSchema, read_form
from portal.kept_forms import FilesForm, FilesReceived
from portal.pages import go_to
from portal.security.csrf import FormTooOld
from processes.actions import act
from processes.actions.delivering import Deliver
from processes.actions.filing import NewDocument
from processes.base.actor import Actor
from processes.base.chosen_files import ChosenFile, ChosenFiles
from processes.base.errors import TOO_LATE, DraftTooLong, Invalid
from processes.base.file_types import format_of
from processes.base.uploads import Upload, why_refused
from processes.post.converting import NotConverted, convertible
from processes.reads.department import DossierPage, OpenRequest, read_dossier
from processes.storage.services import Services
from processes.storage.upload_room import let_go

router = APIRouter()
USUAL_TYPE = "underlying"
NO_ROOM_FOR_MORE = 50  # as many files as one form may bring
LONGEST_REMARK = 10_000
NOTHING = "Kies minstens één bestand. Heeft u geen stukken? Leg dat dan uit bij Opmerking."
LOST = "Een bestand dat u koos, hebben wij niet meer. Kijk welk bestand het is en kies het nog een keer."


@dataclass(frozen=True, slots=True)
class DeliveryDraft:
    """A delivery that is not sent yet. `asked`: the request that it answers; None for a late supplement."""

    task: str
    asked: OpenRequest | None
    files: tuple[ChosenFile, ...]
    remark: str
    added: bool
    wrong: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)


@router.post("/{token}/aanleveren")
def deliver(request: Request, token: str, guest: DepartmentGuest, form: FilesForm, services: TheServices) -> Response:
    """Every step posts here: the button says whether more is added or all is sent."""
    page = read_dossier(services, token)
    draft = _draft(services, guest, page, form)
    if form.one(STEP) == KEEP:
        return _keep(request, token, guest, form, page, draft, services)
    draft = _converted(services, guest, page, draft)
    if not draft.wrong and not draft.files and not draft.remark:
        draft.wrong["files"] = NOTHING
    if form.one("stap") == "versturen" and not draft.added:
        for name, sentence in _not_ready(page, draft).items():
            draft.wrong.setdefault(name, sentence)
        _read_own(draft, form)
        if not draft.wrong:
            return _send(request, token, guest, form, page, draft, services)
    if draft.files or draft.remark:
        keep_on_the_way(services, guest, form_of(draft.asked), form, ChosenFiles(draft.files))
    return _again(request, token, guest, form, page, draft, services)


@router.get("/{token}/aanleveren/pdf/{key}")
def made_pdf(token: str, guest: DepartmentGuest, services: TheServices, key: str, task: str = "") -> Response:
    """The PDF that was made of a chosen file, to be checked before it is sent."""
    return send_waiting(services, guest, form_of(read_dossier(services, token).request(task)), key)


def _converted(services: Services, guest: Actor, page: DossierPage, draft: DeliveryDraft) -> DeliveryDraft:
    """With a PDF in the place of each file for the archive that is none: it is looked at once more before it is sent."""
    kinds, files, made = {kind.code: kind for kind in page.types}, list[ChosenFile](), False
    for file in draft.files:
        if file.original is not None or not is_to_convert(kinds.get(file.type), file.upload):
            files.append(file)
            continue
        try:
            files.append(replace(file, upload=as_pdf(services, guest, file.upload), original=file.upload))
            made = True
        except NotConverted as error:
            files.append(file)
            draft.wrong[f"type-{file.key}"] = str(error)
    return replace(draft, files=tuple(files), added=draft.added or made)


def _keep(
    request: Request,
    token: str,
    guest: Actor,
    form: FilesReceived,
    page: DossierPage,
    draft: DeliveryDraft,
    services: Services,
) -> Response:
    """Keep it as it is; a file that cannot be taken is told at once."""
    try:
        keep(services, guest, form_of(draft.asked), form, ChosenFiles(draft.files))
    except DraftTooLong as error:
        draft.wrong[""] = str(error)
    if draft.wrong:
        return _again(request, token, guest, form, page, draft, services)
    return go_to(f"{page_of(token, page, draft.asked)}?bewaard=ja")


def _draft(services: Services, guest: Actor, page: DossierPage, form: FilesReceived) -> DeliveryDraft:
    wrong = dict(form.refused)
    held: tuple[ChosenFile, ...] = ()
    try:
        held = opened(services, guest, purpose_of(guest), form.one("held"), at_field="files").files
    except Invalid as error:
        wrong.update(error.fields)
    if {name for name in form.fields if name.startswith("type-")} - {f"type-{file.key}" for file in held}:
        wrong.setdefault("files", LOST)
    kept = [_as_chosen(file, form) for file in held if not form.ticked(f"drop-{file.key}")]
    new = _taken(services, page, form.files.get("files", []), NO_ROOM_FOR_MORE - len(kept), wrong)
    if len(form.text("remark")) > LONGEST_REMARK:
        wrong["remark"] = "Maak de opmerking korter. Stuur een lange toelichting liever als document mee."
    task = form.one("task")
    return DeliveryDraft(task, page.request(task), (*kept, *new), form.text("remark"), bool(new), wrong)


def _as_chosen(file: ChosenFile, form: FilesReceived) -> ChosenFile:
    return replace(file, type=form.one(f"type-{file.key}", file.type))


def _taken(
    services: Services, page: DossierPage, uploads: Iterable[Upload], room: int, wrong: dict[str, str]
) -> list[ChosenFile]:
    """The new files that can be some document of this dossier; the others leave the store and get a sentence."""
    codes = [kind.code for kind in page.types]
    usual = codes[0] if len(codes) == 1 else USUAL_TYPE if USUAL_TYPE in codes else ""
    found: list[ChosenFile] = []
    for upload in uploads:
        reasons = [_why_refused(services, kind, upload) for kind in page.types] or [why_refused(None, upload)]
        if len(found) >= room:
            most = NO_ROOM_FOR_MORE
            reasons = [
                f"U kunt hoogstens {most} bestanden tegelijk versturen. Verstuur deze eerst en daarna de andere."
            ]
        if all(reasons):
            let_go(services, [upload])
            wrong["files"] = str(reasons[0])
        else:
            found.append(ChosenFile("files", usual, upload))
    return found


def _why_refused(services: Services, kind: DocumentType, upload: Upload) -> str | None:
    """The sentence of `why_refused`, but None for a file of which a PDF can be made once somebody says that it is of this type."""
    if is_to_convert(kind, upload) and format_of(upload.name) in convertible(services):
        return None
    return why_refused(kind, upload)


def _not_ready(page: DossierPage, draft: DeliveryDraft) -> dict[str, str]:
    """Why this cannot be sent yet, by field."""
    kinds = {kind.code: kind for kind in page.types}
    wrong: dict[str, str] = {}
    for file in draft.files:
        if file.type not in kinds:
            wrong[f"type-{file.key}"] = f"Kies wat voor stuk '{file.upload.name}' is."
        elif reason := why_refused(kinds[file.type], file.upload):
            wrong[f"type-{file.key}"] = reason
    missing = draft.asked.missing({file.type for file in draft.files}) if draft.asked else ()
    if missing and not draft.remark and not wrong:
        names = ", ".join(f"'{one.type_name}'" for one in missing)
        wrong["remark"] = f"Er is nog geen stuk van de soort {names}. Voeg het toe, of leg uit waarom het er niet is."
    return wrong


def _read_own(draft: DeliveryDraft, form: FilesReceived) -> None:
    """Read the answers that the drawing asks beside documents into the draft: typed values, or a sentence per field."""
    if draft.asked is None or draft.asked.form is None:
        return
    asked = draft.asked.form
    try:
        draft.values.update(read_form(FormSchema.parse(asked.schema, asked.values), form, asked.departments).values)
    except Invalid as error:
        draft.wrong.update(error.fields)


def _send(
    request: Request,
    token: str,
    guest: Actor,
    form: FilesReceived,
    page: DossierPage,
    draft: DeliveryDraft,
    services: Services,
) -> Response:
    if not form.form_key:
        raise FormTooOld
    documents = tuple(
        NewDocument(file.upload, file.type, field=f"type-{file.key}", original=file.original) for file in draft.files
    )
    # with files the first of them is the one-time key: however often this is sent, a file becomes one document
    delivery = Deliver(token, documents, draft.remark, draft.task, draft.values)
    key = f"held:{draft.files[0].key}" if draft.files else f"link:{guest.dossier}:{form.form_key[:40]}"
    try:
        receipt = act(services, guest, delivery, once=key, form=form_of(draft.asked))
    except Invalid as error:
        draft.wrong.update(error.fields)
        return _again(request, token, guest, form, page, draft, services)
    except TOO_LATE as error:
        return show_refusal(request, token, error)
    return go_to(f"/verzoek/{token}/ontvangst/{receipt}?nieuw=ja")


def _again(
    request: Request,
    token: str,
    guest: Actor,
    form: FilesReceived,
    page: DossierPage,
    draft: DeliveryDraft,
    services: Services,
) -> Response:
    """The page to look at everything, or the first page when there is nothing to look at."""
    if not draft.files and (draft.wrong or not draft.remark):
        return show_choice(request, token, page, draft.asked, draft.remark, draft.wrong, form)
    sealed = seal(services, guest, purpose_of(guest), ChosenFiles(draft.files))
    return show_check(
        request,
        token,
        page,
        draft.asked,
        draft.files,
        sealed,
        draft.remark,
        form.form_key,
        draft.wrong,
        draft.task,
        form,
    )
