"""/werk/zaken/<number>/datums: correct dates that were typed wrong, after seeing which terms will move."""

from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.received import Received
from portal.workbench.dates import date_or_none
from portal.workbench.doors import Worker, carry_out
from portal.workbench.receipt import EMPTY, RECEIVED, receipt_in
from portal.workbench.tabs import show_page
from processes.access.guards import reason_wrong
from processes.actions.correcting import CorrectDates
from processes.actions.fact_dates import CorrectReceipt
from processes.base.errors import CaseClosed, Invalid
from processes.execution.dates import CaseDates, DecisionDates
from processes.reads import workbench as reads

router = APIRouter(prefix="/zaken")
NAME = "Datums verbeteren"


@router.get("/{number}/datums")
def ask(request: Request, actor: Worker, services: TheServices, number: str) -> Response:
    return _form(request, reads.read_correcting(services, actor, number), number)


@router.post("/{number}/datums")
def correct(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    """First shows what moves; the button on that page carries it out, the other one goes back to the form."""
    page = reads.read_correcting(services, actor, number)
    if not page.head.running:
        raise CaseClosed("Deze zaak is afgerond. De datums van de zaak zelf kunnen niet meer veranderen.")
    try:
        dates = _dates(page, form)
        moves = reads.foresee(services, actor, number, dates)
    except Invalid as error:
        return _form(request, page, number, form, error.fields)
    if form.one("step") == "change":
        return _form(request, page, number, form)
    if form.one("step") == "confirm":
        action = CorrectDates(number, dates, form.text("reason"), form.one("seen"))
        return carry_out(services, actor, action, form, f"/werk/zaken/{number}?gedaan=datums",
                         lambda errors: _form(request, page, number, form, errors))  # fmt: skip
    return show_page(request, page, number, "dates_check", NAME, typed=form, moves=moves, dates=dates)


@router.post("/{number}/datums/{task}")
def correct_receipt(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, task: str
) -> Response:
    """Another day on which an answer on paper came in, with a reason."""
    page, suffix = reads.read_correcting(services, actor, number), f"-{task}"
    wrong: dict[str, str] = {}
    received = receipt_in(form, wrong, suffix)
    if received is None:
        return _answer_again(request, page, number, form, wrong or {RECEIVED + suffix: EMPTY})
    action = CorrectReceipt(task, received, form.text(f"reason{suffix}"))
    return carry_out(services, actor, action, form, f"/werk/zaken/{number}?gedaan=ontvangen",
                     lambda errors: _answer_again(request, page, number, form, errors), suffix)  # fmt: skip


def _answer_again(
    request: Request, page: reads.CorrectPage, number: str, form: Received, errors: Mapping[str, str]
) -> Response:
    """The page with what was typed for one answer, and the other dates as they are stored."""
    typed = Received({**_as_fields(page.dates), **form.fields})
    return show_page(request, page, number, "dates", NAME, typed=typed, errors=errors)


def _form(
    request: Request, page: reads.CorrectPage, number: str, typed: Received | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """The form with what was typed, else what is stored; the mark of what was seen stays that of the first page."""
    shown = typed or Received(_as_fields(page.dates))
    return show_page(request, page, number, "dates", NAME, typed=shown, errors=errors)


def _as_fields(dates: CaseDates) -> dict[str, list[str]]:
    fields: dict[str, object] = {
        "received_on": dates.received_on, "postmark_on": dates.postmark_on, "reason": "", "seen": dates.seen,
    }  # fmt: skip
    for at, one in enumerate(dates.decisions):
        ticked = {"missing": "ja" if one.missing else "", "woo": "ja" if one.woo else ""}
        given = {"taken_on": one.taken_on, "announced_on": one.announced_on, "department": one.department, **ticked}
        fields.update({f"decision-{at}-{name}": value for name, value in given.items()})
    return {name: ["" if value is None else str(value)] for name, value in fields.items()}


def _dates(page: reads.CorrectPage, form: Received) -> CaseDates:
    """Raises Invalid with every mistake that can be seen before the rules look."""
    wrong = reason_wrong(form.text("reason"))
    received = date_or_none(form, "received_on", wrong)
    if received is None and "received_on" not in wrong:
        wrong["received_on"] = "Vul in wanneer het stuk is ontvangen."
    postmark = date_or_none(form, "postmark_on", wrong)
    decisions = tuple(_decision(at, one, form, wrong) for at, one in enumerate(page.dates.decisions))
    if wrong or received is None:
        raise Invalid(wrong)
    return CaseDates(received, postmark, decisions)


def _decision(at: int, stored: DecisionDates, form: Received, wrong: dict[str, str]) -> DecisionDates:
    name = f"decision-{at}-"
    missing = form.ticked(f"{name}missing")
    taken, announced = (date_or_none(form, f"{name}{which}", wrong) for which in ("taken_on", "announced_on"))
    return replace(
        stored, taken_on=None if missing else taken, announced_on=None if missing else announced,
        department=form.one(f"{name}department") or None, missing=missing, woo=form.ticked(f"{name}woo"),
    )  # fmt: skip
