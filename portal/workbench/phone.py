"""/werk/zaken/<number>/telefoon: a telephone call, written down (W13)."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices, row_id
from portal.received import Received
from portal.workbench.colleague_tasks import asked_in
from portal.workbench.doors import Worker, carry_out
from portal.workbench.tabs import show_page
from processes.actions.phone_notes import AddPhoneNote
from processes.base.actor import Actor
from processes.base.clock import AMSTERDAM
from processes.base.typed_values import read_moment
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/zaken")
OF_TASK = {"what-follow": "agreed", "whom-follow": "whom", "due-follow": "due"}  # field of the action -> of the form


@router.get("/{number}/telefoon")
def look(request: Request, actor: Worker, services: TheServices, number: str) -> Response:
    return _page(request, services, actor, number)


@router.post("/{number}/telefoon")
def add(request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str) -> Response:
    follow = asked_in(form, number, form.text("agreed")) if form.one("whom") else None
    action = AddPhoneNote(
        number, row_id(form.one("party")), form.one("name"), form.one("phone"), _moment(form.one("at")), form.text("said"),
        form.text("agreed"), follow,
    )  # fmt: skip

    def again(errors: Mapping[str, str]) -> Response:
        named = {OF_TASK.get(name, name): text for name, text in errors.items()}
        return _page(request, services, actor, number, form, named)

    return carry_out(services, actor, action, form, f"/werk/zaken/{number}/tijdlijn?gedaan=telefoon", again)


def _moment(text: str) -> datetime | None:
    """The local moment; None of what is none, which the action refuses."""
    with suppress(ValueError):
        found = read_moment(text)
        return found if found.tzinfo else found.replace(tzinfo=AMSTERDAM)
    return None


def _page(
    request: Request, services: Services, actor: Actor, number: str, typed: Received | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    page = reads.read_phone(services, actor, number)
    now = page.now.astimezone(AMSTERDAM).strftime("%Y-%m-%dT%H:%M")
    return show_page(request, page, number, "phone", "Telefoonnotitie", "tijdlijn", typed=typed, errors=errors, now=now)
