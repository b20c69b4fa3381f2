"""The saves of a draft: any two beside each other, back to an older one, a name for one, and tidying up."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from portal.admin.models import BPMN
from portal.admin.roles import MOST, Admin, Number
from portal.admin.studio.pages import home_of, plain_draft_page
from portal.doors import PlainForm, TheServices
from portal.downloads import send_document
from portal.pages import go_to
from portal.received import Received
from processes.actions import act
from processes.actions.drafting import NameRevision, RestoreRevision, TidyDraft, UntidyDraft
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.studio import compare_saves, read_drawing_of_save, read_history, read_meanwhile
from processes.storage.services import Services
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter(prefix="/{name}/ontwerp/bewaringen")
PLACE = "bewaringen"
ChosenSave = Annotated[int, Query(ge=0, le=MOST)]


@router.get("")
def saves(request: Request, name: str, actor: Admin, services: TheServices, gedaan: str = "") -> Response:
    history = read_history(services, actor, name)
    return plain_draft_page(request, "history.html", history.head, PLACE, history=history, done=gedaan, meanwhile=None)


@router.get("/vergelijken")
def compare(
    request: Request, name: str, actor: Admin, services: TheServices, van: ChosenSave = 0, naar: ChosenSave = 0
) -> Response:
    """`van` and `naar`: the numbers of the older and the newer save; without them the last two."""
    compared = compare_saves(services, actor, name, van, naar)
    return plain_draft_page(request, "compared_saves.html", compared.head, PLACE, compared=compared)


@router.get("/{number}/tekening")
def drawing(name: str, number: Number, actor: Admin, services: TheServices) -> Response:
    """The drawing as it was in one save."""
    found = read_drawing_of_save(services, actor, name, number)
    return send_document([found], "tekening.bpmn", BPMN, len(found))


@router.post("/terugzetten")
def restore(request: Request, name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    wanted = RestoreRevision(name, form.one("seen"), form.one("revision"))
    try:
        act(services, actor, wanted, once=form.form_key)
    except ChangedMeanwhile as changed:
        history = read_history(services, actor, name)
        return plain_draft_page(
            request, "history.html", history.head, PLACE, changed.status, history=history, done="",
            meanwhile=read_meanwhile(services, changed, "", ""),
        )  # fmt: skip
    return _done(name, "teruggezet")


@router.post("/naam")
def give_name(request: Request, name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    try:
        act(services, actor, NameRevision(name, form.one("revision"), form.one("label")), once=form.form_key)
    except Invalid as error:
        return _again(request, services, actor, name, form, error)
    return _done(name, "benoemd")


@router.get("/opruimen")
def ask_tidy(request: Request, name: str, actor: Admin, services: TheServices) -> Response:
    history = read_history(services, actor, name)
    return plain_draft_page(request, "tidy.html", history.head, PLACE, history=history)


@router.post("/opruimen/terug")
def untidy(name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, UntidyDraft(name), once=form.form_key)
    return _done(name, "teruggehaald")


@router.post("/opruimen")
def tidy(name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, TidyDraft(name), once=form.form_key)
    return _done(name, "opgeruimd")


def _again(request: Request, services: Services, actor: Actor, name: str, form: Received, error: Invalid) -> Response:
    history = read_history(services, actor, name)
    return plain_draft_page(
        request, "history.html", history.head, PLACE, error.status, history=history, done="", meanwhile=None,
        errors={"": error.fields["label"]}, typed=form,
    )  # fmt: skip


def _done(name: str, word: str) -> Response:
    return go_to(f"{home_of(name)}/bewaringen?gedaan={word}")
