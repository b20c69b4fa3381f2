"""A drawing of another tool becomes a draft: choose a file, answer questions that all have a proposal, and make the draft.

What was chosen and answered is held in the store between two pages, as an upload that is checked; the address carries a sealed
reference to it. The drawing is read by a child process only.
"""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from portal.admin.models import BPMN
from portal.admin.roles import Admin
from portal.admin.studio.pages import home_of, plain_draft_page
from portal.chosen_files import kept_unless_refused
from portal.doors import TheServices
from portal.downloads import send_document
from portal.drafts import keep
from portal.pages import get_services, go_to, render
from portal.received import Received
from portal.scanned import read_now
from portal.uploads import FORM_BYTES, one_file, receive, receive_few
from processes.actions import act
from processes.actions.drafting import AdoptDrawing, SaveDraftFiles
from processes.base.actor import Actor
from processes.base.chosen_files import ChosenFile, ChosenFiles
from processes.base.errors import Invalid
from processes.reads.admin import hold_file, open_held_file
from processes.reads.studio import (
    AdoptingPage,
    answers_of,
    read_adopting,
    read_meanwhile,
    read_taken_over_draft,
    wrong_answers,
)
from processes.storage.drafts import LONGEST_ADDRESS
from processes.storage.services import Services
from processes.storage.upload_room import let_go, note_uploads
from processes.studio.copying import NewNames
from processes.studio.revisions import ChangedMeanwhile
from processes.studio.taken_over import MOST_SOURCE, TAKEN_OVER, TakenOver, read_taken_over

router = APIRouter()
HOME = "/nieuw/overnemen"
HERE = f"/beheer/zaaktypen{HOME}"
FORMATS = ("bpmn",)
ENDING = "json"  # of what is held
MOST_FIELDS = 2_000  # a question for each step that needs one
PLACE = "overname"


async def drawing_form(request: Request) -> Received:
    return await receive_few(request, max_bytes=MOST_SOURCE + 100_000, formats=FORMATS)


async def answers_form(request: Request) -> Received:
    return await receive(request, get_services(request), max_bytes=FORM_BYTES, max_files=0, max_fields=MOST_FIELDS)


DrawingForm = Annotated[Received, Depends(drawing_form)]
AnswersForm = Annotated[Received, Depends(answers_form)]


@router.get(HOME)
def choose(request: Request, actor: Admin) -> Response:
    del actor
    return render(request, "admin/studio/adopt_file.html")


@router.post(HOME)
def read(request: Request, actor: Admin, form: DrawingForm, services: TheServices) -> Response:
    try:
        page = read_adopting(services, actor, TakenOver(*_content(services, form)))
    except Invalid as error:
        return render(request, "admin/studio/adopt_file.html", error.status, errors=error.fields)
    return go_to(f"{HERE}/{_held(services, actor, page.taken)}")


@router.get(HOME + "/{reference}")
def ask(request: Request, reference: str, actor: Admin, services: TheServices, opnieuw: str = "") -> Response:
    """`opnieuw`: the drawing was made anew with other answers a moment ago."""
    return _page(request, _opened(services, actor, reference), reference, again=opnieuw == "ja")


@router.get(HOME + "/{reference}/tekening")
def drawing(reference: str, actor: Admin, services: TheServices) -> Response:
    found = _opened(services, actor, reference).drawing
    return send_document([found], "tekening.bpmn", BPMN, len(found))


@router.post(HOME + "/{reference}")
def answer(request: Request, reference: str, actor: Admin, form: AnswersForm, services: TheServices) -> Response:
    """The button `step` makes the draft, or only shows the drawing as it is with these answers."""
    before = _opened(services, actor, reference)
    names = NewNames(form.one("title"), form.one("identification"), form.one("prefix").upper())
    page = read_adopting(services, actor, replace(before.taken, answers=_typed(before, form), names=names))
    if wrong := wrong_answers(page):
        return _page(request, page, reference, Invalid.status, errors=wrong)
    try:
        names.checked()
        if form.one("step") == "show":
            return go_to(f"{HERE}/{_held(services, actor, page.taken)}?opnieuw=ja#tekening")
        made = AdoptDrawing(names, page.files, page.taken.file)
        name = act(services, actor, made, once=form.form_key, form=_form_of(page.taken))
    except Invalid as error:
        return _page(request, page, reference, error.status, errors=error.fields)
    return go_to(f"{home_of(name)}?overgenomen=ja")


