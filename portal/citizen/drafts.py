"""Begin again with a form that was kept, and the forms that somebody still has to send."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import Citizen, PlainForm, TheServices
from portal.drafts import SURE
from portal.pages import go_to, render
from portal.security.places import own_path
from processes.actions import act
from processes.actions.drafts import DropDraft
from processes.base.actor import Actor
from processes.reads.begun_forms import read_titles
from processes.reads.drafts import read_draft, read_drafts, read_large_files, refuse_form_above
from processes.storage.large_uploads import give_up_form
from processes.storage.services import Services

router = APIRouter(prefix="/mijn")
NEW = "/mijn/nieuw/"


@dataclass(frozen=True, slots=True)
class BegunForm:
    """A new case that somebody began to fill in."""

    title: str
    address: str
    saved_at: datetime


@router.post("/opnieuw")
def begin_again(request: Request, actor: Citizen, form: PlainForm, services: TheServices) -> Response:
    """Forget what was kept of the form whose address the hidden field `form` gives, and show it empty; first it is asked."""
    address = own_path(form.one("form"), "/mijn")
    refuse_form_above(services, actor, address)
    kept, large = read_draft(services, actor, address), read_large_files(services, actor, address)
    if (kept or large) and not form.ticked(SURE):
        return render(request, "citizen/begin_again.html", kept=kept, large_files=large, back=address)
    act(services, actor, DropDraft(address))
    give_up_form(services, actor, address)
    return go_to(address)


def begun(services: Services, actor: Actor) -> list[BegunForm]:
    """The new cases that this person began with and did not send, the newest first; none where no case begins here."""
    if not services.settings.filing:
        return []
    drafts = {
        draft.form.removeprefix(NEW): draft for draft in read_drafts(services, actor) if draft.form.startswith(NEW)
    }
    if not drafts:
        return []
    titles = read_titles(services, drafts)
    return [BegunForm(titles[code], draft.form, draft.saved_at) for code, draft in drafts.items() if code in titles]
