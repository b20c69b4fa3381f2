"""Tonen op portaal: who would see what, then a press, and a minute in which it can be undone."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.received import Received
from portal.workbench.doors import Worker, carry_out
from portal.workbench.tabs import DOCUMENTS, change_on_tab, show_page, show_tab, tab_address
from processes.actions.foreseeing_showing import ELSEWHERE, LATER, ForeseenShowing, foresee_showing
from processes.actions.showing import ShowSoon, UndoShowing
from processes.base.actor import Actor
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/zaken/{number}/documenten")
UNSEEN = {LATER: "getoond-straks", ELSEWHERE: "getoond-niet-hier"}
NOTHING = {"document": "Kruis eerst een document aan."}


@router.get("/tonen")
def preview(request: Request, actor: Worker, services: TheServices, number: str) -> Response:
    """`document`, once or more: what is to be shown. Nothing changes here."""
    chosen = tuple(dict.fromkeys(request.query_params.getlist("document")))
    if not chosen:
        return show_tab(request, services, actor, number, DOCUMENTS, errors=NOTHING)
    return _page(request, services, actor, number, chosen)


@router.post("/tonen")
def show(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    chosen = tuple(form.all("document"))
    _only_of(services, actor, number, chosen)
    done = _done(foresee_showing(services, actor, chosen)) if chosen else ""
    return carry_out(
        services, actor, ShowSoon(chosen), form, f"{tab_address(number, DOCUMENTS)}?gedaan={done}",
        lambda errors: _page(request, services, actor, number, chosen, errors, form),
    )  # fmt: skip


@router.post("/toch-niet")
def undo(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    chosen = tuple(form.all("document"))
    _only_of(services, actor, number, chosen)
    return change_on_tab(request, services, actor, UndoShowing(chosen), form, number, DOCUMENTS, "toch-niet-getoond")


def _done(foreseen: ForeseenShowing) -> str:
    """A word of DONE: 'on the portal' is only said when somebody will see it (C6)."""
    if any(one.sees for one in foreseen.readers):
        return "zo-getoond"
    return next((UNSEEN[one.why_not] for one in foreseen.readers if one.why_not in UNSEEN), "getoond-niemand")


def _only_of(services: Services, actor: Actor, number: str, documents: Sequence[str]) -> None:
    """Raises NotFound for a document that is not of this case."""
    for one in documents:
        reads.only_of_case(services, actor, number, {"document": one})


def _page(
    request: Request, services: Services, actor: Actor, number: str, chosen: Sequence[str],
    errors: Mapping[str, str] | None = None, typed: Received | None = None,
) -> Response:  # fmt: skip
    _only_of(services, actor, number, chosen)
    page = reads.read_documents(services, actor, number)
    foreseen = foresee_showing(services, actor, chosen)
    return show_page(
        request,
        page,
        number,
        "show_documents",
        "Documenten",
        DOCUMENTS,
        errors=errors,
        typed=typed,
        foreseen=foreseen,
        real_now=datetime.now(UTC),
    )
