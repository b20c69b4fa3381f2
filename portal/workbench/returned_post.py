"""/werk/retourpost: a letter that came back, in two presses: find it by what is printed on it, and say so (W12)."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices, row_id
from portal.pages import go_to, render
from portal.received import Received
from portal.workbench.dates import date_in
from portal.workbench.doors import Worker
from portal.workbench.post_room import PLACE, then_next
from processes.actions import act
from processes.actions.returned_post import RegisterReturned
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/retourpost")
ASKED = "kenmerk"
NOT_A_REFERENCE = (
    "Vul het kenmerk in zoals het op de brief staat, bijvoorbeeld BZW-2026-000123-D4. Het zaaknummer mag ook."
)
NOT_FOUND = "Er is geen verzonden brief met dit kenmerk, of u mag de zaak niet zien. Controleer het kenmerk."
DONE = {
    "terug": "De brief staat als teruggekomen in de zaak, en de behandelaar krijgt een melding. Nieuwe brieven naar het adres van die brief wachten."
}


@router.get("")
def find(
    request: Request, actor: Worker, services: TheServices, kenmerk: str = "", post: str = "", gedaan: str = ""
) -> Response:
    """`kenmerk`: the reference on the letter; `post`: the id of the piece of post that it is."""
    return _page(request, services, actor, Received({ASKED: [kenmerk], "post": [post]}), done=DONE.get(gedaan))


@router.post("/kwam-terug")
def returned(request: Request, actor: Worker, form: PlainForm, services: TheServices) -> Response:
    try:
        action = RegisterReturned(
            row_id(form.one("notice")) or 0, date_in(form, "returned_on"), row_id(form.one("post"))
        )
        act(services, actor, action, once=form.form_key or None)
    except Invalid as error:
        return _page(request, services, actor, form, error.fields)
    return then_next(services, actor, "retour") if action.item else go_to("/werk/retourpost?gedaan=terug")


def _page(
    request: Request, services: Services, actor: Actor, typed: Received, errors: Mapping[str, str] | None = None, *,
    done: str | None = None,
) -> Response:  # fmt: skip
    page = reads.read_returned(services, actor, typed.one(ASKED))
    wrong = dict(errors or {})
    if page.asked and not page.letters:
        wrong[ASKED] = NOT_FOUND if page.understood else NOT_A_REFERENCE
    return render(
        request, "workbench/returned_post.html", Invalid.status if errors else 200, page=page, errors=wrong, typed=typed,
        done=done, place=PLACE,
    )  # fmt: skip
