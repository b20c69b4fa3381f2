"""The saves of a draft: back to an older one, a name for one, and tidying up."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.admin.studio.pages import home_of, plain_draft_page
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from portal.received import Received
from processes.actions import act
from processes.actions.drafting import NameRevision, RestoreRevision, TidyDraft
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.studio import read_history, read_meanwhile
from processes.storage.services import Services
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter(prefix="/{name}/ontwerp/bewaringen")
PLACE = "bewaringen"


@router.get("")
def saves(request: Request, name: str, actor: Admin, services: TheServices, gedaan: str = "") -> Response:
    history = read_history(services, actor, name)
    return plain_draft_page(request, "history.html", history.head, PLACE, history=history, done=gedaan, meanwhile=None)


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
