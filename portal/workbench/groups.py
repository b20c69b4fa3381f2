"""/werk/groepen: cases that are handled together. Joining them, one group with how far its common steps are, and taking cases out again."""

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices, row_id
from portal.pages import go_to, render
from portal.received import Received
from portal.workbench.doors import LOCKED, Worker, carry_out
from processes.actions import act
from processes.actions.group_hearing import PlanGroupHearing
from processes.actions.group_steps import StepAgain
from processes.actions.grouping import LONGEST_NAME, JoinCases, LeaveGroup
from processes.reads import workbench as reads

router = APIRouter(prefix="/groepen")
CHOSEN: Final = "nummer"
NOTHING: Final = "niets"  # nobody ticked a case
TOGETHER: Final = "De stap is gedaan. In de andere zaken gebeurt nu hetzelfde. Hieronder ziet u hoe ver het is."
DONE: Final = {
    "gevoegd": "De zaken zijn gevoegd. De indieners merken daar niets van: elke zaak houdt haar eigen termijn, stukken en brieven.",
    "samen": TOGETHER,
    "samen-slot": f"{TOGETHER} {LOCKED}",
    "zitting": "De zaken gaan naar de zitting. De partijen van elke zaak krijgen een eigen uitnodiging. Hieronder ziet u hoe ver het is.",
    "opnieuw": "Het wordt nu opnieuw geprobeerd.",
    "eruit": "De zaken zijn uit de groep. Zij gaan zelf verder.",
}


@router.get("")
def groups(request: Request, actor: Worker, services: TheServices, gedaan: str = "") -> Response:
    lines = reads.read_groups(services, actor)
    return render(request, "workbench/groups.html", lines=lines, place="cases", nothing=gedaan == NOTHING)


@router.get("/nieuw")
def choose(request: Request, actor: Worker, services: TheServices) -> Response:
    numbers = request.query_params.getlist(CHOSEN)
    if not numbers:
        return go_to(f"/werk/groepen?gedaan={NOTHING}")
    group = row_id(request.query_params.get("groep", ""))
    page = reads.read_joining(services, actor, numbers, group)
    return _joining(request, page, Received({CHOSEN: [one.number for one in page.chosen if not one.why_not]}), {})


@router.post("/nieuw")
def join(request: Request, actor: Worker, form: PlainForm, services: TheServices) -> Response:
    group = row_id(form.one("groep"))
    action = JoinCases(tuple(form.all(CHOSEN)), form.one("name"), form.text("reason"), group)
    return carry_out(
        services, actor, action, form, lambda made: f"/werk/groepen/{made}?gedaan=gevoegd",
        lambda errors: _joining(request, reads.read_joining(services, actor, form.all("shown"), group), form, errors),
    )  # fmt: skip


@router.get("/{group}")
def one(request: Request, actor: Worker, services: TheServices, group: RowId, gedaan: str = "") -> Response:
    return _group(request, reads.read_group(services, actor, group), done=DONE.get(gedaan))


@router.post("/{group}/eruit")
def take_out(request: Request, actor: Worker, form: PlainForm, services: TheServices, group: RowId) -> Response:
    action = LeaveGroup(group, tuple(form.all("cases")), form.text("reason"))
    return carry_out(
        services, actor, action, form, f"/werk/groepen/{group}?gedaan=eruit",
        lambda errors: _group(request, reads.read_group(services, actor, group), form, errors),
    )  # fmt: skip


@router.post("/{group}/zitting")
def plan(request: Request, actor: Worker, form: PlainForm, services: TheServices, group: RowId) -> Response:
    action = PlanGroupHearing(group, row_id(form.one("session")) or 0, tuple(form.all("tasks")))
    return carry_out(
        services, actor, action, form, f"/werk/groepen/{group}?gedaan=zitting",
        lambda errors: _group(request, reads.read_group(services, actor, group), form, errors),
    )  # fmt: skip


@router.post("/{group}/stappen/{step}/opnieuw")
def again(actor: Worker, form: PlainForm, services: TheServices, group: RowId, step: RowId) -> Response:
    act(services, actor, StepAgain(group, step), once=form.form_key or None)
    return go_to(f"/werk/groepen/{group}?gedaan=opnieuw")


def _joining(request: Request, page: reads.JoinPage, typed: Received, errors: Mapping[str, str]) -> Response:
    return render(
        request, "workbench/group_join.html", 422 if errors else 200, page=page, typed=typed, errors=errors, place="cases",
        longest=LONGEST_NAME,
    )  # fmt: skip


def _group(
    request: Request, page: reads.GroupPage, typed: Received | None = None,
    errors: Mapping[str, str] | None = None, done: str | None = None,
) -> Response:  # fmt: skip
    return render(
        request, "workbench/group.html", 422 if errors else 200, page=page, typed=typed or Received(), errors=errors or {}, done=done,
        place="cases",
    )  # fmt: skip
