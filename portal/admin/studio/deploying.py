"""A draft goes into use: the check, what differs from the version in use, and the confirmation. And an upload becomes a draft."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine.edits import files_of
from portal.admin.guard import keep_plan, kept_plan, played_or_ordered, playing_now
from portal.admin.planned import place_of, read_plan
from portal.admin.roles import Admin
from portal.admin.studio.pages import draft_page, home_of
from portal.doors import PlainForm, TheServices
from portal.drafts import filing_form
from portal.pages import go_to
from processes.actions import act
from processes.actions.deploying import Refused
from processes.actions.drafting import DeployDraft, ImportDraft
from processes.base.actor import Actor
from processes.base.case_type_zip import known_release
from processes.base.errors import Invalid
from processes.reads.admin import check_upload, open_held, read_door
from processes.reads.begun_forms import read_begun_forms
from processes.reads.studio import DeployGuard, DraftCheck, check_draft, read_guard, read_meanwhile
from processes.storage.services import Services
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter()
PLACE = "in-gebruik"


@router.get("/{name}/ontwerp/in-gebruik")
def ask(request: Request, name: str, actor: Admin, services: TheServices) -> Response:
    return _page(request, services, actor, check_draft(services, actor, name))


@router.post("/{name}/ontwerp/in-gebruik")
def deploy(request: Request, name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    checked, here = (
        check_draft(services, actor, name),
        _address(name),
    )  # now, so that the transaction finds the answer ready
    guard = played_or_ordered(services, actor, read_guard(services, checked.check))
    if guard.missing:
        keep_plan(services, actor, here, form)
        return go_to(here)
    if guard.broken:
        return _page(request, services, actor, checked, Refused.status, guard=guard, typed=form)
    try:
        wanted = DeployDraft(name, form.one("seen"), read_plan(form))
        answer = act(services, actor, wanted, once=form.form_key, form=here)
    except ChangedMeanwhile as changed:
        meanwhile = read_meanwhile(services, changed, "", "")
        return _page(request, services, actor, checked, changed.status, meanwhile=meanwhile, typed=form)
    except (Refused, Invalid) as refused:
        errors = refused.fields if isinstance(refused, Invalid) else {"": str(refused)}
        return _page(request, services, actor, checked, refused.status, errors=errors, typed=form)
    return go_to(place_of(answer))


@router.post("/nieuw/{reference}/als-ontwerp")
def upload_as_draft(reference: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """Whatever the check found: a draft is where it is mended."""
    checked = check_upload(services, actor, open_held(services, actor, reference))
    name = checked.process or draft_name(checked.folder.name)
    wanted = ImportDraft(name, files_of(checked.folder), known_release(form.one("release")))
    return go_to(f"{home_of(act(services, actor, wanted, once=form.form_key))}?ingelezen=ja")


def _page(
    request: Request, services: Services, actor: Actor, checked: DraftCheck, status: int = 200, *, guard: DeployGuard | None = None,
    **context: Any,
) -> Response:  # fmt: skip
    guard = guard or read_guard(services, checked.check)
    typed = kept_plan(services, actor, _address(checked.head.name))
    begun = read_begun_forms(services, actor, checked.head.name, filing_form(checked.head.name))
    door = read_door(services, actor, checked.check.process)
    shown: dict[str, Any] = {"meanwhile": None, "begun": begun, "typed": typed, "door": door, **context}
    shown |= {"guard": guard, "playing": playing_now(services, guard)}
    return draft_page(request, "deploy.html", checked, PLACE, status, **shown)


def _address(name: str) -> str:
    return f"{home_of(name)}/{PLACE}"


def draft_name(text: str) -> str:
    """A name for the address out of the name of a file, for a drawing that could not be read."""
    kept = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in text.lower())
    return kept.strip("-")[:60] or "ontwerp"
