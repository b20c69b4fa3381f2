"""/werk/zaken/<number>/besluiten/...: a contested decision is added or corrected, after seeing which terms will move."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.received import Received
from portal.workbench.doors import Worker, carry_out
from portal.workbench.draft import DECISION
from portal.workbench.register_form import decision_of
from portal.workbench.tabs import show_page
from processes.access.guards import reason_wrong
from processes.actions.decisions import AddDecision, CorrectDecision
from processes.actions.registering import NewDecision
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.execution.contested import StoredDecision
from processes.execution.dates import DecisionDates, decision_wrong
from processes.reads import workbench as reads
from processes.reads.workbench.decisions import NEW
from processes.storage.services import Services

router = APIRouter(prefix="/zaken/{number}/besluiten")
NO_ERRORS: Mapping[str, str] = {}
NAMES = {True: "Besluit toevoegen", False: "Besluit verbeteren"}


@router.get("/nieuw")
def ask_new(request: Request, actor: Worker, services: TheServices, number: str) -> Response:
    return _form(request, reads.read_decision(services, actor, number))


@router.post("/nieuw")
def add(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    return _take(request, services, actor, form, number, NEW)


@router.get("/{decision}")
def ask(request: Request, actor: Worker, services: TheServices, number: str, decision: RowId) -> Response:
    return _form(request, reads.read_decision(services, actor, number, decision))


@router.post("/{decision}")
def correct(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, decision: RowId
) -> Response:
    return _take(request, services, actor, form, number, decision)


def _take(request: Request, services: Services, actor: Actor, form: Received, number: str, decision: int) -> Response:
    """First shows what moves; the button on that page carries it out, the other one goes back to the form."""
    page = reads.read_decision(services, actor, number, decision)
    try:
        typed = _typed(page, form)
        dates = DecisionDates(
            decision, typed.taken_on, typed.announced_on, typed.department, missing=typed.missing, woo=typed.woo
        )
        moves = reads.foresee_decision(services, actor, number, dates)
    except Invalid as error:
        return _form(request, page, form, error.fields)
    if form.one("step") == "change":
        return _form(request, page, form)
    if form.one("step") != "confirm":
        return show_page(request, page, number, "decision_check", NAMES[decision == NEW], typed=form, moves=moves)
    reason = form.text("reason")
    action = (
        AddDecision(number, typed, reason)
        if decision == NEW
        else CorrectDecision(number, decision, typed, reason, form.one("seen"))
    )
    return carry_out(services, actor, action, form, f"/werk/zaken/{number}?gedaan=besluit",
                     lambda errors: _form(request, page, form, errors))  # fmt: skip


def _typed(page: reads.DecisionPage, form: Received) -> NewDecision:
    """Raises Invalid with every mistake that can be seen before the action looks."""
    wrong = reason_wrong(form.text("reason"))
    row = {name: form.one(f"decision-0-{name}") for name in DECISION}
    typed = decision_of(0, row, wrong)
    if not typed.subject.strip():
        wrong["decision-0-subject"] = "Vul in waar het besluit over gaat."
    known = {code for code, _ in page.departments}
    wrong = {**decision_wrong(0, typed, page.today, known), **wrong}
    if wrong:
        raise Invalid(wrong)
    return typed


def _form(
    request: Request, page: reads.DecisionPage, typed: Received | None = None, errors: Mapping[str, str] = NO_ERRORS
) -> Response:
    """The form with what was typed, else what is stored; the mark of what was seen stays that of the first page."""
    shown = typed or Received(_as_fields(page.decision))
    return show_page(
        request, page, page.head.number, "decision", NAMES[page.id == NEW], typed=shown, errors=errors,
        address=f"{'nieuw' if page.id == NEW else page.id}",
    )  # fmt: skip


def _as_fields(stored: StoredDecision | None) -> dict[str, list[str]]:
    if stored is None:
        return {}
    fields = {f"decision-0-{name}": [_text(value)] for name, value in asdict(stored).items()}
    return {**fields, "seen": [stored.seen]}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
