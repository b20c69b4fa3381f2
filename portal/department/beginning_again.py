"""Begin again with a delivery or an answer that was kept behind this link."""

from fastapi import APIRouter
from starlette.responses import Response

from portal.department.door import Guest
from portal.department.kept import form_of, page_of
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from processes.actions import act
from processes.actions.drafts import DropDraft
from processes.reads.department import read_dossier
from processes.storage.drafts import LONGEST_ADDRESS

router = APIRouter()


@router.post("/{token}/opnieuw")
def begin_again(token: str, guest: Guest, form: PlainForm, services: TheServices) -> Response:
    """Forget what was kept of the form that the hidden field `form` names, and show it empty."""
    name = form.one("form")[:LONGEST_ADDRESS]
    act(services, guest, DropDraft(name))
    page = read_dossier(services, token)
    task = next((one for one in page.tasks if name == f"taak/{one.task}"), None)
    if task:
        return go_to(f"/verzoek/{token}/{name}")
    return go_to(page_of(token, page, next((one for one in page.requests if name == form_of(one)), None)))
