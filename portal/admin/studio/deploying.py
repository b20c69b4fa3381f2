"""A draft goes into use: the check, what differs from the version in use, and the confirmation. And an upload becomes a draft."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine.edits import files_of
from portal.admin.roles import Admin
from portal.admin.studio.pages import draft_page, home_of
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from processes.actions import act
from processes.actions.deploying import Refused
from processes.actions.drafting import DeployDraft, ImportDraft
from processes.base.errors import Invalid
from processes.reads.admin import check_upload, open_held
from processes.reads.studio import broken_rehearsals, check_draft, read_meanwhile
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter()
PLACE = "in-gebruik"


@router.get("/{name}/ontwerp/in-gebruik")
def ask(request: Request, name: str, actor: Admin, services: TheServices) -> Response:
    return draft_page(request, "deploy.html", check_draft(services, actor, name), PLACE, meanwhile=None, broken=())


@router.post("/{name}/ontwerp/in-gebruik")
def deploy(request: Request, name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    checked = check_draft(services, actor, name)  # now, so that the transaction finds the answer ready
    if broken := broken_rehearsals(services, actor, name):
        return draft_page(request, "deploy.html", checked, PLACE, Refused.status, meanwhile=None, broken=broken)
    try:
        answer = act(services, actor, DeployDraft(name, form.one("seen")), once=form.form_key)
    except ChangedMeanwhile as changed:
        meanwhile = read_meanwhile(services, changed, "", "")
        return draft_page(request, "deploy.html", checked, PLACE, changed.status, meanwhile=meanwhile, broken=())
    except (Refused, Invalid) as refused:
        errors = refused.fields if isinstance(refused, Invalid) else {"": str(refused)}
        return draft_page(
            request, "deploy.html", checked, PLACE, refused.status, meanwhile=None, broken=(), errors=errors
        )
    process, _, version = answer.partition(":")
    return go_to(f"/beheer/zaaktypen/{process}?nieuw={version}")


@router.post("/nieuw/{reference}/als-ontwerp")
def upload_as_draft(reference: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """Whatever the check found: a draft is where it is mended."""
    checked = check_upload(services, actor, open_held(services, actor, reference))
    name = checked.process or draft_name(checked.folder.name)
    return go_to(home_of(act(services, actor, ImportDraft(name, files_of(checked.folder)), once=form.form_key)))


def draft_name(text: str) -> str:
    """A name for the address out of the name of a file, for a drawing that could not be read."""
    kept = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in text.lower())
    return kept.strip("-")[:60] or "ontwerp"
