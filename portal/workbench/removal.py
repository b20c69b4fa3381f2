"""Dit document hoort hier niet: propose to erase or move it, agree as a second person, and the list of who saw it."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.received import Received
from portal.security.looking import saw
from portal.spreadsheets import Sheet, send_sheet
from portal.workbench.doors import DONE, Worker, carry_out
from portal.workbench.tabs import show_page
from processes.actions.removing import ApproveRemoval, ProposeRemoval, WithdrawRemoval
from processes.base.actor import Actor
from processes.reads.workbench.removal import read_removal, target_types
from processes.storage.services import Services

router = APIRouter(prefix="/zaken/{number}/documenten/{document}/hoort-hier-niet")
HEAD = ("Wanneer", "Wie", "Hoe", "Adres")


@router.get("")
def show(
    request: Request, actor: Worker, services: TheServices, number: str, document: str, gedaan: str = ""
) -> Response:
    return _page(request, services, actor, number, document, done=DONE.get(gedaan))


@router.post("")
def propose(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, document: str
) -> Response:
    target = form.one("target") if form.one("way") == "verplaats" else ""
    if form.one("way") not in {"verplaats", "verwijder"}:
        return _page(request, services, actor, number, document, {"way": "Kies wat er moet gebeuren."}, form)
    if form.one("way") == "verplaats" and not target.strip():
        return _page(request, services, actor, number, document, {"target": "Vul in naar welke zaak."}, form)
    action = ProposeRemoval(document, form.text("reason"), target, form.one("type"))
    return carry_out(
        services, actor, action, form, f"{_address(number, document)}?gedaan=voorgesteld",
        lambda errors: _page(request, services, actor, number, document, errors, form),
    )  # fmt: skip


@router.post("/intrekken")
def withdraw(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, document: str
) -> Response:
    return carry_out(
        services, actor, WithdrawRemoval(document), form, f"{_address(number, document)}?gedaan=niet-weg",
        lambda errors: _page(request, services, actor, number, document, errors, form),
    )  # fmt: skip


@router.post("/uitvoeren")
def approve(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, document: str
) -> Response:
    return carry_out(
        services, actor, ApproveRemoval(document, form.one("proposal")), form, f"{_address(number, document)}?gedaan=voorgoed-weg",
        lambda errors: _page(request, services, actor, number, document, errors, form),
    )  # fmt: skip


@router.get("/wie-zag-het")
def spread(request: Request, actor: Worker, services: TheServices, number: str, document: str) -> Response:
    page = read_removal(services, actor, number, document)
    saw(request, page.head.number, "removal_seen")
    rows = ((one.at, one.who, one.how, one.address) for one in page.spread)
    return send_sheet(Sheet("Wie dit zag", HEAD, rows), f"wie-zag-{page.reference}.xlsx")


def _page(
    request: Request, services: Services, actor: Actor, number: str, document: str,
    errors: Mapping[str, str] | None = None, typed: Received | None = None, done: str | None = None,
) -> Response:  # fmt: skip
    page = read_removal(services, actor, number, document)
    types = target_types(services, actor, typed.one("target")) if typed and "type" in (errors or {}) else ()
    return show_page(
        request, page, number, "removal", "Documenten", "documenten", errors=errors, typed=typed, done=done,
        types=types, own_address=_address(number, document),
    )  # fmt: skip


def _address(number: str, document: str) -> str:
    return f"/werk/zaken/{number}/documenten/{document}/hoort-hier-niet"
