"""Changes from Overzicht: a button of the drawing, another handler, withdrawal."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices, row_id, row_ids
from portal.workbench.doors import Worker
from portal.workbench.receipt import NO_DAY, receipt_in
from portal.workbench.tabs import change_on_tab, show_page, show_tab
from processes.actions.course import AssignHandler, PressButton
from processes.actions.foreseeing_press import foresee_press
from processes.actions.withdrawing import Withdraw
from processes.base.errors import NotFound
from processes.reads import workbench as reads

router = APIRouter(prefix="/zaken")


@router.get("/{number}/knop/{button}")
def foresee(
    request: Request, actor: Worker, services: TheServices, number: str, button: str, instance: str = ""
) -> Response:
    """The effect of a button, before it is pressed."""
    if instance and row_id(instance) is None:
        raise NotFound("Dit proces hoort niet bij de zaak.")
    page = reads.read_pressing(services, actor, number, button, row_id(instance))
    foreseen = foresee_press(services, actor, PressButton(number, button, row_id(instance)))
    return show_page(request, page, number, "press", page.label, foreseen=foreseen, instance=instance)


@router.post("/{number}/knop/{button}")
def press(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, button: str
) -> Response:
    """A button on the case, or with the field `instance` on a process that it called: a document request, or a part decision."""
    instance = form.one("instance")
    if instance and row_id(instance) is None:
        raise NotFound("Dit proces hoort niet bij de zaak.")
    action = PressButton(number, button, row_id(instance))
    tab = "verzoeken" if (instance and form.one("tab") != "overzicht") or form.one("tab") == "verzoeken" else ""
    return change_on_tab(request, services, actor, action, form, number, tab, "knop")


@router.post("/{number}/behandelaar")
def hand_over(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    action = AssignHandler(number, form.one("handler"), form.text("handover"))
    return change_on_tab(request, services, actor, action, form, number, "", "behandelaar")


@router.post("/{number}/intrekken")
def withdraw(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    """A worker records a withdrawal, always with how and why: the case ends by it."""
    wrong = {} if form.text("reason") else {"reason": "Schrijf op hoe en waarom de indiener intrekt."}
    received = receipt_in(form, wrong, empty=NO_DAY)
    if wrong:
        return show_tab(request, services, actor, number, "", errors=wrong, typed=form)
    action = Withdraw(number, form.text("reason"), row_ids(form.all("parties")), received)
    return change_on_tab(request, services, actor, action, form, number, "", "ingetrokken")
