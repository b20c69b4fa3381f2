"""A changed model: choose a file, see what is wrong with it and what it changes, and take it into use."""

from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from engine import Folder
from portal.admin.guard import keep_plan, kept_plan, played_or_ordered, playing_now
from portal.admin.models import BPMN
from portal.admin.planned import place_of, read_plan
from portal.admin.roles import Admin
from portal.chosen_files import kept_unless_refused
from portal.doors import PlainForm, TheServices
from portal.downloads import send_document
from portal.drafts import keep
from portal.pages import go_to, render
from portal.received import Received
from portal.scanned import read_now
from portal.uploads import one_file, receive_few
from processes.actions import act
from processes.actions.deploying import DeployFolder, Refused
from processes.base.actor import Actor
from processes.base.case_type_zip import MOST_PACKED, PROGRAM, is_newer, known_release, read_zip, release_of
from processes.base.chosen_files import ChosenFile, ChosenFiles
from processes.base.errors import Invalid
from processes.base.uploads import Upload
from processes.reads.admin import UploadCheck, check_upload, hold_upload, open_held, read_door
from processes.reads.studio import read_guard
from processes.storage.drafts import LONGEST_ADDRESS
from processes.storage.services import Services
from processes.storage.upload_room import let_go, note_uploads

router = APIRouter(prefix="/zaaktypen/nieuw")
FORM_BYTES = 100_000
FORMATS = ("bpmn", "zip")


async def model_form(request: Request) -> Received:
    return await receive_few(request, max_bytes=MOST_PACKED + FORM_BYTES, formats=FORMATS)


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
        note_uploads(services, actor, [packed], made_here=True)
        keep(services, actor, _form_of(checked.folder), Received(), ChosenFiles((ChosenFile("file", "", packed),)))
    release = "" if alone else release_of(content)
    if checked.may_be_used:
        return go_to(f"/beheer/zaaktypen/nieuw/{reference}" + (f"?uitgave={release}" if release else ""))
    return _page(request, services, actor, checked, reference, release=release)


@router.get("/{reference}")
def show(
    request: Request, reference: str, actor: Admin, services: TheServices,
    release: Annotated[str, Query(alias="uitgave", max_length=30)] = "",
) -> Response:  # fmt: skip
    checked = check_upload(services, actor, open_held(services, actor, reference))
    return _page(request, services, actor, checked, reference, release=known_release(release))


@router.get("/{reference}/tekening")
def drawing(reference: str, actor: Admin, services: TheServices) -> Response:
    found = open_held(services, actor, reference).drawing
    return send_document([found], "tekening.bpmn", BPMN, len(found))


@router.post("/{reference}/in-gebruik")
def take_into_use(request: Request, reference: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    folder = open_held(services, actor, reference)
    checked = check_upload(services, actor, folder)  # now, so that the transaction finds the answer ready
    if not checked.may_be_used:
        return _page(request, services, actor, checked, reference)
    guard = played_or_ordered(services, actor, read_guard(services, checked))
    if guard.missing:
        keep_plan(services, actor, _form_of(folder), form)
        return go_to(f"/beheer/zaaktypen/nieuw/{reference}")
    if guard.broken:
        return _page(request, services, actor, checked, reference, refused=True, typed=form)
    try:
        wanted = DeployFolder(folder, read_plan(form))
        answer = act(services, actor, wanted, once=form.form_key, form=_form_of(folder))
    except Invalid as wrong:
        return _page(request, services, actor, checked, reference, errors=wrong.fields, typed=form)
    except Refused as refused:
        checked = check_upload(services, actor, folder, found=tuple(refused.findings))
        return _page(request, services, actor, checked, reference, typed=form)
    return go_to(place_of(answer))


def _form_of(folder: Folder) -> str:
    """The draft in which the upload waits: one for each drawing."""
    return f"/beheer/zaaktypen/nieuw/{folder.name}"[:LONGEST_ADDRESS]


def _content(services: Services, form: Received) -> tuple[str, bytes]:
    """Name and bytes of the one file; it does not stay in the store under its own key. Raises Invalid."""
    upload = one_file(form, "Kies eerst een bestand: een tekening (.bpmn) of een zip van een zaaktype.")
    try:
        return upload.name, _bytes(services, upload)
    finally:
        let_go(services, form.uploads)


def _bytes(services: Services, upload: Upload) -> bytes:
    if upload.size > MOST_PACKED:
        raise Invalid({"file": f"Dit bestand is groter dan {MOST_PACKED // 1024 // 1024} MB."})
    return read_now(services, upload)


def _page(
    request: Request, services: Services, actor: Actor, checked: UploadCheck, reference: str, release: str = "", **more: Any
) -> Response:  # fmt: skip
    """The page of the check. What is wrong, if anything, stands in `errors`, or `refused` says that rehearsals go otherwise; `release` is
    of the program that made the package.
    """
    status = 200 if checked.may_be_used and not more.keys() & {"refused", "errors"} else Refused.status
    guard = read_guard(services, checked)
    typed = kept_plan(services, actor, _form_of(checked.folder))
    context = {"typed": typed, "guard": guard, "playing": playing_now(services, guard), **more}
    door = read_door(services, actor, checked.process)
    return render(
        request, "admin/upload_check.html", status, check=checked, reference=reference, door=door, release=release,
        newer=is_newer(release, version(PROGRAM)), **context,
    )  # fmt: skip
