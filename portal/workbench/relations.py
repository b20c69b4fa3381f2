"""Changes from Overzicht: another case belongs to this one, or no longer."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.workbench.doors import Worker, carry_out
from portal.workbench.tabs import show_tab
from processes.actions.relating import RelateCases, UnrelateCases

router = APIRouter(prefix="/zaken")


@router.post("/{number}/relaties")
def relate(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    action = RelateCases(number, form.one("other"), form.one("kind"))
    return carry_out(services, actor, action, form, f"/werk/zaken/{number}?gedaan=gekoppeld",
                     lambda errors: show_tab(request, services, actor, number, "", errors=errors, typed=form))  # fmt: skip


@router.post("/{number}/relaties/{other}/weg")
def unrelate(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, other: str
) -> Response:
    return carry_out(services, actor, UnrelateCases(number, other), form, f"/werk/zaken/{number}?gedaan=losgemaakt",
                     lambda errors: show_tab(request, services, actor, number, "", errors=errors))  # fmt: skip
