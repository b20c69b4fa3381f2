"""A new case type drawn from nothing: a form of a few fields, and a draft that can be drawn further at once."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.admin.studio.pages import home_of
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from processes.actions import act
from processes.actions.drafting import AdoptDrawing
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.studio import new_case_type_files, retention_offered
from processes.storage.services import Services
from processes.studio.copying import NewNames

router = APIRouter()
HERE = "/nieuw/tekenen"
EMPTY = NewNames("", "", "")
BY_CITIZENS, BY_WORKERS = "burger", "medewerker"


@router.get(HERE)
def ask(request: Request, actor: Admin, services: TheServices) -> Response:
    return _page(request, services, actor, EMPTY, BY_CITIZENS, "")


@router.post(HERE)
def begin(request: Request, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    names = NewNames(form.one("title"), form.one("identification"), form.one("prefix").upper())
    by, retention = form.one("by"), form.one("retention")
    try:
        files = new_case_type_files(services, actor, names, retention, by_citizens=by != BY_WORKERS)
        name = act(services, actor, AdoptDrawing(names, files, ""), once=form.form_key)
    except Invalid as error:
        return _page(request, services, actor, names, by, retention, error)
    return go_to(f"{home_of(name)}?nieuw=ja")


def _page(
    request: Request, services: Services, actor: Actor, names: NewNames, by: str, retention: str,
    error: Invalid | None = None,
) -> Response:  # fmt: skip
    return render(
        request, "admin/studio/begin.html", error.status if error else 200, names=names, by=by, retention=retention,
        offered=retention_offered(services, actor), errors=error.fields if error else {},
    )  # fmt: skip
