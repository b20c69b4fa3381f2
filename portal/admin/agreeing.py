"""Changes around a case type that wait for a second administrator: what each does, agreeing, sending back and taking back."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from processes.actions import act
from processes.actions.agreeing import AgreeToChange, SendBackChange, WithdrawChange
from processes.actions.by_two import WAITS
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.admin import read_changes_to_agree, read_summary
from processes.storage.services import Services

router = APIRouter(prefix="/zaaktypen/{process}/akkoord")
DONE = {
    "gevraagd": "Een andere beheerder moet akkoord geven. Pas dan gebeurt het.",
    "akkoord": "U gaf akkoord. Het is gebeurd.",
    "terug": "Wie het vroeg, ziet wat u schreef.",
    "weg": "Het verzoek is ingetrokken. Er verandert niets.",
}


@router.get("")
def show(request: Request, process: str, actor: Admin, services: TheServices, gedaan: str = "") -> Response:
    return _page(request, services, actor, process, done=DONE.get(gedaan))


@router.post("/{change}/geven")
def agree(process: str, change: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, AgreeToChange(process, change), once=form.form_key)
    return go_to(f"{home_of(process)}?gedaan=akkoord")


@router.post("/{change}/terugsturen")
def send_back(
    request: Request, process: str, change: str, actor: Admin, form: PlainForm, services: TheServices
) -> Response:
    field = f"answer-{change}"
    wanted = SendBackChange(process, change, form.text(field))
    try:
        act(services, actor, wanted, once=form.form_key)
    except Invalid as wrong:
        errors = {field: wrong.fields["answer"]}
        return _page(request, services, actor, process, wrong.status, errors=errors, typed={change: wanted.answer})
    return go_to(f"{home_of(process)}?gedaan=terug")


@router.post("/{change}/intrekken")
def withdraw(process: str, change: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, WithdrawChange(process, change), once=form.form_key)
    return go_to(f"{home_of(process)}?gedaan=weg")


def home_of(process: str) -> str:
    return f"/beheer/zaaktypen/{process}/akkoord"


def after_asking(process: str, answer: str, done: str) -> Response:
    """The page after an action that may wait for a second administrator: what waits, or `done`."""
    return go_to(f"{home_of(process)}?gedaan=gevraagd" if answer.endswith(f":{WAITS}") else done)


def _page(
    request: Request, services: Services, actor: Actor, process: str, status: int = 200, **more: object
) -> Response:
    context = {"errors": {}, "typed": {}, "done": None, **more}
    return render(
        request, "admin/agreeing.html", status, process=process, title=read_summary(services, actor, process).title,
        changes=read_changes_to_agree(services, actor, process), home=home_of(process), **context,
    )  # fmt: skip
