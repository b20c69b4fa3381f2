"""/werk/zaken/samen: one thing for several cases of the list, with a reason. First what will happen and what cannot; then each case by itself."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.pages import render
from portal.received import Received
from portal.workbench.doors import Worker
from portal.workbench.handing_over import LONGEST, hand_over, wrong_reason
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/zaken")
HAND_OVER, TO_TEAM = "overdragen", "team"
KINDS: Final = ((HAND_OVER, "Geef ze aan een collega"), (TO_TEAM, "Geef ze terug aan het team"))
CASES, KIND, HANDLER, REASON = "nummer", "many_what", "many_handler", "many_reason"


@router.get("/samen")
def choose(request: Request, actor: Worker, services: TheServices) -> Response:
    numbers = request.query_params.getlist(CASES)
    return _page(request, services, actor, Received({CASES: numbers}))


@router.post("/samen")
def change(request: Request, actor: Worker, form: PlainForm, services: TheServices) -> Response:
    wrong = _wrong(services, actor, form)
    if wrong or form.one("stap") != "doen":
        return _page(request, services, actor, form, wrong, sure=not wrong)
    chosen = _chosen(services, actor, form)
    done = [(line, _carry_out(services, actor, form, line.number)) for line in chosen.possible]
    left = [(line, line.why_not) for line in chosen.impossible]
    return render(request, "workbench/many_done.html", place="cases", lines=[*done, *left])


def _wrong(services: Services, actor: Actor, form: Received) -> dict[str, str]:
    wrong = {}
    if not form.all(CASES):
        wrong[""] = "Kies eerst zaken in de lijst."
    if form.one(KIND) not in dict(KINDS):
        wrong[KIND] = "Kies wat er met de zaken moet gebeuren."
    if form.one(KIND) == HAND_OVER and not _chosen(services, actor, form).name:
        wrong[HANDLER] = "Kies een collega uit de lijst."
    if why := wrong_reason(form.text(REASON)):
        wrong[REASON] = why
    return wrong


def _chosen(services: Services, actor: Actor, form: Received) -> reads.ChosenCases:
    handler = None if form.one(KIND) == TO_TEAM else form.one(HANDLER)
    return reads.read_chosen(services, actor, form.all(CASES), handler)


def _carry_out(services: Services, actor: Actor, form: Received, number: str) -> str:
    handler = None if form.one(KIND) == TO_TEAM else form.one(HANDLER)
    return hand_over(services, actor, number, handler, form.text(REASON), form.form_key or None)


def _page(
    request: Request, services: Services, actor: Actor, form: Received, errors: dict[str, str] | None = None, *, sure: bool = False
) -> Response:  # fmt: skip
    """The choice, or when it is `sure` what will happen."""
    return render(
        request, "workbench/many.html", Invalid.status if errors else 200, place="cases", page=_chosen(services, actor, form),
        kinds=KINDS, typed=form, errors=errors or {}, sure=sure, to_team=form.one(KIND) == TO_TEAM, most=LONGEST,
    )  # fmt: skip
