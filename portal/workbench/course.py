"""Changes from Overzicht: a button of the drawing, another handler, withdrawal."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices, row_id
from portal.workbench.doors import Worker, carry_out
from portal.workbench.tabs import show_tab
from processes.actions.course import AssignHandler, PressButton, Withdraw
from processes.base.errors import NotFound

router = APIRouter(prefix="/zaken")


@router.post("/{number}/knop/{button}")
def press(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, button: str
) -> Response:
    """A button on the case, or with the field `instance` on one of its document requests."""
    instance = form.one("instance")
    if instance and row_id(instance) is None:
        raise NotFound("Dit proces hoort niet bij de zaak.")
    action = PressButton(number, button, row_id(instance))
    tab = "verzoeken" if instance or form.one("tab") == "verzoeken" else ""
    then = f"/werk/zaken/{number}{'/' + tab if tab else ''}?gedaan=knop"
    return carry_out(services, actor, action, form, then,
                     lambda errors: show_tab(request, services, actor, number, tab, errors=errors, typed=form))  # fmt: skip


@router.post("/{number}/behandelaar")
def hand_over(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    return carry_out(services, actor, AssignHandler(number, form.one("handler")), form,
                     f"/werk/zaken/{number}?gedaan=behandelaar",
                     lambda errors: show_tab(request, services, actor, number, "", errors=errors, typed=form))  # fmt: skip


@router.post("/{number}/intrekken")
def withdraw(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    """A worker records a withdrawal, always with how and why: the case ends by it."""
    if not form.one("reason"):
        wrong = {"reason": "Schrijf op hoe en waarom de indiener intrekt."}
        return show_tab(request, services, actor, number, "", errors=wrong, typed=form)
    return carry_out(services, actor, Withdraw(number, form.one("reason")), form,
                     f"/werk/zaken/{number}?gedaan=ingetrokken",
                     lambda errors: show_tab(request, services, actor, number, "", errors=errors, typed=form))  # fmt: skip
