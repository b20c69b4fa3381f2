"""Departments: who can be asked for documents, at which mailboxes, and how that changed."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from portal.admin.roles import MOST, Admin
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from portal.received import Received
from processes.actions import act
from processes.actions.departments import (
    DAYS,
    ConfirmMailbox,
    EndDepartment,
    ReviveDepartment,
    SaveDepartment,
    WithdrawMailbox,
)
from processes.base.actor import Actor
from processes.base.department_data import YES, DepartmentData
from processes.base.errors import Invalid
from processes.reads.admin import earlier_data, read_department, read_departments
from processes.storage.services import Services

HOME = "/beheer/afdelingen"
router = APIRouter(prefix="/afdelingen")
DONE = {
    "uit-gebruik": "De afdeling is uit gebruik. De opvolger krijgt wat aan haar wordt gevraagd.",
    "in-gebruik": "De afdeling is weer in gebruik.",
}


@router.get("")
def departments(
    request: Request,
    actor: Admin,
    services: TheServices,
    opgeslagen: str = "",
    ingelezen: Annotated[int, Query(ge=0, le=MOST)] = 0,
) -> Response:
    found = read_departments(services, actor)
    saved = next((one.name for one in found if one.code == opgeslagen), None)
    return render(request, "admin/departments.html", departments=found, saved=saved, listed=ingelezen)


@router.get("/nieuw")
def new(request: Request, actor: Admin) -> Response:
    del actor
    return render(request, "admin/department_new.html", typed=DepartmentData(), reason="")


@router.post("/nieuw")
def add(request: Request, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    typed = _typed(form, form.one("code"))
    try:
        code = act(services, actor, _action(typed, form, new=True), once=form.form_key)
    except Invalid as error:
        more = {"typed": typed, "reason": form.text("reason"), "errors": error.fields}
        return render(request, "admin/department_new.html", Invalid.status, **more)
    return go_to(f"{HOME}?opgeslagen={code}")


@router.get("/{code}")
def change(
    request: Request, code: str, actor: Admin, services: TheServices,
    terug: Annotated[int | None, Query(ge=0, le=MOST)] = None, gedaan: str = "",
) -> Response:  # fmt: skip
    """`terug`: the change to go back to; the form then holds what the department was after it."""
    earlier = earlier_data(services, actor, code, terug) if terug is not None else None
    return _page(request, services, actor, code, typed=earlier, back=earlier is not None, done=DONE.get(gedaan, ""))


@router.post("/{code}")
def save(request: Request, code: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    typed = _typed(form, code)
    try:
        act(services, actor, _action(typed, form, new=False), once=form.form_key)
    except Invalid as error:
        return _page(request, services, actor, code, typed=typed, reason=form.text("reason"), errors=error.fields)
    waits = read_department(services, actor, code).department.proposal is not None
    return go_to(f"{HOME}/{code}" if waits else f"{HOME}?opgeslagen={code}")


@router.post("/{code}/bevestigen")
def confirm(code: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    wanted = ConfirmMailbox(code, form.one("email"), form.one("manager_email"), form.one("fallback_email"))
    act(services, actor, wanted, once=form.form_key)
    return go_to(f"{HOME}?opgeslagen={code}")


@router.post("/{code}/intrekken")
def withdraw(code: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, WithdrawMailbox(code), once=form.form_key)
    return go_to(f"{HOME}?opgeslagen={code}")


@router.get("/{code}/uit-gebruik")
def ask_end(request: Request, code: str, actor: Admin, services: TheServices) -> Response:
    return _end_page(request, services, actor, code, Received())


@router.post("/{code}/uit-gebruik")
def end(request: Request, code: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    try:
        act(services, actor, EndDepartment(code, form.one("successor"), form.text("reason")), once=form.form_key)
    except Invalid as error:
        return _end_page(request, services, actor, code, form, error.fields)
    return go_to(f"{HOME}/{code}?gedaan=uit-gebruik")


@router.post("/{code}/in-gebruik")
def revive(code: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, ReviveDepartment(code), once=form.form_key)
    return go_to(f"{HOME}/{code}?gedaan=in-gebruik")


def _typed(form: Received, code: str) -> DepartmentData:
    names = ("name", "email", "manager_email", "fallback_email", "manager_name")
    always = YES if form.ticked("always_code") else ""
    given = {name: form.one(name) for name in names}
    return DepartmentData(code, **given, networks=form.text("networks"), always_code=always)


def _action(typed: DepartmentData, form: Received, *, new: bool) -> SaveDepartment:
    return SaveDepartment(
        typed.code, typed.name, typed.email, typed.manager_email, new, typed.fallback_email, typed.manager_name,
        typed.networks, form.text("reason"), typed.always_code, form.one("seen") or None,
    )  # fmt: skip


def _page(
    request: Request, services: Services, actor: Actor, code: str, *, typed: DepartmentData | None, reason: str = "",
    back: bool = False, done: str = "", errors: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    page = read_department(services, actor, code)
    more: dict[str, Any] = {"errors": errors} if errors else {}
    return render(
        request, "admin/department.html", Invalid.status if errors else 200, page=page, days=DAYS, back=back, done=done,
        typed=replace(typed, code=code) if typed else page.department.data, reason=reason, **more,
    )  # fmt: skip


def _end_page(
    request: Request, services: Services, actor: Actor, code: str, form: Received, errors: dict[str, str] | None = None
) -> Response:
    page = read_department(services, actor, code)
    more: dict[str, Any] = {"errors": errors} if errors else {}
    status = Invalid.status if errors else 200
    return render(request, "admin/department_end.html", status, page=page, form=form, **more)
