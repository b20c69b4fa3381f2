"""/werk/zittingen/N: one press for all cases of a session. First what will happen to each and what cannot; then each case by itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices, row_id
from portal.pages import render
from portal.received import Received
from portal.workbench.doors import Worker
from portal.workbench.sessions import PLACE, typed_in
from processes.actions import act
from processes.actions.agenda import MoveItem, TakeOffAgenda, TellHearing
from processes.actions.foreseeing_sessions import (
    ForeseenHearing,
    foresee_change,
    foresee_leaving,
    foresee_moving,
    foresee_telling,
)
from processes.actions.hearing_seats import ReplaceChair
from processes.actions.hearing_sessions import CancelSession, ChangeSession
from processes.base.actor import Actor
from processes.base.clock import AMSTERDAM
from processes.base.errors import AlreadyDone, Invalid, ZaakspoorError
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.words import SeatKind

router = APIRouter(prefix="/zittingen/{session}")
SURE: Final = "doen"  # the button that carries out what was shown
TITLES: Final = {
    "uitnodigingen": "Uitnodigingen", "wijzigen": "Zitting veranderen", "verplaatsen": "Zaken naar een andere zitting",
    "vervallen": "Zitting laten vervallen",
}  # fmt: skip
PRESSES: Final = {
    "uitnodigingen": "Verstuur de uitnodigingen", "wijzigen": "Verander de zitting", "verplaatsen": "Verplaats de zaken",
    "vervallen": "Laat de zitting vervallen",
}  # fmt: skip
MOVING: Final = "verplaatsen"
ALWAYS: Final = frozenset({"wijzigen", "vervallen"})  # of the session itself, also when no case has to do with it


@router.get("/uitnodigingen")
def invitations(request: Request, actor: Worker, services: TheServices, session: RowId) -> Response:
    page = reads.read_session(services, actor, session)
    foreseen = foresee_telling(services, actor, _numbered(page))
    return _shown(request, page, "uitnodigingen", Received({}, {}), foreseen)


@router.post("/uitnodigingen")
def invite(request: Request, actor: Worker, form: PlainForm, services: TheServices, session: RowId) -> Response:
    page = reads.read_session(services, actor, session)
    done = _each(services, actor, form, page, lambda item: TellHearing(item, page.reason))
    return _done(request, page, "uitnodigingen", done)


@router.get("/wijzigen")
def change(request: Request, actor: Worker, services: TheServices, session: RowId) -> Response:
    page = reads.read_session(services, actor, session)
    return _change_page(request, services, actor, page, None, {})


@router.post("/wijzigen")
def change_it(request: Request, actor: Worker, form: PlainForm, services: TheServices, session: RowId) -> Response:
    page = reads.read_session(services, actor, session)
    wanted = ChangeSession(session, typed_in(form), form.text("reason"), row_id(form.one("gezien")) or 0)
    told = [line.id for line in page.agenda if line.told_words.startswith("uitgenodigd")]
    try:
        if form.one("stap") != SURE:
            foreseen = foresee_change(services, actor, _numbered(page), wanted)
            return _shown(request, page, "wijzigen", form, foreseen)
        act(services, actor, wanted, once=form.form_key or None)
    except Invalid as error:
        return _change_page(request, services, actor, page, form, dict(error.fields))
    done = _each(services, actor, form, page, lambda item: TellHearing(item, wanted.reason), told)
    return _done(request, page, "wijzigen", done, _rest_of_day(services, actor, form, page))


@router.get("/verplaatsen")
def move(request: Request, actor: Worker, services: TheServices, session: RowId) -> Response:
    return _asking(request, reads.read_session(services, actor, session), "verplaatsen", Received({}, {}), {})


@router.post("/verplaatsen")
def move_all(request: Request, actor: Worker, form: PlainForm, services: TheServices, session: RowId) -> Response:
    page = reads.read_session(services, actor, session)
    target = row_id(form.one("target")) or 0
    wrong = {} if target in {one.id for one in page.others} else {"target": "Kies een zitting."}
    if not form.text("reason").strip():
        wrong["reason"] = "Schrijf waarom de zaken naar een andere zitting gaan."
    if wrong:
        return _asking(request, page, MOVING, form, wrong)
    if form.one("stap") != SURE:
        foreseen = foresee_moving(services, actor, _numbered(page), target, form.text("reason"))
        return _shown(request, page, MOVING, form, foreseen)
    done = _each(services, actor, form, page, lambda item: MoveItem(item, target, form.text("reason")))
    return _done(request, page, MOVING, done)


@router.get("/vervallen")
def cancel(request: Request, actor: Worker, services: TheServices, session: RowId) -> Response:
    return _asking(request, reads.read_session(services, actor, session), "vervallen", Received({}, {}), {})


@router.post("/vervallen")
def cancel_it(request: Request, actor: Worker, form: PlainForm, services: TheServices, session: RowId) -> Response:
    page = reads.read_session(services, actor, session)
    reason = form.text("reason")
    if not reason.strip():
        return _asking(request, page, "vervallen", form, {"reason": "Schrijf waarom de zitting niet doorgaat."})
    if form.one("stap") != SURE:
        return _shown(request, page, "vervallen", form, foresee_leaving(services, actor, _numbered(page), reason))
    done = _each(services, actor, form, page, lambda item: TakeOffAgenda(item, reason))
    act(services, actor, CancelSession(session, reason), once=form.form_key or None)
    return _done(request, page, "vervallen", done)


def _numbered(page: reads.SessionPage) -> list[tuple[int, str]]:
    return [(line.id, line.number) for line in page.agenda]


def _each(
    services: Services, actor: Actor, form: Received, page: reads.SessionPage, action: Callable[[int], object],
    only: Sequence[int] | None = None,
) -> list[tuple[str, str]]:  # fmt: skip
    """Each case in a transaction of its own: its number with why it did not work, or nothing. What was told already is left out."""
    found = []
    for item, number in _numbered(page):
        if only is not None and item not in only:
            continue
        try:
            found.append((number, why_not(services, actor, form, action(item))))
        except AlreadyDone:
            continue
    return found


def why_not(services: Services, actor: Actor, form: Received, action: object) -> str:
    """Carry it out: why it did not work; empty when it did. Raises AlreadyDone."""
    try:
        act(services, actor, action, once=form.form_key or None)
    except AlreadyDone:
        raise
    except Invalid as error:
        return " ".join(error.fields.values())
    except ZaakspoorError as error:
        return str(error)
    return ""


def _rest_of_day(
    services: Services, actor: Actor, form: Received, page: reads.SessionPage
) -> list[tuple[reads.SessionLine, str]]:
    """The other sessions of the day get the new chair too, each by itself: with why it did not work, or nothing."""
    if not form.ticked("hele-dag"):
        return []
    found = []
    for line in page.same_chair:
        change = ReplaceChair(line.id, form.one("chair"), form.text("reason"))
        found.append((line, why_not(services, actor, form, change)))
    return found


def _as_it_is(page: reads.SessionPage, seated: Mapping[str, str]) -> Received:
    """The form of a session with what it is now."""
    begins, ends = page.line.begins.astimezone(AMSTERDAM), page.line.ends.astimezone(AMSTERDAM)
    people = {kind: [number for number, one in seated.items() if one == kind] for kind in SeatKind}
    return Received({
        "chamber": [page.line.chamber], "day": [begins.date().isoformat()], "begins": [f"{begins:%H.%M}"], "ends": [f"{ends:%H.%M}"],
        "room": [page.room], "video": [page.video], "chair": people[SeatKind.CHAIR], "members": people[SeatKind.MEMBER],
        "secretary": people[SeatKind.SECRETARY],
    })  # fmt: skip


def _change_page(
    request: Request, services: Services, actor: Actor, page: reads.SessionPage, typed: Received | None, errors: Mapping[str, str]
) -> Response:  # fmt: skip
    to_plan = reads.read_session_to_plan(services, actor, page.committee, page.line.id)
    return render(
        request, "workbench/session_plan.html", Invalid.status if errors else 200,
        page=to_plan, typed=typed or _as_it_is(page, to_plan.seated), errors=errors, changed=page,
        here=f"/werk/zittingen/{page.line.id}/wijzigen", place=PLACE,
    )  # fmt: skip


def _asking(
    request: Request, page: reads.SessionPage, what: str, typed: Received, errors: Mapping[str, str]
) -> Response:
    return render(
        request, "workbench/session_ask.html", Invalid.status if errors else 200, page=page, what=what, title=TITLES[what],
        typed=typed, errors=errors, moving=what == MOVING, place=PLACE,
    )  # fmt: skip


def _shown(
    request: Request, page: reads.SessionPage, what: str, typed: Received, foreseen: Sequence[ForeseenHearing]
) -> Response:
    lines = {line.id: line for line in page.agenda}
    return render(
        request, "workbench/session_sure.html", page=page, what=what, title=TITLES[what], typed=typed, place=PLACE,
        press=PRESSES[what], always=what in ALWAYS, foreseen=[(one, lines[one.item]) for one in foreseen],
    )  # fmt: skip


def _done(
    request: Request, page: reads.SessionPage, what: str, done: Sequence[tuple[str, str]],
    sessions: Sequence[tuple[reads.SessionLine, str]] = (),
) -> Response:  # fmt: skip
    return render(
        request, "workbench/session_done.html", page=page, title=TITLES[what], lines=done, of_day=sessions, place=PLACE
    )
