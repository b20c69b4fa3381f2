"""Settings that hold from a day on: the list by kind, one setting with its history, and changing it with its effect shown first."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from portal.admin.roles import Admin, Day
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from portal.received import Received
from processes.actions import act
from processes.actions.dated import SaveSetting, TakeBackSetting
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.dated.typed_settings import TypedSetting
from processes.reads.admin import (
    check_setting,
    check_taking_back,
    read_setting,
    read_setting_groups,
    read_to_fill_in,
    setting_form,
)
from processes.storage.services import Services

HOME = "/beheer/instellingen"
router = APIRouter(prefix="/instellingen")


@router.get("")
def settings(request: Request, actor: Admin, services: TheServices) -> Response:
    groups, to_fill_in = read_setting_groups(services, actor), read_to_fill_in(services, actor)
    return render(request, "admin/settings.html", groups=groups, to_fill_in=to_fill_in)


@router.get("/{kind}/nieuw")
def new(
    request: Request, kind: str, actor: Admin, services: TheServices, code: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """With the code in the address, such as the number of a colleague: then it is filled in."""
    return _form(request, services, actor, TypedSetting(kind, code, new=True))


@router.post("/{kind}/nieuw")
def add(request: Request, kind: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    return _step(request, services, actor, form, _typed(services, actor, form, kind, form.one("code"), new=True))


@router.get("/{kind}/regel/{code}")
def setting(
    request: Request, kind: str, code: str, actor: Admin, services: TheServices, opgeslagen: str = ""
) -> Response:
    page = read_setting(services, actor, kind, code)
    return render(request, "admin/setting.html", page=page, saved=opgeslagen == "ja")


@router.get("/{kind}/regel/{code}/wijzigen")
def change(request: Request, kind: str, code: str, actor: Admin, services: TheServices) -> Response:
    return _form(request, services, actor, TypedSetting(kind, code), fresh=True)


@router.post("/{kind}/regel/{code}/wijzigen")
def save(request: Request, kind: str, code: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    return _step(request, services, actor, form, _typed(services, actor, form, kind, code, new=False))


@router.get("/{kind}/regel/{code}/{since}/terugnemen")
def ask_back(request: Request, kind: str, code: str, since: Day, actor: Admin, services: TheServices) -> Response:
    checked = check_taking_back(services, actor, kind, code, since)
    page = read_setting(services, actor, kind, code)
    return render(request, "admin/setting_back.html", page=page, since=since, checked=checked, reason="")


@router.post("/{kind}/regel/{code}/{since}/terugnemen")
def take_back(
    request: Request, kind: str, code: str, since: Day, actor: Admin, form: PlainForm, services: TheServices
) -> Response:
    reason = form.text("reason")
    try:
        act(services, actor, TakeBackSetting(kind, code, since, reason), once=form.form_key)
    except Invalid as error:
        page, checked = read_setting(services, actor, kind, code), check_taking_back(services, actor, kind, code, since)
        return render(
            request, "admin/setting_back.html", Invalid.status, page=page, since=since, checked=checked, reason=reason,
            errors=error.fields,
        )  # fmt: skip
    return go_to(f"{HOME}/{kind}/regel/{code}?opgeslagen=ja")


def _step(request: Request, services: Services, actor: Actor, form: Received, typed: TypedSetting) -> Response:
    """First the form, then a page that shows the effect, and from there saving or back to the form."""
    if form.one("step") == "change":
        return _form(request, services, actor, typed)
    try:
        if form.one("step") == "save":
            act(services, actor, SaveSetting(typed), once=form.form_key)
            return go_to(f"{HOME}/{typed.kind}/regel/{typed.code}?opgeslagen=ja")
        checked = check_setting(services, actor, typed)
    except Invalid as error:
        return _form(request, services, actor, typed, error.fields)
    page = setting_form(services, actor, typed)
    return render(request, "admin/setting_confirm.html", checked=checked, form=page)


def _typed(
    services: Services, actor: Actor, form: Received, kind: str, code: str, *, new: bool
) -> TypedSetting:  # fmt: skip
    asked = setting_form(services, actor, TypedSetting(kind, code, new=new))
    values = {field.name: form.text(field.name) for field in asked.fields}
    return TypedSetting(kind, code, form.one("valid_from"), values, form.text("reason"), new)


def _form(
    request: Request, services: Services, actor: Actor, typed: TypedSetting, errors: dict[str, str] | None = None,
    *, fresh: bool = False,
) -> Response:  # fmt: skip
    more: dict[str, Any] = {"errors": errors} if errors else {}
    form = setting_form(services, actor, typed, fresh=fresh)
    return render(request, "admin/setting_form.html", Invalid.status if errors else 200, form=form, **more)
