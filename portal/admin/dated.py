"""Settings that hold from a day on: the list by kind, one setting with its history, and changing it with its effect shown first."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from portal.admin.roles import Admin, Day
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from portal.received import Received
from processes.actions import act
from processes.actions.by_two import WAITS
from processes.actions.dated import DAYS, ConfirmSetting, SaveSetting, TakeBackSetting, WithdrawSetting
from processes.actions.trial_mail import SendTrialMail
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.dated import MAIL_SENDER, FieldKind, SettingField
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
DONE = {  # by the word in the address: a heading and a sentence
    "ja": ("Opgeslagen", "De wijziging staat in de lijst, en in de geschiedenis hieronder."),
    "wacht": ("Voorgesteld", "Een andere beheerder moet akkoord geven. Tot dan verandert er niets."),
    "ingetrokken": ("Ingetrokken", "Het voorstel is weg. Er is niets veranderd."),
    "proefmail": (
        "De proefmail is onderweg",
        "Zij gaat naar uw eigen adres. Komt zij niet aan, kijk dan op de pagina Overzicht of de mailserver haar weigerde.",
    ),
}


@router.get("")
def settings(request: Request, actor: Admin, services: TheServices) -> Response:
    groups, to_fill_in = read_setting_groups(services, actor), read_to_fill_in(services, actor)
    return render(request, "admin/settings.html", groups=groups, to_fill_in=to_fill_in)


@router.get("/{kind}/nieuw")
def new(
    request: Request, kind: str, actor: Admin, services: TheServices, code: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """With the code in the address, such as the number of a colleague: then it is filled in."""
    return _form(request, services, actor, TypedSetting(kind, code, new=True), fresh=True)


@router.post("/{kind}/nieuw")
def add(request: Request, kind: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    return _step(request, services, actor, form, _typed(services, actor, form, kind, form.one("code"), new=True))


@router.get("/{kind}/regel/{code}")
def setting(
    request: Request, kind: str, code: str, actor: Admin, services: TheServices, opgeslagen: str = ""
) -> Response:
    return _page(request, services, actor, kind, code, saved=opgeslagen)


@router.get("/{kind}/regel/{code}/wijzigen")
def change(
    request: Request, kind: str, code: str, actor: Admin, services: TheServices, zoals: date | None = None
) -> Response:
    """`zoals`: the first day of an earlier version to go back to; the form then holds what it said."""
    return _form(request, services, actor, TypedSetting(kind, code), fresh=True, like=zoals)


@router.post("/mail_sender/regel/{code}/proefmail")
def send_trial(request: Request, code: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    try:
        act(services, actor, SendTrialMail(code), once=form.form_key)
    except Invalid as error:
        return _page(request, services, actor, MAIL_SENDER.word, code, errors=error.fields)
    return go_to(f"{HOME}/{MAIL_SENDER.word}/regel/{code}?opgeslagen=proefmail")


@router.post("/{kind}/regel/{code}/wijzigen")
def save(request: Request, kind: str, code: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    return _step(request, services, actor, form, _typed(services, actor, form, kind, code, new=False))


@router.post("/{kind}/regel/{code}/akkoord")
def confirm(kind: str, code: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    return _done(act(services, actor, ConfirmSetting(kind, code, form.one("proposal")), once=form.form_key))


@router.post("/{kind}/regel/{code}/intrekken")
def withdraw(kind: str, code: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, WithdrawSetting(kind, code, form.one("proposal")), once=form.form_key)
    return go_to(f"{HOME}/{kind}/regel/{code}?opgeslagen=ingetrokken")


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
        return _done(act(services, actor, TakeBackSetting(kind, code, since, reason), once=form.form_key))
    except Invalid as error:
        page, checked = read_setting(services, actor, kind, code), check_taking_back(services, actor, kind, code, since)
        return render(
            request, "admin/setting_back.html", Invalid.status, page=page, since=since, checked=checked, reason=reason,
            errors=error.fields,
        )  # fmt: skip


def _done(answer: str) -> Response:
    """The page of the setting, after an action that answers `kind:code`, or with WAITS behind it."""
    kind, code, *waits = answer.split(":")
    return go_to(f"{HOME}/{kind}/regel/{code}?opgeslagen={WAITS if waits else 'ja'}")


def _page(
    request: Request, services: Services, actor: Actor, kind: str, code: str, *, saved: str = "",
    errors: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    page = read_setting(services, actor, kind, code)
    status = Invalid.status if errors else 200
    return render(
        request, "admin/setting.html", status, page=page, done=DONE.get(saved), sends=kind == MAIL_SENDER.word, days=DAYS,
        errors=errors or {},
    )  # fmt: skip


def _step(request: Request, services: Services, actor: Actor, form: Received, typed: TypedSetting) -> Response:
    """First the form, then a page that shows the effect, and from there saving or back to the form."""
    if form.one("step") == "change":
        return _form(request, services, actor, typed)
    try:
        if form.one("step") == "save":
            return _done(act(services, actor, SaveSetting(typed), once=form.form_key))
        checked = check_setting(services, actor, typed)
    except Invalid as error:
        return _form(request, services, actor, typed, error.fields)
    page = setting_form(services, actor, typed)
    return render(request, "admin/setting_confirm.html", checked=checked, form=page)


def _typed(
    services: Services, actor: Actor, form: Received, kind: str, code: str, *, new: bool
) -> TypedSetting:  # fmt: skip
    asked = setting_form(services, actor, TypedSetting(kind, code, new=new))
    values = {field.name: _sent(form, field) for field in asked.fields}
    seen = form.one("seen") or None
    return TypedSetting(kind, code, form.one("valid_from"), values, form.text("reason"), new, seen)


def _sent(form: Received, field: SettingField) -> str:
    return " ".join(form.all(field.name)) if field.kind == FieldKind.SEVERAL else form.text(field.name)


def _form(
    request: Request, services: Services, actor: Actor, typed: TypedSetting, errors: dict[str, str] | None = None,
    *, fresh: bool = False, like: date | None = None,
) -> Response:  # fmt: skip
    more: dict[str, Any] = {"errors": errors} if errors else {}
    form = setting_form(services, actor, typed, fresh=fresh, like=like)
    return render(request, "admin/setting_form.html", Invalid.status if errors else 200, form=form, **more)
