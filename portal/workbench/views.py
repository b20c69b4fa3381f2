"""/werk/zaken/weergaven: filters, order and columns of the list under a name of one's own."""

from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import Response

from portal.doors import PlainForm, TheServices, row_id
from portal.pages import go_to
from portal.workbench.asked_list import AskedList
from portal.workbench.case_list import show_list
from portal.workbench.doors import Desk
from processes.actions import act
from processes.actions.views import DropView, SaveView
from processes.base.errors import Invalid, NotFound

router = APIRouter(prefix="/zaken")


@router.post("/weergaven")
def save(request: Request, actor: Desk, form: PlainForm, services: TheServices) -> Response:
    """The same name again replaces the view."""
    asked = AskedList.of(QueryParams(form.one("weergave")))
    try:
        act(services, actor, SaveView(form.one("view_name"), asked.view))
    except Invalid as error:
        return show_list(request, services, actor, asked, error.fields, form.one("view_name"))
    return go_to(f"/werk/zaken?{asked.view}")


@router.post("/weergaven/{view}/weg")
def drop(actor: Desk, form: PlainForm, services: TheServices, view: str) -> Response:
    del form  # its token was checked
    found = row_id(view)
    if found is None:
        raise NotFound
    act(services, actor, DropView(found))
    return go_to("/werk/zaken")
