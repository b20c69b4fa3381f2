"""A form of a draft as who fills it in will see it, to look at and to try. Nothing that is filled in is stored."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from engine.words import Language
from portal.admin.roles import Admin
from portal.admin.studio.forms import PLACE, FormName
from portal.admin.studio.pages import draft_page
from portal.admin.studio.previewing import tried
from portal.doors import PlainForm, TheServices
from portal.forms import UnknownForm
from portal.received import Received
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.studio import read_form_on_show
from processes.storage.services import Services

router = APIRouter(prefix="/{name}/ontwerp/formulieren/voorbeeld/{form_name}")
Asked = Annotated[str, Query(alias="taal", max_length=10)]


@router.get("")
def look(
    request: Request, name: str, form_name: FormName, actor: Admin, services: TheServices, language: Asked = ""
) -> Response:
    return _shown(request, services, actor, name, form_name, language, None)


@router.post("")
def attempt(
    request: Request, name: str, form_name: FormName, actor: Admin, form: PlainForm, services: TheServices,
    language: Asked = "",
) -> Response:  # fmt: skip
    return _shown(request, services, actor, name, form_name, language, form)


def _shown(
    request: Request, services: Services, actor: Actor, name: str, form_name: str, language: str,
    typed: Received | None,
) -> Response:  # fmt: skip
    checked, form = read_form_on_show(services, actor, name, form_name)
    language = language if language in set(Language) else ""
    given: dict[str, Any] = {"form": form, "read_in": language, "page": None, "broken": ""}
    try:
        page = tried(form, typed, language)
    except UnknownForm as error:
        return draft_page(request, "form_preview.html", checked, PLACE, **{**given, "broken": str(error)})
    status = Invalid.status if page.errors else 200
    return draft_page(
        request, "form_preview.html", checked, PLACE, status, **{**given, "page": page, "errors": page.errors}
    )
