"""/werk/zaken/<number>/buiten...: a colleague who has a part in the case is shut out of it, or let in again."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.workbench.doors import Worker, carry_out
from portal.workbench.tabs import change_on_tab, show_tab, tab_address
from processes.actions.bars import BarColleague, LiftBar

router = APIRouter(prefix="/zaken/{number}/buiten")
TAB = "partijen"
SUFFIX = "-buiten"


@router.post("")
def shut_out(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    """Somebody who chose themselves goes to the list: the case is not there for them any more."""
    colleague = form.one(f"colleague{SUFFIX}")
    action = BarColleague(number, colleague, form.text(f"reason{SUFFIX}"))
    then = "/werk/zaken" if colleague == actor.subject else f"{tab_address(number, TAB)}?gedaan=buiten"
    return carry_out(
        services, actor, action, form, then,
        lambda errors: show_tab(request, services, actor, number, TAB, errors=errors, typed=form), SUFFIX,
    )  # fmt: skip


@router.post("/{bar}/weer")
def let_in(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, bar: RowId
) -> Response:
    suffix = f"{SUFFIX}-{bar}"
    action = LiftBar(number, bar, form.text(f"reason{suffix}"))
    return change_on_tab(request, services, actor, action, form, number, TAB, "buiten-weer", suffix)
