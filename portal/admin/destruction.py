"""Destruction: the list, exceptions with a reason, a proposal, approval by a second person after a confirm page, certificates."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from portal.admin.holds import EMPTY, terms_of
from portal.admin.roles import MOST, Archivist, ListKeeper, Number
from portal.doors import PlainForm, TheServices
from portal.downloads import send_document
from portal.pages import go_to, render
from processes.actions import act
from processes.actions.holds import HoldTerms
from processes.actions.retention import MOST_AT_ONCE, ApproveDestruction, ExceptCase, ProposeDestruction, RelistCase
from processes.base.actor import Actor, StaffRole
from processes.base.errors import Invalid, NotFound
from processes.reads.holds import reviewers
from processes.reads.retention import (
    DestructionLine,
    certificate,
    certificate_as_pdf,
    certificates,
    destruction_lines,
    destruction_list,
    hides_dossiers,
)
from processes.storage.services import Services
from processes.storage.words import DestructionState

router = APIRouter(prefix="/vernietiging")
DONE = {
    "voorgesteld": "De vernietiging is voorgesteld. Een tweede persoon moet die goedkeuren.",
    "goedgekeurd": "De vernietiging is goedgekeurd. De dossiers worden nu vernietigd.",
    "uitgezonderd": "De zaak is van de lijst gehaald en blijft voorlopig bewaard.",
    "terug": "De zaak staat weer op de lijst.",
}


@router.get("")
def show(
    request: Request,
    actor: ListKeeper,
    services: TheServices,
    gedaan: str = "",
    pagina: Annotated[int, Query(ge=1, le=MOST // 1000)] = 1,
) -> Response:
    return _list(request, services, actor, done=DONE.get(gedaan), page=pagina)


@router.post("/voorstellen")
def propose(request: Request, actor: ListKeeper, form: PlainForm, services: TheServices) -> Response:
    try:
        act(services, actor, ProposeDestruction(_numbers(form.all("ids"))), once=form.form_key)
    except Invalid as error:
        return _list(request, services, actor, errors=error.fields)
    return go_to("/beheer/vernietiging?gedaan=voorgesteld")


@router.post("/controleren")
def confirm(request: Request, actor: Archivist, form: PlainForm, services: TheServices) -> Response:
    """Changes nothing: names how many and which, and asks."""
    chosen = _chosen(services, actor, form.all("ids"))
    if not chosen:
        return _list(request, services, actor, errors={"proposed": "Kies eerst een of meer zaken."})
    if len(chosen) > MOST_AT_ONCE:
        return _list(request, services, actor, errors={"proposed": f"Kies hoogstens {MOST_AT_ONCE} zaken tegelijk."})
    return render(request, "admin/destruction_confirm.html", lines=chosen)


@router.post("/goedkeuren")
def approve(request: Request, actor: Archivist, form: PlainForm, services: TheServices) -> Response:
    ids = _numbers(form.all("ids"))
    try:
        act(services, actor, ApproveDestruction(ids), once=form.form_key)
    except Invalid as error:
        return _list(request, services, actor, errors={"proposed": str(error)})
    return go_to("/beheer/vernietiging?gedaan=goedgekeurd")


@router.get("/{destruction_id}/uitzonderen")
def exception(request: Request, destruction_id: Number, actor: ListKeeper, services: TheServices) -> Response:
    return _reason(request, services, actor, _line(services, actor, destruction_id), EMPTY)


@router.post("/{destruction_id}/uitzonderen")
def make_exception(
    request: Request, destruction_id: Number, actor: ListKeeper, form: PlainForm, services: TheServices
) -> Response:
    typed = terms_of(form)
    try:
        wanted = ExceptCase(destruction_id, typed.reason, typed.until, typed.reviewer)
        act(services, actor, wanted, once=form.form_key)
    except Invalid as error:
        return _reason(request, services, actor, _line(services, actor, destruction_id), typed, error.fields)
    return go_to("/beheer/vernietiging?gedaan=uitgezonderd")


@router.post("/{destruction_id}/terug")
def relist(destruction_id: Number, actor: ListKeeper, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, RelistCase(destruction_id), once=form.form_key)
    return go_to("/beheer/vernietiging?gedaan=terug")


@router.get("/verklaringen/{destruction_id}")
def proof(request: Request, destruction_id: Number, actor: ListKeeper, services: TheServices) -> Response:
    text = certificate(services, actor, destruction_id)
    return render(request, "admin/certificate.html", text=text, id=destruction_id)


@router.get("/verklaringen/{destruction_id}/pdf")
def proof_pdf(destruction_id: Number, actor: ListKeeper, services: TheServices) -> Response:
    made = certificate_as_pdf(services, actor, destruction_id)
    return send_document([made], f"verklaring-van-vernietiging-{destruction_id}.pdf", "application/pdf", len(made))


def _list(
    request: Request, services: Services, actor: Actor, *, page: int = 1, done: str | None = None,
    errors: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    found = destruction_list(services, actor, page)
    proposed = [line for line in found if line.state == DestructionState.PROPOSED]
    if errors and not proposed:
        errors = {
            "" if name == DestructionState.PROPOSED else name: sentence for name, sentence in errors.items()
        }  # no table to go to
    more: dict[str, Any] = {"errors": errors} if errors else {}
    lines = [line for line in found if line.state != DestructionState.PROPOSED]
    return render(
        request, "admin/destruction.html", Invalid.status if errors else 200, lines=lines, all=len(lines) + len(proposed),
        proposed=proposed, hidden=hides_dossiers(services, actor), proofs=certificates(services, actor, page), page=page, done=done, archivist=actor.has(StaffRole.ARCHIVIST), **more,
    )  # fmt: skip


def _chosen(services: Services, actor: Actor, ids: list[str]) -> list[DestructionLine]:
    """The lines that were ticked and may still be approved."""
    known = destruction_lines(services, actor, _numbers(ids)[: MOST_AT_ONCE + 1])
    return [known[one] for one in _numbers(ids) if one in known and known[one].may_approve]


def _numbers(texts: list[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(one) for one in texts if one.isdecimal() and len(one) < len(str(MOST))))


def _line(services: Services, actor: Actor, destruction_id: int) -> DestructionLine:
    line = destruction_lines(services, actor, [destruction_id]).get(destruction_id)
    if line is None:
        raise NotFound("Deze zaak staat niet op de vernietigingslijst.")
    return line


def _reason(
    request: Request, services: Services, actor: Actor, line: DestructionLine, typed: HoldTerms,
    errors: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    more: dict[str, Any] = {"errors": errors} if errors else {}
    people = reviewers(services, actor)
    status = Invalid.status if errors else 200
    return render(request, "admin/destruction_except.html", status, line=line, typed=typed, people=people, **more)
