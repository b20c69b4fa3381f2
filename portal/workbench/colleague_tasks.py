"""Tasks for colleagues (W13): /werk/collegataken, and what is done with them under a case."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.pages import render
from portal.received import Received
from portal.workbench.dates import date_or_none
from portal.workbench.doors import DONE, Worker, carry_out
from portal.workbench.tabs import show_page
from portal.workbench.waiting_words import TODAY, today_of
from processes.actions.colleague_tasks import (
    AskColleague,
    FinishColleagueTask,
    HandBackColleagueTask,
    OpenColleagueTaskAgain,
    WithdrawColleagueTask,
)
from processes.base.actor import Actor
from processes.reads import workbench as reads
from processes.storage.services import Services

lists = APIRouter(prefix="/collegataken")
router = APIRouter(prefix="/zaken")
ASKED = "gevraagd"  # the list of what somebody asked of others


@lists.get("")
def tasks(
    request: Request, actor: Worker, services: TheServices, lijst: str = "", pagina: int = 1, gedaan: str = ""
) -> Response:  # fmt: skip
    page = reads.read_colleague_tasks(services, actor, pagina, asked=lijst == ASKED)
    return render(
        request, "workbench/colleague_tasks.html", page=page, place="today", most=reads.MOST, done=DONE.get(gedaan)
    )


@router.get("/{number}/collegataak")
def look(request: Request, actor: Worker, services: TheServices, number: str) -> Response:
    return _asking(request, services, actor, number)


@router.post("/{number}/collegataak")
def ask(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    action = asked_in(form, number, form.text("what"))
    return carry_out(services, actor, action, form, f"/werk/zaken/{number}?gedaan=collegataak",
                     lambda errors: _asking(request, services, actor, number, form, errors))  # fmt: skip


@router.post("/{number}/collegataken/{colleague_task}/gedaan")
def finish(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, colleague_task: RowId
) -> Response:
    action = FinishColleagueTask(number, colleague_task, form.text("remark"))
    return _change(request, services, actor, action, form, number, "collegataak-gedaan")


@router.post("/{number}/collegataken/{colleague_task}/toch-niet")
def not_done(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, colleague_task: RowId
) -> Response:
    action = OpenColleagueTaskAgain(number, colleague_task)
    return _change(request, services, actor, action, form, number, "collegataak-toch-niet")


@router.post("/{number}/collegataken/{colleague_task}/terug")
def hand_back(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, colleague_task: RowId
) -> Response:
    action = HandBackColleagueTask(number, colleague_task, form.text("remark"))
    return _change(request, services, actor, action, form, number, "collegataak-terug")


@router.post("/{number}/collegataken/{colleague_task}/intrekken")
def withdraw(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, colleague_task: RowId
) -> Response:
    action = WithdrawColleagueTask(number, colleague_task)
    return _change(request, services, actor, action, form, number, "collegataak-ingetrokken")


def asked_in(form: Received, number: str, what: str) -> AskColleague:
    """The task that a form asks; a date that cannot be read is none, of which the action says so."""
    return AskColleague(number, what, form.one("whom"), date_or_none(form, "due", {}))


def _change(
    request: Request, services: Services, actor: Actor, action: object, form: Received, number: str, done: str
) -> Response:  # fmt: skip
    """Back to where the press was; refused, the case says what was wrong with the remark."""
    lists_too = {"": f"/werk/zaken/{number}", "mij": "/werk/collegataken", ASKED: f"/werk/collegataken?lijst={ASKED}"}
    place = lists_too.get(form.one("lijst"), lists_too[""])
    then = f"{place}{'&' if '?' in place else '?'}gedaan={done}"
    if form.one("lijst") == TODAY:
        made = f"zaken/{number}/collegataken/{action.task}" if isinstance(action, FinishColleagueTask) else ""
        then = today_of(form, done, made)
    return carry_out(services, actor, action, form, then,
                     lambda errors: _asking(request, services, actor, number, form, errors))  # fmt: skip


def _asking(
    request: Request, services: Services, actor: Actor, number: str, typed: Received | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    page = reads.read_ask_colleague(services, actor, number)
    return show_page(request, page, number, "ask_colleague", "Taak voor een collega", typed=typed, errors=errors)
