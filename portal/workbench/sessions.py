"""/werk/zittingen: the sessions of committees, planning one, and one session with its agenda."""

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.pages import render
from portal.received import Received
from portal.workbench.doors import Desk, Worker, carry_out
from processes.actions.hearing_sessions import HoldSession, PlanSession, SessionTyped
from processes.reads import workbench as reads

router = APIRouter(prefix="/zittingen")
PLACE: Final = "sessions"
DONE: Final = {
    "gepland": "De zitting is gepland. Zet er nu zaken op.",
    "erbij": "De zaak staat op de agenda. De partijen weten nog niets.",
    "eraf": "De zaak staat niet meer op deze agenda.",
    "naar-andere": "De zaak staat nu op de agenda van een andere zitting.",
    "tijden": "De tijden zijn aangepast.",
    "gehouden": "De zitting is gehouden. Schrijf nu van elke zaak het verslag.",
    "aanwezig": "Wie er waren, staat klaar voor het verslag.",
}


@router.get("")
def sessions(request: Request, actor: Desk, services: TheServices) -> Response:
    return render(request, "workbench/sessions.html", page=reads.read_sessions(services, actor), place=PLACE)


@router.get("/nieuw")
def plan(request: Request, actor: Worker, services: TheServices, commissie: str = "") -> Response:
    page = reads.read_session_to_plan(services, actor, commissie)
    return plan_page(request, page, Received({}, {}), {}, "/werk/zittingen/nieuw")


@router.post("/nieuw")
def plan_new(request: Request, actor: Worker, form: PlainForm, services: TheServices) -> Response:
    page = reads.read_session_to_plan(services, actor, form.one("commissie"))
    return carry_out(
        services, actor, PlanSession(page.code, typed_in(form)), form, lambda session: f"/werk/zittingen/{session}?gedaan=gepland",
        lambda errors: plan_page(request, page, form, errors, "/werk/zittingen/nieuw"),
    )  # fmt: skip


@router.get("/{session}")
def one(request: Request, actor: Desk, services: TheServices, session: RowId, gedaan: str = "") -> Response:
    return session_page(request, reads.read_session(services, actor, session), done=DONE.get(gedaan))


@router.post("/{session}/gehouden")
def hold(request: Request, actor: Worker, form: PlainForm, services: TheServices, session: RowId) -> Response:
    return carry_out(
        services, actor, HoldSession(session), form, f"/werk/zittingen/{session}?gedaan=gehouden",
        lambda errors: session_page(request, reads.read_session(services, actor, session), errors),
    )  # fmt: skip


def typed_in(form: Received) -> SessionTyped:
    """The fields of the form for a session."""
    return SessionTyped(
        chamber=form.one("chamber"), day=form.one("day"), begins=form.one("begins"), ends=form.one("ends"),
        room=form.one("room"), video=form.text("video"), chair=form.one("chair"), members=tuple(form.all("members")),
        secretary=form.one("secretary"),
    )  # fmt: skip


def plan_page(
    request: Request, page: reads.SessionToPlan, typed: Received, errors: Mapping[str, str], address: str
) -> Response:
    """The form of a new session, with what was typed."""
    return render(
        request, "workbench/session_plan.html", 422 if errors else 200, page=page, typed=typed, errors=errors, here=address,
        place=PLACE, changed=None,
    )  # fmt: skip


def session_page(
    request: Request, page: reads.SessionPage, errors: Mapping[str, str] | None = None, *, done: str | None = None
) -> Response:
    """The session with its agenda; with what was wrong where something was."""
    return render(
        request,
        "workbench/session.html",
        422 if errors else 200,
        page=page,
        errors=errors or {},
        done=done,
        place=PLACE,
    )
