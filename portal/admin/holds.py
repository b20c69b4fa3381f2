"""Holds that keep cases and documents from destruction: the list, holding a case or a document, and lengthening or ending that."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import ListKeeper, Number
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from portal.received import Received
from processes.actions import act
from processes.actions.holds import EndHold, HoldTerms, LengthenHold, PlaceHold
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.holds import HoldLine, read_hold, read_holds, reviewers
from processes.storage.services import Services

HOME = "/beheer/vernietiging/vasthouden"
router = APIRouter(prefix="/vernietiging/vasthouden")
DONE = {
    "vast": "Dit wordt vastgehouden en niet vernietigd.",
    "verlengd": "Dit wordt langer vastgehouden.",
    "klaar": "Dit wordt niet meer vastgehouden. Is de bewaartermijn voorbij, dan komt de zaak weer op de vernietigingslijst.",
}
EMPTY = HoldTerms("", "", "")


@router.get("")
def holds(request: Request, actor: ListKeeper, services: TheServices, gedaan: str = "") -> Response:
    return render(request, "admin/holds.html", holds=read_holds(services, actor), done=DONE.get(gedaan))


@router.get("/nieuw")
def new(request: Request, actor: ListKeeper, services: TheServices, zaak: str = "") -> Response:
    return _form(request, services, actor, PlaceHold(zaak[:40], EMPTY))


@router.post("/nieuw")
def place(request: Request, actor: ListKeeper, form: PlainForm, services: TheServices) -> Response:
    typed = PlaceHold(form.one("case"), terms_of(form), form.one("document"))
    try:
        act(services, actor, typed, once=form.form_key)
    except Invalid as error:
        return _form(request, services, actor, typed, error.fields)
    return go_to(f"{HOME}?gedaan=vast")


@router.get("/{hold_id}/verlengen")
def longer(request: Request, hold_id: Number, actor: ListKeeper, services: TheServices) -> Response:
    line = read_hold(services, actor, hold_id)
    return _longer(request, services, actor, line, HoldTerms(line.reason, "", line.reviewer))


@router.post("/{hold_id}/verlengen")
def lengthen(request: Request, hold_id: Number, actor: ListKeeper, form: PlainForm, services: TheServices) -> Response:
    typed = terms_of(form)
    try:
        act(services, actor, LengthenHold(hold_id, typed), once=form.form_key)
    except Invalid as error:
        return _longer(request, services, actor, read_hold(services, actor, hold_id), typed, error.fields)
    return go_to(f"{HOME}?gedaan=verlengd")


@router.get("/{hold_id}/beeindigen")
def ask_end(request: Request, hold_id: Number, actor: ListKeeper, services: TheServices) -> Response:
    return render(request, "admin/hold_end.html", line=read_hold(services, actor, hold_id), reason="")


@router.post("/{hold_id}/beeindigen")
def end(request: Request, hold_id: Number, actor: ListKeeper, form: PlainForm, services: TheServices) -> Response:
    reason = form.text("reason")
    try:
        act(services, actor, EndHold(hold_id, reason), once=form.form_key)
    except Invalid as error:
        line = read_hold(services, actor, hold_id)
        return render(request, "admin/hold_end.html", Invalid.status, line=line, reason=reason, errors=error.fields)
    return go_to(f"{HOME}?gedaan=klaar")


def terms_of(form: Received) -> HoldTerms:
    """The texts that the fields of `admin/hold_fields.html` sent."""
    return HoldTerms(form.text("reason"), form.one("until"), form.one("reviewer"))


def _form(
    request: Request, services: Services, actor: Actor, typed: PlaceHold, errors: dict[str, str] | None = None
) -> Response:
    more: dict[str, Any] = {"errors": errors} if errors else {}
    people = reviewers(services, actor)
    return render(request, "admin/hold_new.html", Invalid.status if errors else 200, typed=typed, people=people, **more)


def _longer(
    request: Request, services: Services, actor: Actor, line: HoldLine, typed: HoldTerms,
    errors: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    more: dict[str, Any] = {"errors": errors} if errors else {}
    people = reviewers(services, actor)
    status = Invalid.status if errors else 200
    return render(request, "admin/hold_longer.html", status, line=line, typed=typed, people=people, **more)
