"""/werk/zaken/<number>/concept/<letter>/akkoord...: agreement to a letter is asked, given, refused or no longer asked (W9)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.received import Received
from portal.workbench.dates import date_or_none
from portal.workbench.doors import Worker
from portal.workbench.letter_drafts import press, version_in
from processes.actions.approvers import MOST
from processes.actions.approving import AskApproval, GiveApproval, ReturnLetter, TakeBackAsking

router = APIRouter(prefix="/zaken/{number}/concept/{letter}")


@router.post("/akkoord-vragen")
def ask(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, letter: RowId
) -> Response:
    action = AskApproval(letter, version_in(form), _whom(form), date_or_none(form, "due", {}))
    return press(request, services, actor, action, form, number, letter, "akkoord-gevraagd")


@router.post("/akkoord")
def give(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, letter: RowId
) -> Response:
    action = GiveApproval(letter, version_in(form))
    return press(request, services, actor, action, form, number, letter, "akkoord")


@router.post("/terug")
def send_back(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, letter: RowId
) -> Response:
    action = ReturnLetter(letter, version_in(form), form.text("reason-back"))
    return press(request, services, actor, action, form, number, letter, "brief-terug", "-back")


@router.post("/vraag-terug")
def take_back(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, letter: RowId
) -> Response:
    return press(request, services, actor, TakeBackAsking(letter), form, number, letter, "akkoord-vraag-terug")


def _whom(form: Received) -> tuple[str, ...]:
    """The person or team chosen for each turn, up to the last one that was filled in; an empty one before it stays, to be mended."""
    chosen = [form.one(f"whom-{place}") for place in range(1, MOST + 1)]
    while chosen and not chosen[-1]:
        chosen.pop()
    return tuple(chosen)
