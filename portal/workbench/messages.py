"""Changes from Tijdlijn: a note, an answer to a party, everything read."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices, row_id
from portal.workbench.doors import Worker
from portal.workbench.tabs import change_on_tab, show_tab
from processes.actions.messages import UNCLEAR, AddNote, MarkRead, Reply
from processes.storage.words import PostChannel

router = APIRouter(prefix="/zaken")


@router.post("/{number}/notitie")
def note(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    action = AddNote(number, form.text("text-note"))
    return change_on_tab(request, services, actor, action, form, number, "tijdlijn", _noted, "-note")


def _noted(answer: str) -> str:
    return "notitie-onduidelijk" if answer == UNCLEAR else "notitie"


@router.post("/{number}/antwoord")
def answer(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    party = row_id(form.one("party-reply"))
    if party is None:
        wrong = {"party-reply": "Kies aan wie u schrijft."}
        return show_tab(request, services, actor, number, "tijdlijn", errors=wrong, typed=form)
    action = Reply(number, party, form.text("text-reply"), row_id(form.one("gezien")) or 0)
    return change_on_tab(request, services, actor, action, form, number, "tijdlijn", _answered, "-reply")


def _answered(channel: str) -> str:
    return "antwoord" if channel == PostChannel.PORTAL else "antwoord-per-post"


@router.post("/{number}/gelezen")
def read(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    """No further than the page showed: a message that came in while it stood open stays unread."""
    action = MarkRead(number, seen=row_id(form.one("gezien")), news=row_id(form.one("nieuws")))
    return change_on_tab(request, services, actor, action, form, number, "tijdlijn", "gelezen")
