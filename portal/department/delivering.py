"""A delivery in steps: choose files, look at them once more, "Bevestigen en versturen", receipt (O17-O19, O27, B6).

Until the last step nothing is part of the case: what was typed is a draft, in which the files wait, and the page carries a
sealed list of them. Whoever opens the link goes on with that draft.
"""

from dataclasses import replace
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.chosen_files import seal
from portal.converting import as_pdf, is_to_convert, send_waiting
from portal.department.door import DepartmentGuest
from portal.department.draft import DeliveryDraft, not_ready, read_delivery_form, read_own
from portal.department.kept import form_of, kept_delivery, page_of, purpose_of
from portal.department.pages import show_check, show_choice, show_dossier, show_refusal
from portal.doors import TheServices
from portal.drafts import KEEP, NOTHING_KEPT, STEP, asks_language, keep, keep_on_the_way
from portal.kept_forms import EachFileForm, FilesReceived
from portal.pages import get_services, go_to
from portal.security.csrf import FormTooOld
from processes.actions import act
from processes.actions.delivering import Deliver
from processes.actions.filing import NewDocument
from processes.base.actor import Actor
from processes.base.chosen_files import ChosenFile, ChosenFiles
from processes.base.errors import TOO_LATE, DraftTooLong, Invalid
from processes.base.file_types import format_of
from processes.post.converting import PHOTOS, NotConverted
from processes.reads.department import DossierPage, read_dossier
from processes.storage.large_uploads import give_up_form, taken_up
from processes.storage.services import Services

router = APIRouter()
NOTHING: Final = (
    "Kies minstens één bestand. Heeft u geen stukken? Zeg dat dan bij het stuk, of leg het uit bij Opmerking."
)


@router.post("/{token}/aanleveren")
def deliver(
    request: Request, token: str, guest: DepartmentGuest, form: EachFileForm, services: TheServices
) -> Response:
    """Every step posts here: the button says whether more is added or all is sent."""
    page = read_dossier(services, token)
    draft = read_delivery_form(services, guest, page, form)
    if form.one(STEP) == KEEP:
        return _keep(request, token, guest, form, page, draft)
    if asks_language(form):
        return _in_other_language(request, token, guest, form, page, draft)
    if draft.large.coming and not draft.wrong:
        _hold(services, guest, form, draft)
        return go_to(f"/verzoek/{token}/klaarzetten?task={draft.task if draft.asked else ''}")
    draft = _converted(services, guest, page, draft)
    if not draft.wrong and not draft.says_something:
        draft.wrong["files"] = NOTHING
    if form.one("stap") == "versturen" and not draft.added:
        for name, sentence in not_ready(page, draft).items():
            draft.wrong.setdefault(name, sentence)
        read_own(services, draft, form)
        if not draft.wrong:
            return _send(request, token, guest, form, page, draft)
    if draft.says_something:
        _hold(services, guest, form, draft)
    return _again(request, token, guest, form, page, draft)


@router.get("/{token}/aanleveren/pdf/{key}")
def made_pdf(token: str, guest: DepartmentGuest, services: TheServices, key: str, task: str = "") -> Response:
    """The PDF that was made of a chosen file, to be checked before it is sent."""
    return send_waiting(services, guest, form_of(read_dossier(services, token).request(task)), key)


def _converted(services: Services, guest: Actor, page: DossierPage, draft: DeliveryDraft) -> DeliveryDraft:
    """With a PDF in the place of each file for the archive that is none, and of each photo that not everybody can open: it is looked at
    once more before it is sent. The file that was chosen comes along.
    """
    kinds, files, made = {kind.code: kind for kind in page.types}, list[ChosenFile](), False
    for file in draft.files:
        photo = draft.added and format_of(file.upload.name) in PHOTOS
        if file.original is not None or not (photo or is_to_convert(kinds.get(file.type), file.upload)):
            files.append(file)
            continue
        try:
            files.append(replace(file, upload=as_pdf(services, guest, file.upload), original=file.upload))
            made = True
        except NotConverted as error:
            files.append(file)
            if not photo:  # a photo that cannot be read comes as it is: the case worker judges it
                draft.wrong[f"type-{file.key}"] = str(error)
    return replace(draft, files=tuple(files), added=draft.added or made)


def _hold(services: Services, guest: Actor, form: FilesReceived, draft: DeliveryDraft) -> None:
    """Save the draft on the way; it holds the large files that are one now."""
    keep_on_the_way(services, guest, form_of(draft.asked), form, ChosenFiles(draft.files))
    taken_up(services, guest, draft.large.ready)


def _keep(
    request: Request, token: str, guest: Actor, form: FilesReceived, page: DossierPage, draft: DeliveryDraft
) -> Response:
    """Keep it as it is; a file that cannot be taken is told at once."""
    try:
        keep(get_services(request), guest, form_of(draft.asked), form, ChosenFiles(draft.files))
        taken_up(get_services(request), guest, draft.large.ready)
    except DraftTooLong as error:
        draft.wrong[""] = str(error)
    if draft.wrong:
        return _again(request, token, guest, form, page, draft)
    return go_to(f"{page_of(token, page, draft.asked)}?bewaard=ja")


def _in_other_language(
    request: Request, token: str, guest: Actor, form: FilesReceived, page: DossierPage, draft: DeliveryDraft
) -> Response:
    """The first page again with what was typed, the name too; the files wait in the draft."""
    services = get_services(request)
    if draft.files:
        _hold(services, guest, form, draft)
    kept = replace(kept_delivery(services, token, draft.asked), kept=NOTHING_KEPT)  # nobody asked to keep it
    if draft.asked is not None and draft.asked == page.requests[0]:
        return show_dossier(request, token, page, remark=draft.remark, errors=draft.wrong, typed=form, kept=kept)
    return show_choice(request, token, page, draft.asked, draft.remark, draft.wrong, form, kept)


def _send(
    request: Request, token: str, guest: Actor, form: FilesReceived, page: DossierPage, draft: DeliveryDraft
) -> Response:
    if not form.form_key:
        raise FormTooOld
    documents = tuple(
        NewDocument(file.upload, file.type, file.title, field=f"type-{file.key}", original=file.original)
        for file in draft.files
    )
    # with files the first of them is the one-time key: however often this is sent, a file becomes one document
    delivery = Deliver(token, documents, draft.remark, draft.task, draft.values, draft.said, draft.name)
    key = f"held:{draft.files[0].key}" if draft.files else f"link:{guest.dossier}:{form.form_key[:40]}"
    try:
        receipt = act(get_services(request), guest, delivery, once=key, form=form_of(draft.asked))
        give_up_form(get_services(request), guest, form_of(draft.asked))
    except Invalid as error:
        draft.wrong.update(error.fields)
        return _again(request, token, guest, form, page, draft)
    except TOO_LATE as error:
        return show_refusal(request, token, error)
    return go_to(f"/verzoek/{token}/ontvangst/{receipt}?nieuw=ja")


def _again(
    request: Request, token: str, guest: Actor, form: FilesReceived, page: DossierPage, draft: DeliveryDraft
) -> Response:
    """The page to look at everything, or the first page when there is nothing to look at."""
    if not draft.files and (draft.wrong or not draft.says_something):
        return show_choice(request, token, page, draft.asked, draft.remark, draft.wrong, form)
    sealed = seal(get_services(request), guest, purpose_of(guest), ChosenFiles(draft.files))
    return show_check(request, token, page, draft, sealed, form)
