"""/werk/post: the print queue (W9). Letters are printed as a stack, and confirmed as sent for the whole of it or for some."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices, row_ids
from portal.downloads import send_document
from portal.pages import go_to, render
from portal.received import Received
from portal.security.looking import fetched, saw
from portal.workbench.dates import date_in
from portal.workbench.doors import Worker
from portal.workbench.tabs import page_number
from portal.workbench.waiting_words import NAMES, WHOSE
from processes.actions import act
from processes.actions.post import ConfirmPosted
from processes.actions.printing import BackInQueue, MakeBatch
from processes.base.actor import Actor
from processes.base.dutch import long_date
from processes.base.errors import Invalid, ZaakspoorError
from processes.post.pdf import PDF
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/post")
DONE: Final = {
    "terug": "De brieven staan weer in de wachtrij.",
    "verzonden": "De brieven zijn verzonden. Termijnen die erop wachtten, zijn opnieuw berekend.",
}


@router.get("")
def queue(request: Request, actor: Worker, services: TheServices, van: str = "alles") -> Response:
    return _queue(request, services, actor, van)


@router.post("")
def make(request: Request, actor: Worker, form: PlainForm, services: TheServices) -> Response:
    action = MakeBatch(row_ids(form.all("notices")))
    try:
        batch = act(services, actor, action, once=form.form_key or None)
    except Invalid as error:
        return _queue(request, services, actor, form.one("van"), error.fields)
    return go_to(f"/werk/post/{batch}")


@router.get("/{batch}")
def stack(request: Request, actor: Worker, services: TheServices, batch: RowId, gedaan: str = "") -> Response:
    return _stack(request, services, actor, batch, done=DONE.get(gedaan))


@router.get("/{batch}/stapel.pdf")
def printed(request: Request, actor: Worker, services: TheServices, batch: RowId, vanaf: str = "1") -> Response:
    """The letters as one PDF; after a jam from the place on where it went wrong."""
    file = reads.print_file(services, actor, batch, page_number(vanaf))
    for document, number in file.documents:
        fetched(request, actor, document, number)
    return send_document([file.content], file.name, PDF, len(file.content))


@router.get("/{batch}/etiketten.pdf")
def labels(request: Request, actor: Worker, services: TheServices, batch: RowId) -> Response:
    file = reads.print_labels(services, actor, batch)
    for number in dict.fromkeys(number for _, number in file.documents):
        saw(request, number, "labels")
    return send_document([file.content], file.name, PDF, len(file.content))


@router.post("/{batch}/verzonden")
def sent(request: Request, actor: Worker, form: PlainForm, services: TheServices, batch: RowId) -> Response:
    """Each letter by itself: one that cannot be confirmed keeps no other back."""
    chosen = set(row_ids(form.all("notices")))
    if not chosen:
        return _stack(request, services, actor, batch, form, {"notices": "Kies eerst brieven."})
    try:
        day = date_in(form, "sent_on")
    except Invalid as error:
        return _stack(request, services, actor, batch, form, error.fields)
    page = reads.read_print_batch(services, actor, batch)
    wrong = _confirmed_before(page, chosen, day)
    for letter in page.waiting:
        if letter.id in chosen and (why_not := _confirm(services, actor, ConfirmPosted(letter.id, day))):
            wrong[f"notices-{letter.id}"] = f"{letter.number}, {letter.recipient}: {why_not}"
    if wrong:
        return _stack(request, services, actor, batch, form, wrong)
    return go_to(f"/werk/post/{batch}?gedaan=verzonden")


@router.post("/{batch}/terug")
def back(request: Request, actor: Worker, form: PlainForm, services: TheServices, batch: RowId) -> Response:
    try:
        act(services, actor, BackInQueue(batch, row_ids(form.all("notices"))), once=form.form_key or None)
    except Invalid as error:
        return _stack(request, services, actor, batch, form, error.fields)
    return go_to(f"/werk/post/{batch}?gedaan=terug")


def _confirmed_before(page: reads.BatchPage, chosen: Collection[int], day: date) -> dict[str, str]:
    """The chosen letters of which a colleague filled in another day meanwhile: that day stays."""
    found = [
        f"{letter.number}, {letter.recipient}: {long_date(letter.sent_on)}"
        for letter in page.letters
        if letter.id in chosen and letter.sent_on is not None and letter.sent_on != day
    ]
    return {"notices": f"Deze brieven waren al ingevuld, met een andere dag. {'. '.join(found)}."} if found else {}


def _confirm(services: Services, actor: Actor, action: ConfirmPosted) -> str:
    """Why it could not be; empty when it was."""
    try:
        act(services, actor, action)
    except Invalid as error:
        return " ".join(error.fields.values())
    except ZaakspoorError as error:
        return str(error)
    return ""


def _queue(
    request: Request, services: Services, actor: Actor, van: str, errors: Mapping[str, str] | None = None
) -> Response:
    van = van if van in WHOSE else "alles"
    page = reads.read_print_queue(services, actor, WHOSE[van])
    lists = [(code, name) for code, name in NAMES.items() if code != "team" or page.teams]
    status = Invalid.status if errors else 200
    return render(
        request,
        "workbench/print_queue.html",
        status,
        page=page,
        van=van,
        lists=lists,
        place="today",
        errors=errors or {},
    )


def _stack(
    request: Request, services: Services, actor: Actor, batch: int, typed: Received | None = None,
    errors: Mapping[str, str] | None = None, done: str | None = None,
) -> Response:  # fmt: skip
    page = reads.read_print_batch(services, actor, batch)
    status = Invalid.status if errors else 200
    return render(
        request, "workbench/print_batch.html", status, page=page, place="today", errors=errors or {},
        typed=typed or Received(), done=done,
    )  # fmt: skip
