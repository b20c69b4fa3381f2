"""Opmerkingen: a draft is shared for reading by a link, and what readers said is answered and ticked off."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.admin.studio.pages import draft_page, home_of
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from portal.received import Received
from processes.actions import act
from processes.actions.draft_comments import AnswerComment, EndShare, ShareDraft, TickComment
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.base.typed_values import read_date
from processes.reads.studio.reading_along import read_comments
from processes.storage.services import Services

router = APIRouter(prefix="/{name}/ontwerp/opmerkingen")
PLACE = "opmerkingen"
DONE = {
    "gedeeld": "De link staat hieronder. Geef hem aan wie meeleest.",
    "ingetrokken": "De link werkt niet meer. De opmerkingen blijven.",
    "antwoord": "Uw antwoord is bewaard. Wie de link heeft, leest het.",
    "klaar": "De opmerking is afgevinkt.",
    "open": "De opmerking staat weer open.",
}


@router.get("")
def show(request: Request, name: str, actor: Admin, services: TheServices, gedaan: str = "") -> Response:
    return _page(request, services, actor, name, done=DONE.get(gedaan, ""))


@router.post("")
def share(request: Request, name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    try:
        act(services, actor, ShareDraft(name, form.one("reader"), _day(form)), once=form.form_key)
    except Invalid as error:
        return _page(request, services, actor, name, error, typed=form)
    return go_to(f"{home_of(name)}/opmerkingen?gedaan=gedeeld")


@router.post("/intrekken")
def end(name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    act(services, actor, EndShare(name, form.one("share")), once=form.form_key)
    return go_to(f"{home_of(name)}/opmerkingen?gedaan=ingetrokken")


@router.post("/antwoord")
def answer(request: Request, name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """The button `step` says whether to keep the answer, to tick the comment off, or to open it again."""
    comment, step = form.one("comment"), form.one("step")
    if step in {"klaar", "open"}:
        act(services, actor, TickComment(name, comment, step == "klaar"), once=form.form_key)
        return go_to(f"{home_of(name)}/opmerkingen?gedaan={step}")
    try:
        act(services, actor, AnswerComment(name, comment, form.text("answer")), once=form.form_key)
    except Invalid as error:
        wrong = Invalid({f"answer-{comment}": error.fields["answer"]})
        return _page(request, services, actor, name, wrong, typed=form)
    return go_to(f"{home_of(name)}/opmerkingen?gedaan=antwoord")


def _day(form: Received) -> date | None:
    """Raises Invalid."""
    try:
        return read_date(form.one("until")) if form.one("until") else None
    except ValueError as error:
        raise Invalid({"until": str(error)}) from error


def _page(
    request: Request, services: Services, actor: Actor, name: str, wrong: Invalid | None = None, *, done: str = "",
    typed: Received | None = None,
) -> Response:  # fmt: skip
    page = read_comments(services, actor, name)
    shown: dict[str, Any] = {
        "page": page,
        "done": done,
        "typed": typed or Received(),
        "errors": wrong.fields if wrong else {},
    }
    return draft_page(request, "comments.html", page.checked, PLACE, wrong.status if wrong else 200, **shown)
