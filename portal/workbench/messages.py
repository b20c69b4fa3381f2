"""Changes from Tijdlijn: a note, an answer to a party, everything read."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices, row_id
from portal.workbench.doors import Worker, carry_out
from portal.workbench.tabs import show_tab
from processes.actions.messages import AddNote, MarkRead, Reply

router = APIRouter(prefix="/zaken")


@router.post("/{number}/notitie")
def note(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    return carry_out(services, actor, AddNote(number, form.one("text-note")), form,
                     f"/werk/zaken/{number}/tijdlijn?gedaan=notitie",
                     lambda errors: show_tab(request, services, actor, number, "tijdlijn", errors=errors, typed=form),
                     suffix="-note")  # fmt: skip


@router.post("/{number}/antwoord")
def answer(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    party = row_id(form.one("party"))
    if party is None:
        wrong = {"party": "Kies aan wie u schrijft."}
        return show_tab(request, services, actor, number, "tijdlijn", errors=wrong, typed=form)
    return carry_out(services, actor, Reply(number, party, form.one("text-reply")), form,
                     f"/werk/zaken/{number}/tijdlijn?gedaan=antwoord",
                     lambda errors: show_tab(request, services, actor, number, "tijdlijn", errors=errors, typed=form),
                     suffix="-reply")  # fmt: skip


@router.post("/{number}/gelezen")
def read(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    return carry_out(services, actor, MarkRead(number), form, f"/werk/zaken/{number}/tijdlijn?gedaan=gelezen",
                     lambda errors: show_tab(request, services, actor, number, "tijdlijn", errors=errors))  # fmt: skip
