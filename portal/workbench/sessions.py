"""/werk/zittingen: the sessions of committees, planning one, and one session with its agenda."""

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.calendar_files import CalendarMoment, calendar_uid, send_calendar
from portal.doors import PlainForm, RowId, TheServices
from portal.pages import render
from portal.received import Received
from portal.workbench.doors import Desk, Worker, carry_out
from processes.actions.hearing_seats import AnswerSeat, AskDeputy
from processes.actions.hearing_sessions import HoldSession, PlanSession, SessionTyped
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/zittingen")
PLACE: Final = "sessions"
COMES: Final = "ja"
OF_HOLDING: Final = "-held"  # behind the names of the fields of who was there
DONE: Final = {
    "gepland": "De zitting is gepland. Zet er nu zaken op.",
    "erbij": "De zaak staat op de agenda. De partijen weten nog niets.",
    "gevuld": "De zaken staan op de agenda, de meest dringende eerst. De partijen weten nog niets.",
    "eraf": "De zaak staat niet meer op deze agenda.",
    "naar-andere": "De zaak staat nu op de agenda van een andere zitting.",
    "tijden": "De tijden zijn aangepast.",
    "komt": "De secretaris ziet dat u komt.",
    "komt-niet": "De secretaris ziet dat u niet kunt. Is er een plaatsvervanger vrij, dan is die gevraagd.",
    "gevraagd": "De plaatsvervanger is gevraagd.",
    "gehouden": "De zitting is gehouden. Schrijf nu van elke zaak het verslag.",
    "verbeterd": "Wie er waren, is verbeterd.",
    "notitie": "Uw notitie is bewaard. Alleen u kunt haar lezen.",
    "aanwezig": "Wie er waren, staat klaar voor het verslag.",
}


@router.get("")
def sessions(request: Request, actor: Desk, services: TheServices, gedaan: str = "") -> Response:
    page = reads.read_sessions(services, actor)
    return render(request, "workbench/sessions.html", page=page, done=DONE.get(gedaan), place=PLACE)


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
    done = "verbeterd" if reads.read_session(services, actor, session).held else "gehouden"
    return carry_out(
        services, actor, HoldSession(session, tuple(form.all(f"there{OF_HOLDING}")), form.text(f"reason{OF_HOLDING}")), form,
        f"/werk/zittingen/{session}?gedaan={done}",
        lambda errors: session_page(request, reads.read_session(services, actor, session), errors, typed=form),
        OF_HOLDING,
    )  # fmt: skip


@router.post("/{session}/komst")
def answer(request: Request, actor: Desk, form: PlainForm, services: TheServices, session: RowId) -> Response:
    """The answer of who sits there: comes, or signs off."""
    comes = form.one("komst") == COMES
    return carry_out(
        services, actor, AnswerSeat(session, comes, form.text("reason")), form,
        f"/werk/zittingen/{session}?gedaan=komt" if comes else "/werk/zittingen?gedaan=komt-niet",
        lambda errors: session_page(request, reads.read_session(services, actor, session), errors, typed=form),
    )  # fmt: skip


@router.post("/{session}/plaatsen/{seat}/vervanger")
def deputy(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, session: RowId, seat: RowId
) -> Response:
    return carry_out(
        services, actor, AskDeputy(seat, form.one(f"deputy-{seat}")), form, f"/werk/zittingen/{session}?gedaan=gevraagd",
        lambda errors: session_page(request, reads.read_session(services, actor, session), errors),
    )  # fmt: skip


@router.get("/{session}/blad")
def sheet(request: Request, actor: Desk, services: TheServices, session: RowId) -> Response:
    """The session sheet, to be printed: who is heard when, who comes, and room to note who was there."""
    return render(
        request, "workbench/session_sheet.html", page=reads.read_session(services, actor, session), place=PLACE
    )


@router.get("/{session}/agenda.ics")
def calendar(actor: Desk, services: TheServices, session: RowId) -> Response:
    return send_calendar(
        session_event(reads.read_session(services, actor, session), services), f"zitting-{session}.ics"
    )


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
    request: Request, page: reads.SessionPage, errors: Mapping[str, str] | None = None, *, done: str | None = None,
    typed: Received | None = None,
) -> Response:  # fmt: skip
    """The session with its agenda; with what was wrong where something was, and what was `typed` then."""
    return render(
        request,
        "workbench/session.html",
        422 if errors else 200,
        page=page,
        errors=errors or {},
        typed=typed,
        done=done,
        place=PLACE,
    )


def session_event(page: reads.SessionPage, services: Services) -> list[CalendarMoment]:
    """The session as one event: no case is in it, so that a calendar that others read tells nothing of people."""
    line = page.line
    name = f"Zitting {line.committee}{f', {line.chamber}' if line.chamber else ''}"
    return [
        CalendarMoment(
            calendar_uid(services.settings, f"zitting-{line.id}"), page.changes, name, line.begins, line.ends,
            place=line.where, link=f"{services.settings.public_url}/werk/zittingen/{line.id}", cancelled=line.cancelled,
        )
    ]  # fmt: skip
