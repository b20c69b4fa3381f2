"""Begin again with a delivery or an answer that was kept behind this link: asked first, with a word that only a person types (B7)."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.department.by_hand import WORD_FIELD, said_yes
from portal.department.door import Guest
from portal.department.kept import form_of, page_of
from portal.doors import PlainForm, TheServices
from portal.drafts import SURE
from portal.pages import go_to, render
from processes.actions import act
from processes.actions.drafts import DropDraft
from processes.base.errors import Invalid
from processes.reads.department import DossierPage, read_dossier
from processes.reads.drafts import read_draft, read_large_files
from processes.storage.drafts import LONGEST_ADDRESS
from processes.storage.large_uploads import give_up_form

router = APIRouter()
NOT_TYPED_YET: Final = (
    "Typ het woord ja. Zo weten wij dat u dit zelf wilt, en niet een programma dat links in mail controleert."
)


@router.post("/{token}/opnieuw")
def begin_again(request: Request, token: str, guest: Guest, form: PlainForm, services: TheServices) -> Response:
    """Forget what was kept of the form that the hidden field `form` names, and show it empty."""
    name = form.one("form")[:LONGEST_ADDRESS]
    page = read_dossier(services, token)
    back = _page_of_form(token, page, name)
    kept, large = read_draft(services, guest, name), read_large_files(services, guest, name)
    if (kept or large) and not said_yes(form):
        wrong = {WORD_FIELD: NOT_TYPED_YET} if form.ticked(SURE) else {}
        return render(
            request, "department/begin_again.html", Invalid.status if wrong else 200, token=token, dossier=page, form=name,
            kept=kept, large_files=large, back=back, errors=wrong,
        )  # fmt: skip
    act(services, guest, DropDraft(name))
    give_up_form(services, guest, name)
    return go_to(back)


def _page_of_form(token: str, page: DossierPage, name: str) -> str:
    if any(name == f"taak/{one.task}" for one in page.tasks):
        return f"/verzoek/{token}/{name}"
    return page_of(token, page, next((one for one in page.requests if name == form_of(one)), None))
