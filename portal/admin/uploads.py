"""A changed model: choose a file, see what is wrong with it and what it changes, and take it into use."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from engine import Folder
from portal.admin.models import BPMN
from portal.admin.roles import Admin
from portal.chosen_files import kept_unless_refused
from portal.doors import PlainForm, TheServices
from portal.downloads import send_document
from portal.drafts import keep
from portal.pages import get_services, go_to, render
from portal.received import Received, TooManyFiles
from portal.uploads import receive
from processes.actions import act
from processes.actions.deploying import DeployFolder, Refused
from processes.base.case_type_zip import MOST_PACKED, read_zip
from processes.base.chosen_files import ChosenFile, ChosenFiles
from processes.base.errors import Invalid, TooLarge
from processes.base.uploads import Upload
from processes.reads.admin import UploadCheck, check_upload, hold_upload, open_held
from processes.storage.drafts import LONGEST_ADDRESS
from processes.storage.services import Services
from processes.storage.upload_room import let_go, note_uploads

router = APIRouter(prefix="/zaaktypen/nieuw")
FORM_BYTES = 100_000
FORMATS = ("bpmn", "zip")


async def model_form(request: Request) -> Received:
    """The form with its one file. What is wrong with the file becomes a field error, so that the page shows it."""
    services = get_services(request)
    try:
        return await receive(request, services, max_bytes=MOST_PACKED + FORM_BYTES, max_files=1, formats=FORMATS)
    except (Invalid, TooLarge, TooManyFiles) as error:
        return Received({"wrong": [str(error)]})


ModelForm = Annotated[Received, Depends(model_form)]


@router.get("")
def choose(request: Request, actor: Admin) -> Response:
    del actor
    return render(request, "admin/upload.html")


@router.post("")
def check(request: Request, actor: Admin, form: ModelForm, services: TheServices) -> Response:
    try:
        name, content = _content(services, form)
        alone = not name.lower().endswith(".zip")
        folder = Folder(name.rpartition(".")[0], content) if alone else read_zip(content)
    except Invalid as error:
        return render(request, "admin/upload.html", Invalid.status, errors=error.fields)
    checked = check_upload(services, actor, folder, lone_drawing=alone)
    reference, packed = hold_upload(services, actor, checked.folder)
    with kept_unless_refused(services, [packed]):
        note_uploads(services, actor, [packed])
        keep(services, actor, _form_of(checked.folder), Received(), ChosenFiles((ChosenFile("file", "", packed),)))
    if checked.may_be_used:
        return go_to(f"/beheer/zaaktypen/nieuw/{reference}")
    return _page(request, checked, reference)


@router.get("/{reference}")
def show(request: Request, reference: str, actor: Admin, services: TheServices) -> Response:
    return _page(request, check_upload(services, actor, open_held(services, actor, reference)), reference)


@router.get("/{reference}/tekening")
def drawing(reference: str, actor: Admin, services: TheServices) -> Response:
    found = open_held(services, actor, reference).drawing
    return send_document([found], "tekening.bpmn", BPMN, len(found))


@router.post("/{reference}/in-gebruik")
def take_into_use(request: Request, reference: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    folder = open_held(services, actor, reference)
    checked = check_upload(services, actor, folder)  # now, so that the transaction finds the answer ready
    if not checked.may_be_used:
        return _page(request, checked, reference)
    try:
        process, _, version = act(
            services, actor, DeployFolder(folder), once=form.form_key, form=_form_of(folder)
        ).partition(":")
    except Refused as refused:
        return _page(request, check_upload(services, actor, folder, found=tuple(refused.findings)), reference)
    return go_to(f"/beheer/zaaktypen/{process}?nieuw={version}")


def _form_of(folder: Folder) -> str:
    """The draft in which the upload waits: one for each drawing."""
    return f"/beheer/zaaktypen/nieuw/{folder.name}"[:LONGEST_ADDRESS]


def _content(services: Services, form: Received) -> tuple[str, bytes]:
    """Name and bytes of the one file; it does not stay in the store under its own key. Raises Invalid."""
    if wrong := form.one("wrong"):
        raise Invalid({"file": wrong})
    if not form.uploads:
        raise Invalid({"file": "Kies eerst een bestand: een tekening (.bpmn) of een zip van een zaaktype."})
    upload = form.uploads[0]
    try:
        return upload.name, _bytes(services, upload)
    finally:
        let_go(services, form.uploads)


def _bytes(services: Services, upload: Upload) -> bytes:
    if upload.size > MOST_PACKED:
        raise Invalid({"file": f"Dit bestand is groter dan {MOST_PACKED // 1024 // 1024} MB."})
    return b"".join(services.files.read(upload.blob, upload.file_key))


def _page(request: Request, checked: UploadCheck, reference: str) -> Response:
    status = 200 if checked.may_be_used else Refused.status
    return render(request, "admin/upload_check.html", status, check=checked, reference=reference)
