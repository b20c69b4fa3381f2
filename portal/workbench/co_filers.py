"""/werk/zaken/<number>/mede/<id>/...: who was named as filing along is asked again, or taken off. Adding them oneself: `portal.workbench.parties`."""

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.workbench.doors import Worker
from portal.workbench.tabs import change_on_tab
from processes.actions.co_filers import InviteAgain, Invited, TakeOffCoFiler

router = APIRouter(prefix="/zaken/{number}/mede/{co_filer}")
DONE: Final[Mapping[str, str]] = {
    Invited.MAILED: "mede-gemaild", Invited.BY_HAND: "mede-code", Invited.ENOUGH: "mede-genoeg",
}  # fmt: skip


@router.post("/opnieuw")
def invite_again(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, co_filer: RowId
) -> Response:
    """Another link, to the address as it stands on the form; the time to confirm begins anew."""
    suffix = f"-mede-{co_filer}"
    action = InviteAgain(number, co_filer, form.one(f"email{suffix}"))
    return change_on_tab(
        request, services, actor, action, form, number, "partijen", lambda answer: DONE[answer], suffix
    )


@router.post("/weg")
def take_off(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, co_filer: RowId
) -> Response:
    suffix = f"-mede-{co_filer}"
    action = TakeOffCoFiler(number, co_filer, form.text(f"reason{suffix}"))
    return change_on_tab(request, services, actor, action, form, number, "partijen", "mede-weg", suffix)
