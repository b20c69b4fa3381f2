"""Changes from Tijdlijn: a note, an answer to a party, everything read."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices, row_id
from portal.workbench.doors import Worker
from portal.workbench.tabs import change_on_tab, show_tab
from processes.actions.messages import AddNote, MarkRead, Reply
from processes.storage.words import PostChannel

router = APIRouter(prefix="/zaken")


@router.post("/{number}/notitie")
def note(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    action = AddNote(number, form.text("text-note"))
    return change_on_tab(request, services, actor, action, form, number, "tijdlijn", "notitie", "-note")


@router.post("/{number}/antwoord")
def answer(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    party = row_id(form.one("party-reply"))
    if party is None:
        wrong = {"party-reply": "Kies aan wie u schrijft."}
        return show_tab(request, services, actor, number, "tijdlijn", errors=wrong, typed=form)
    action = Reply(number, party, form.text("text-reply"))
    return change_on_tab(request, services, actor, action, form, number, "tijdlijn", _answered, "-reply")


def _answered(channel: str) -> str:
    return "antwoord" if channel == PostChannel.PORTAL else "antwoord-per-post"


@router.post("/{number}/gelezen")
def read(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    return change_on_tab(request, services, actor, MarkRead(number), form, number, "tijdlijn", "gelezen")
