"""A new case type out of one that is in use: a form of three fields, and the draft of the copy."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.admin.studio.pages import home_of
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from processes.actions import act
from processes.actions.drafting import CopyCaseType
from processes.base.errors import Invalid
from processes.reads.studio import read_copy
from processes.studio.copying import NewNames

router = APIRouter()


@router.get("/{process}/kopie")
def ask_names(request: Request, process: str, actor: Admin, services: TheServices) -> Response:
    page = read_copy(services, actor, process)
    return render(request, "admin/studio/copy.html", page=page, names=page.proposal)


@router.post("/{process}/kopie")
def copy(request: Request, process: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    names = NewNames(form.one("title"), form.one("identification"), form.one("prefix").upper())
    try:
        name = act(services, actor, CopyCaseType(process, names), once=form.form_key)
    except Invalid as error:
        page = read_copy(services, actor, process)
        return render(request, "admin/studio/copy.html", error.status, page=page, names=names, errors=error.fields)
    return go_to(f"{home_of(name)}?kopie=ja")
