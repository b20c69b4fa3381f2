"""A list of departments read in: pasted or chosen as a file, looked at with every faulty row named, and only then stored."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from portal.received import Received
from portal.scanned import read_now
from portal.uploads import WRONG, receive_few
from processes.actions import act
from processes.actions.departments import ImportDepartments
from processes.base.actor import Actor
from processes.base.department_list import EXAMPLE, LONGEST_LIST
from processes.base.errors import Invalid
from processes.reads.admin import check_list
from processes.storage.services import Services
from processes.storage.upload_room import let_go

router = APIRouter(prefix="/afdelingen-inlezen")
FORMATS = ("csv", "txt")


async def list_form(request: Request) -> Received:
    return await receive_few(request, max_bytes=3 * LONGEST_LIST, formats=FORMATS)


ListForm = Annotated[Received, Depends(list_form)]


@router.get("")
def choose(request: Request, actor: Admin) -> Response:
    del actor
    return _choose(request, "")


@router.post("")
def check(request: Request, actor: Admin, form: ListForm, services: TheServices) -> Response:
    try:
        text = _content(services, form)
    except Invalid as error:
        return _choose(request, form.text("text"), error.fields)
    if wrong := form.one(WRONG):
        return _choose(request, text, {"file": wrong})
    return _check(request, services, actor, text)


@router.post("/opslaan")
def save(request: Request, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    text = form.text("text")
    try:
        count = act(services, actor, ImportDepartments(text), once=form.form_key)
    except Invalid:
        return _check(request, services, actor, text)
    return go_to(f"/beheer/afdelingen?ingelezen={count}")


def _check(request: Request, services: Services, actor: Actor, text: str) -> Response:
    try:
        lines = check_list(services, actor, text)
    except Invalid as error:
        return _choose(request, text, error.fields)
    faulty = [one for one in lines if one.line.wrong]
    status = Invalid.status if faulty else 200
    return render(request, "admin/department_list_check.html", status, lines=lines, faulty=faulty, text=text)


def _choose(request: Request, text: str, errors: dict[str, str] | None = None) -> Response:
    more: dict[str, Any] = {"errors": errors} if errors else {}
    status = Invalid.status if errors else 200
    return render(request, "admin/department_list.html", status, text=text, example=EXAMPLE, **more)


def _content(services: Services, form: Received) -> str:
    """The text of the chosen file, as spreadsheets write it; else what was pasted."""
    uploads = form.uploads
    if not uploads:
        return form.text("text")
    try:
        found = read_now(services, uploads[0])
    finally:
        let_go(services, uploads)
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError:
        return found.decode("cp1252", errors="replace")
