"""/werk/zaken/<number>/dwangsom/<code>: notices of default for a deadline, and what they cost."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices, row_id
from portal.received import Received
from portal.workbench.dates import date_in
from portal.workbench.doors import DONE, Worker, carry_out
from portal.workbench.tabs import show_page
from processes.actions.penalty import ExcludePenalty, RegisterDefaultNotice, SetPenalty
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/zaken")


@router.get("/{number}/dwangsom/{code}")
def look(request: Request, actor: Worker, services: TheServices, number: str, code: str, gedaan: str = "") -> Response:
    return _page(request, services, actor, number, code, done=gedaan)


@router.post("/{number}/dwangsom/{code}/ingebreke")
def register(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, code: str
) -> Response:
    try:
        action = RegisterDefaultNotice(number, code, date_in(form, "received_on"), row_id(form.one("party")))
    except Invalid as error:
        return _page(request, services, actor, number, code, form, error.fields)
    return _change(request, services, actor, action, form, number, code, "ingebreke")


@router.post("/{number}/dwangsom/{code}/uitsluiten/{default}")
def exclude(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, code: str, default: RowId
) -> Response:
    ground = None if form.ticked("lift") else form.one(f"ground-{default}")
    action = ExcludePenalty(number, default, ground, form.text(f"reason-{default}"))
    return _change(request, services, actor, action, form, number, code, "uitgesloten", f"-{default}")


@router.post("/{number}/dwangsom/{code}/vaststellen")
def lay_down(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, code: str
) -> Response:
    return _change(request, services, actor, SetPenalty(number, code), form, number, code, "vastgesteld")


def _change(
    request: Request, services: Services, actor: Actor, action: object, form: Received, number: str, code: str, done: str,
    suffix: str = "",
) -> Response:  # fmt: skip
    return carry_out(services, actor, action, form, f"/werk/zaken/{number}/dwangsom/{code}?gedaan={done}",
                     lambda errors: _page(request, services, actor, number, code, form, errors), suffix)  # fmt: skip


def _page(
    request: Request, services: Services, actor: Actor, number: str, code: str, typed: Received | None = None,
    errors: Mapping[str, str] | None = None, done: str = "",
) -> Response:  # fmt: skip
    page = reads.read_penalty(services, actor, number, code)
    return show_page(request, page, number, "penalty", "Dwangsom", typed=typed, errors=errors, done=DONE.get(done))