@router.get("/{name}/ontwerp/overname")
def ask_again(request: Request, name: str, actor: Admin, services: TheServices, gedaan: str = "") -> Response:
    head, _, page = read_taken_over_draft(services, actor, name)
    return plain_draft_page(request, "adopted.html", head, PLACE, page=page, done=gedaan == "ja", meanwhile=None)


@router.post("/{name}/ontwerp/overname")
def answer_again(request: Request, name: str, actor: Admin, form: AnswersForm, services: TheServices) -> Response:
    """The drawing, forms, mails and rehearsals are made anew; older saves stay."""
    head, files, before = read_taken_over_draft(services, actor, name)
    page = read_adopting(services, actor, replace(before.taken, answers=_typed(before, form)))
    if wrong := wrong_answers(page):
        return plain_draft_page(
            request, "adopted.html", head, PLACE, Invalid.status, page=page, done=False, meanwhile=None, errors=wrong
        )
    gone = tuple(one for one in files if one not in page.files)
    words = f"Opnieuw overgenomen uit de tekening '{page.taken.file}', met andere antwoorden."
    try:
        act(services, actor, SaveDraftFiles(name, form.one("seen"), words, page.files, gone), once=form.form_key)
    except ChangedMeanwhile as changed:
        meanwhile = read_meanwhile(services, changed, "", "")
        return plain_draft_page(
            request, "adopted.html", head, PLACE, changed.status, page=page, done=False, meanwhile=meanwhile
        )
    return go_to(f"{home_of(name)}/{PLACE}?gedaan=ja")


def _typed(page: AdoptingPage, form: Received) -> dict[str, str]:
    return answers_of(page, {field: form.one(field) for field in form.fields})


def _opened(services: Services, actor: Actor, reference: str) -> AdoptingPage:
    """Raises NotFound for a reference that is too old or another's, and Invalid for a drawing that becomes nothing."""
    _, content = open_held_file(services, actor, reference, ENDING)
    return read_adopting(services, actor, read_taken_over(content))


def _held(services: Services, actor: Actor, taken: TakenOver) -> str:
    """Keep it in the store, in a draft of this user for each drawing: the reference for the address."""
    reference, kept = hold_file(services, actor, TAKEN_OVER.removesuffix(f".{ENDING}"), ENDING, taken.as_file())
    with kept_unless_refused(services, [kept]):
        note_uploads(services, actor, [kept], made_here=True)
        keep(services, actor, _form_of(taken), Received(), ChosenFiles((ChosenFile("file", "", kept),)))
    return reference


def _form_of(taken: TakenOver) -> str:
    return f"{HERE}/{taken.file}"[:LONGEST_ADDRESS]


def _content(services: Services, form: Received) -> tuple[str, bytes]:
    """Name and bytes of the one file; it does not stay in the store under its own key. Raises Invalid."""
    upload = one_file(form, "Kies eerst een bestand: een tekening uit een ander programma.")
    try:
        if upload.size > MOST_SOURCE:
            raise Invalid({"file": f"Deze tekening is groter dan {MOST_SOURCE // 1024 // 1024} MB."})
        return upload.name, read_now(services, upload)
    finally:
        let_go(services, form.uploads)


def _page(request: Request, page: AdoptingPage, reference: str, status: int = 200, **more: Any) -> Response:
    given = {"again": False, "errors": {}, **more}
    return render(request, "admin/studio/adopt.html", status, page=page, reference=reference, home=HERE, **given)
