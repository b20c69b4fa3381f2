"""/werk/zaken/<number>/heropenen and /afsluiten: a case that ended runs again, and is closed again (W14)."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.received import Received
from portal.workbench.doors import Worker, carry_out
from portal.workbench.tabs import show_page
from processes.actions.reopening import CloseAgain, ReopenCase
from processes.base.actor import Actor
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/zaken")


@router.get("/{number}/heropenen")
def ask_to_reopen(request: Request, actor: Worker, services: TheServices, number: str) -> Response:
    return _reopening(request, services, actor, number)


@router.post("/{number}/heropenen")
def reopen(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    action = ReopenCase(number, form.text("reason"), form.text("message"), tuple(form.all("terms")))
    return carry_out(services, actor, action, form, f"/werk/zaken/{number}?gedaan=heropend",
                     lambda errors: _reopening(request, services, actor, number, form, errors))  # fmt: skip


@router.get("/{number}/afsluiten")
def ask_to_close(request: Request, actor: Worker, services: TheServices, number: str) -> Response:
    return _closing(request, services, actor, number)


@router.post("/{number}/afsluiten")
def close(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    action = CloseAgain(number, form.one("result"), form.text("explanation"))
    return carry_out(services, actor, action, form, f"/werk/zaken/{number}?gedaan=weer-afgerond",
                     lambda errors: _closing(request, services, actor, number, form, errors))  # fmt: skip


def _reopening(
    request: Request, services: Services, actor: Actor, number: str, typed: Received | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    page = reads.read_reopening(services, actor, number)
    return show_page(request, page, number, "reopen", "Zaak heropenen", typed=typed, errors=errors)


def _closing(
    request: Request, services: Services, actor: Actor, number: str, typed: Received | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    page = reads.read_closing(services, actor, number)
    return show_page(request, page, number, "close_again", "Zaak weer afsluiten", typed=typed, errors=errors)
