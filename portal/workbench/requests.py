"""Changes from Verzoeken: another term, a link that stops, the remark that departments read."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.workbench.dates import date_in
from portal.workbench.doors import Worker
from portal.workbench.tabs import change_on_tab, show_tab
from processes.actions.course import ChangeRemark
from processes.actions.requests import ChangeTerm, RevokeLink
from processes.base.errors import Invalid

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
    return change_on_tab(
        request, services, actor, ChangeTerm(asked, due), form, number, "verzoeken", "termijn", f"-{asked}"
    )


@router.post("/{number}/verzoeken/link/{dossier}")
def revoke(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, dossier: RowId
) -> Response:
    return change_on_tab(request, services, actor, RevokeLink(dossier), form, number, "verzoeken", "link")


@router.post("/{number}/opmerkingen")
def remark(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    return change_on_tab(
        request, services, actor, ChangeRemark(number, form.text("remark")), form, number, "verzoeken", "opmerkingen"
    )
