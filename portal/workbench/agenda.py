"""/werk/zittingen/N/...: one case on the agenda of a session: put there, in another place, with another time, or somewhere else."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices, row_id
from portal.pages import go_to, render
from portal.received import Received
from portal.workbench.doors import Worker, carry_out
from portal.workbench.session_presses import why_not
from portal.workbench.sessions import PLACE, session_page
from processes.actions import act
from processes.actions.agenda import (
    MoveItem,
    NotePresence,
    PlanOnSession,
    PutOnAgenda,
    SetItemTime,
    ShiftItem,
    TakeOffAgenda,
)
from processes.base.errors import NotFound
from processes.reads import workbench as reads

router = APIRouter()


@router.post("/zittingen/{session}/zaken")
def put(request: Request, actor: Worker, form: PlainForm, services: TheServices, session: RowId) -> Response:
    return carry_out(
        services, actor, PutOnAgenda(session, form.one("nummer")), form, f"/werk/zittingen/{session}?gedaan=erbij",
        lambda errors: session_page(request, reads.read_session(services, actor, session), errors),
    )  # fmt: skip


@router.post("/zittingen/{session}/vullen")
def fill(request: Request, actor: Worker, form: PlainForm, services: TheServices, session: RowId) -> Response:
    """Put cases that wait on the agenda as far as there is time, the most urgent first; each in a change of its own."""
    page = reads.read_session(services, actor, session)
    wanted = [one.number for one in page.waiting[: page.fits]]
    done = [(number, why_not(services, actor, form, PutOnAgenda(session, number))) for number in wanted]
    if not done or any(why for _, why in done):
        title = "Zaken op de agenda"
        return render(
            request, "workbench/session_done.html", page=page, title=title, lines=done, of_day=(), place=PLACE
        )
    return go_to(f"/werk/zittingen/{session}?gedaan=gevuld")


@router.post("/zittingen/{session}/zaken/{item}/schuif")
def shift(actor: Worker, form: PlainForm, services: TheServices, session: RowId, item: RowId) -> Response:
    act(services, actor, ShiftItem(item, form.one("richting")), once=form.form_key or None)
    return go_to(f"/werk/zittingen/{session}#zaak-{item}")


@router.get("/zittingen/{session}/zaken/{item}")
def one(request: Request, actor: Worker, services: TheServices, session: RowId, item: RowId) -> Response:
    return _page(request, reads.read_session(services, actor, session), item, Received({}, {}), {})


@router.post("/zittingen/{session}/zaken/{item}/tijd")
def times(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, session: RowId, item: RowId
) -> Response:
    wanted = SetItemTime(item, form.one("minutes"), form.one("pause"))
    return carry_out(
        services, actor, wanted, form, f"/werk/zittingen/{session}?gedaan=tijden",
        lambda errors: _page(request, reads.read_session(services, actor, session), item, form, errors),
    )  # fmt: skip


@router.post("/zittingen/{session}/zaken/{item}/verplaats")
def move(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, session: RowId, item: RowId
) -> Response:
    wanted = MoveItem(item, row_id(form.one("target")) or 0, form.text("reason"))
    return carry_out(
        services, actor, wanted, form, f"/werk/zittingen/{session}?gedaan=naar-andere",
        lambda errors: _page(request, reads.read_session(services, actor, session), item, form, errors),
    )  # fmt: skip


@router.post("/zittingen/{session}/zaken/{item}/eraf")
def take_off(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, session: RowId, item: RowId
) -> Response:
    wanted = TakeOffAgenda(item, form.text("off"))
    return carry_out(
        services, actor, wanted, form, f"/werk/zittingen/{session}?gedaan=eraf",
        lambda errors: _page(
            request, reads.read_session(services, actor, session), item, form, {"off": " ".join(errors.values())} if errors else {}
        ),
    )  # fmt: skip


@router.post("/zittingen/{session}/zaken/{item}/aanwezig")
def presence(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, session: RowId, item: RowId
) -> Response:
    return carry_out(
        services, actor, NotePresence(item, form.text("present"), form.one("seen")), form, f"/werk/zittingen/{session}?gedaan=aanwezig",
        lambda errors: _page(request, reads.read_session(services, actor, session), item, form, errors),
    )  # fmt: skip


@router.post("/taken/{task}/zitting")
def plan_task(actor: Worker, form: PlainForm, services: TheServices, task: str) -> Response:
    """From the case: the task that plans its hearing is done by a session."""
    number = act(services, actor, PlanOnSession(task, row_id(form.one("zitting")) or 0), once=form.form_key or None)
    return go_to(f"/werk/zaken/{number}?gedaan=zitting")


def _page(request: Request, page: reads.SessionPage, item: int, typed: Received, errors: Mapping[str, str]) -> Response:
    return render(
        request, "workbench/session_item.html", 422 if errors else 200, page=page, line=line_of(page, item), typed=typed, errors=errors,
        place=PLACE,
    )  # fmt: skip


def line_of(page: reads.SessionPage, item: int) -> reads.AgendaLine:
    """The case on the agenda. Raises NotFound when it is not there, or this reader may not see it."""
    line = next((one for one in page.agenda if one.id == item), None)
    if line is None:
        raise NotFound("Deze zaak staat niet meer op de agenda.")
    return line
