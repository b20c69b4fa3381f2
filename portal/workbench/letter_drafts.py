"""/werk/zaken/<number>/concept/<letter>: a letter that waits before it leaves (W9): read, written on, filled in again, sent."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices, row_id, row_ids
from portal.received import Received
from portal.workbench.doors import DONE, Worker, carry_out
from portal.workbench.tabs import show_page, tab_address
from processes.actions.writing import (
    DropLetter,
    EditLetter,
    RefillLetter,
    SendLetter,
    text_to_put_in,
    what_is_not_so,
)
from processes.base.actor import Actor
from processes.post.shared_text import PLACE, with_block
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/zaken/{number}/concept/{letter}")


@router.get("")
def look(
    request: Request, actor: Worker, services: TheServices, number: str, letter: RowId, gedaan: str = ""
) -> Response:
    return draft_page(request, services, actor, number, letter, done=DONE.get(gedaan))


@router.post("/tekst")
def edit(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, letter: RowId
) -> Response:
    """Keep the text of one group, or put a chosen text in it and show it again."""
    mark = form.one("mark")
    if form.one("stap") == "invoegen":
        return _put_in(request, services, actor, form, number, letter)
    action = EditLetter(letter, version_in(form), form.text(f"text{mark}"), row_ids(form.all(f"copies{mark}")))
    return press(request, services, actor, action, form, number, letter, "concept-bewaard", mark)


@router.post("/opnieuw-invullen")
def fill_again(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, letter: RowId
) -> Response:
    action = RefillLetter(letter, version_in(form))
    return press(request, services, actor, action, form, number, letter, "concept-ingevuld")


@router.post("/versturen")
def send(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, letter: RowId
) -> Response:
    action = SendLetter(letter, version_in(form), form.text("reason"))
    return _ending(request, services, actor, action, form, number, letter, "concept-verstuurd")


@router.post("/intrekken")
def drop(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, letter: RowId
) -> Response:
    action = DropLetter(letter, form.text("reason-drop"))
    return _ending(request, services, actor, action, form, number, letter, "concept-ingetrokken", "-drop")


def version_in(form: Received) -> int:
    """The version of the text that a page showed; 0, which no text has, for what is no number."""
    return row_id(form.one("version")) or 0


def press(
    request: Request, services: Services, actor: Actor, action: object, form: Received, number: str, letter: int,
    done: str, suffix: str = "",
) -> Response:  # fmt: skip
    """Carry out and come back to the letter, which says so; refused, it is shown with what is wrong."""
    return carry_out(
        services, actor, action, form, f"/werk/zaken/{number}/concept/{letter}?gedaan={done}",
        lambda errors: draft_page(request, services, actor, number, letter, typed=form, errors=errors), suffix,
    )  # fmt: skip


def draft_page(
    request: Request, services: Services, actor: Actor, number: str, letter: int, *, typed: Received | None = None,
    errors: Mapping[str, str] | None = None, done: str | None = None, said: str = "",
) -> Response:  # fmt: skip
    """`said`: a sentence above the texts, about what came in but is not kept yet."""
    page = reads.read_letter_draft(services, actor, number, letter)
    not_so = what_is_not_so(services, actor, letter) if page.waits else ()
    return show_page(
        request, page, number, "letter_draft", page.subject, "brieven", typed=typed, errors=errors, done=done,
        not_so=not_so, said=said, place_of_text=PLACE,
    )  # fmt: skip


def _ending(
    request: Request, services: Services, actor: Actor, action: object, form: Received, number: str, letter: int,
    done: str, suffix: str = "",
) -> Response:  # fmt: skip
    return carry_out(
        services, actor, action, form, f"{tab_address(number, 'brieven')}?gedaan={done}",
        lambda errors: draft_page(request, services, actor, number, letter, typed=form, errors=errors), suffix,
    )  # fmt: skip


def _put_in(request: Request, services: Services, actor: Actor, form: Received, number: str, letter: int) -> Response:
    mark = form.one("mark")
    chosen, text = form.one(f"block{mark}"), form.text(f"text{mark}")
    if not chosen:
        errors = {f"block{mark}": "Kies een tekst."}
        return draft_page(request, services, actor, number, letter, typed=form, errors=errors)
    block = text_to_put_in(services, actor, letter, chosen)
    typed = Received({**form.fields, f"text{mark}": [with_block(text, block)]})
    said = "De tekst staat in de brief. Bewaar hem als hij zo goed is."
    return draft_page(request, services, actor, number, letter, typed=typed, said=said)
