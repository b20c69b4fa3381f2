"""Changes from Verzoeken: another term, a link that stops, the remark that departments read."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.received import Received
from portal.workbench.dates import date_in
from portal.workbench.doors import Worker, carry_out
from portal.workbench.tabs import show_tab
from processes.actions.course import ChangeRemark
from processes.actions.requests import ChangeTerm, RevokeLink
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.storage.services import Services

router = APIRouter(prefix="/zaken")


@router.post("/{number}/verzoeken/{asked}/termijn")
def term(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, asked: RowId
) -> Response:
    name = f"due-{asked}"
    try:
        due = date_in(form, name)
    except Invalid as error:
        return show_tab(request, services, actor, number, "verzoeken", errors=error.fields, typed=form)
    return _change(request, services, actor, ChangeTerm(asked, due), form, number, "termijn", f"-{asked}")


@router.post("/{number}/verzoeken/link/{dossier}")
def revoke(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, dossier: RowId
) -> Response:
    return _change(request, services, actor, RevokeLink(dossier), form, number, "link")


@router.post("/{number}/opmerkingen")
def remark(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    return _change(request, services, actor, ChangeRemark(number, form.one("remark")), form, number, "opmerkingen")


def _change(
    request: Request,
    services: Services,
    actor: Actor,
    action: object,
    form: Received,
    number: str,
    done: str,
    suffix: str = "",
) -> Response:
    return carry_out(
        services, actor, action, form, f"/werk/zaken/{number}/verzoeken?gedaan={done}",
        lambda errors: show_tab(request, services, actor, number, "verzoeken", errors=errors, typed=form), suffix,
    )  # fmt: skip
