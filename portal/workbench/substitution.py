"""/werk/vervanging: who stands in for whom, and until when. Also for an administrator, who sees no other page of the workbench."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.pages import go_to, render
from portal.received import Received
from portal.security.guards import signed_in_staff
from processes.actions import act
from processes.actions.substitution import EndSubstitute, SetSubstitute
from processes.base.actor import Actor, StaffRole
from processes.base.errors import Invalid
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/vervanging")
Arranging = Annotated[Actor, Depends(signed_in_staff(StaffRole.WORKER, StaffRole.DECIDER, StaffRole.ADMIN))]
DONE = {"ingesteld": "De vervanging is ingesteld.", "voorbij": "De vervanging is voorbij."}
FIELDS = {"reason": "absence", "staff": "away"}  # how a field of the action is called on the page


@router.get("")
def substitution(request: Request, actor: Arranging, services: TheServices, gedaan: str = "") -> Response:
    return _page(request, services, actor, done=DONE.get(gedaan))


@router.post("")
def arrange(request: Request, actor: Arranging, form: PlainForm, services: TheServices) -> Response:
    action = SetSubstitute(
        form.one("substitute"), form.one("first"), form.one("last"), form.one("away"), form.text("absence")
    )
    try:
        act(services, actor, action, once=form.form_key or None)
    except Invalid as error:
        errors = {FIELDS.get(name, name): sentence for name, sentence in error.fields.items()}
        return _page(request, services, actor, Invalid.status, errors=errors, typed=form)
    return go_to("/werk/vervanging?gedaan=ingesteld")


@router.post("/{substitution}/beeindigen")
def end(actor: Arranging, form: PlainForm, services: TheServices, substitution: RowId) -> Response:
    act(services, actor, EndSubstitute(substitution), once=form.form_key or None)
    return go_to("/werk/vervanging?gedaan=voorbij")


def _page(
    request: Request, services: Services, actor: Actor, status: int = 200, *, done: str | None = None,
    errors: dict[str, str] | None = None, typed: Received | None = None,
) -> Response:  # fmt: skip
    return render(
        request, "workbench/substitution.html", status, page=reads.read_substitution(services, actor), place="substitution",
        done=done, errors=errors or {}, typed=typed or Received({}, {}),
    )  # fmt: skip
