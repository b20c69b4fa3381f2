"""Departments: who can be asked for documents, and at which mailbox."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from processes.actions import act
from processes.actions.departments import DAYS, ConfirmMailbox, SaveDepartment, WithdrawMailbox
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.admin import Department, read_department, read_departments
from processes.storage.services import Services

router = APIRouter(prefix="/afdelingen")


@router.get("")
def departments(request: Request, actor: Admin, services: TheServices, opgeslagen: str = "") -> Response:
    found = read_departments(services, actor)
    saved = next((one.name for one in found if one.code == opgeslagen), None)
    return render(request, "admin/departments.html", departments=found, saved=saved)


@router.get("/nieuw")
def new(request: Request, actor: Admin) -> Response:
    del actor
    return _form(request, Department(), new=True)


@router.get("/{code}")
def change(request: Request, code: str, actor: Admin, services: TheServices) -> Response:
    return _form(request, read_department(services, actor, code), new=False)


@router.post("/nieuw")
def add(request: Request, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    typed = Department(form.one("code"), form.one("name"), form.one("email"), form.one("manager_email"))
    try:
        code = act(services, actor, _action(typed, new=True), once=form.form_key)
    except Invalid as error:
        return _form(request, typed, new=True, errors=error.fields)
    return go_to(f"/beheer/afdelingen?opgeslagen={code}")


@router.post("/{code}")
def save(request: Request, code: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    typed = Department(code, form.one("name"), form.one("email"), form.one("manager_email"))
    try:
        act(services, actor, _action(typed, new=False), once=form.form_key)
    except Invalid as error:
        return _form(request, typed, new=False, errors=error.fields)
    return go_to(
        f"/beheer/afdelingen/{code}" if _waits(services, actor, code) else f"/beheer/afdelingen?opgeslagen={code}"
    )


@router.post("/{code}/bevestigen")
def confirm(code: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, ConfirmMailbox(code, form.one("email"), form.one("manager_email")), once=form.form_key)
    return go_to(f"/beheer/afdelingen?opgeslagen={code}")


@router.post("/{code}/intrekken")
def withdraw(code: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, WithdrawMailbox(code), once=form.form_key)
    return go_to(f"/beheer/afdelingen?opgeslagen={code}")


def _waits(services: Services, actor: Actor, code: str) -> bool:
    return read_department(services, actor, code).proposal is not None


def _action(typed: Department, *, new: bool) -> SaveDepartment:
    return SaveDepartment(typed.code, typed.name, typed.email, typed.manager_email, new=new)


def _form(request: Request, department: Department, *, new: bool, errors: dict[str, str] | None = None) -> Response:
    more: dict[str, Any] = {"errors": errors} if errors else {}
    status = Invalid.status if errors else 200
    return render(request, "admin/department.html", status, department=department, new=new, days=DAYS, **more)
