"""/werk/postkamer: what came in by post, at the counter and by mail, until somebody said what becomes of it (W12)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from portal.chosen_files import kept_unless_refused
from portal.converting import NOTHING_WAITS, CheckedForm, Waiting, hold, prepare
from portal.doors import RowId, TheServices
from portal.downloads import send_document, show_document
from portal.kept_forms import LongForm, forget_sent
from portal.pages import go_to, render
from portal.received import Received
from portal.security.looking import saw_post
from portal.workbench.dates import date_or_none
from portal.workbench.doors import Worker
from portal.workbench.tabs import page_number
from processes.actions import act
from processes.actions.post_room import LONGEST, NewPost, TakeInPost
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.base.file_types import DOCUMENTS
from processes.base.uploads import Upload
from processes.post.converting import NotConverted, readable_copy
from processes.post.incoming.arriving import mails_brought
from processes.post.pdf import PDF
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.words import PostItemChannel

router = APIRouter(prefix="/postkamer")
PLACE: Final = "post"
HERE: Final = "/werk/postkamer"
NEWEST: Final = "nieuw"
CHANNELS: Final = (
    (PostItemChannel.POST, "Per post"),
    (PostItemChannel.COUNTER, "Aan de balie"),
    (PostItemChannel.MAIL, "Per e-mail"),
)
DONE: Final = {
    "binnen": "De post staat in de lijst.",
    "bijgevoegd": "Het poststuk staat in de zaak.",
    "intrekking": "De intrekking is vastgelegd, en het poststuk staat in de zaak.",
    "ingebreke": "De ingebrekestelling is vastgelegd, en het poststuk staat in de zaak.",
    "retour": "De brief staat als teruggekomen in de zaak. Nieuwe brieven naar het adres van die brief wachten.",
    "opzij": "Het poststuk is verwerkt. De reden staat erbij.",
}


@router.get("")
def room(
    request: Request, actor: Worker, services: TheServices, volgorde: str = "", pagina: str = "1", gedaan: str = ""
) -> Response:
    page = reads.read_post_room(services, actor, page_number(pagina), newest_first=volgorde == NEWEST)
    return _room(request, page, done=DONE.get(gedaan))


@router.post("")
def take_in(request: Request, actor: Worker, form: LongForm, services: TheServices) -> Response:
    """Files that cannot be taken are told; the others come in. After a mistake in what was typed every file waits on the page."""
    wrong, ready = dict[str, str](), CheckedForm(form, NOTHING_WAITS)
    known = _known(form, wrong)
    with kept_unless_refused(services, form.brought, mistakes=True):
        try:
            ready = prepare(services, actor, HERE, form, lambda _: None)
            refused = dict(ready.form.refused)
            if not ready.form.uploads:
                wrong |= refused or {"files": "Kies eerst een bestand."}
            pieces = (known,) if wrong else _pieces(services, actor, ready.form, known)
            act(services, actor, TakeInPost(pieces, wrong), once=form.form_key or None, form=HERE)
        except Invalid as error:
            waiting = hold(services, actor, HERE, ready, {}, form.brought)
            told = {**ready.form.refused, **error.fields}
            return _room(request, reads.read_post_room(services, actor), told, form, waiting=waiting)
    forget_sent(services, actor, form)
    if refused:
        told = {name: f"{sentence} De andere bestanden staan in de lijst." for name, sentence in refused.items()}
        return _room(request, reads.read_post_room(services, actor), told)
    return go_to("/werk/postkamer?gedaan=binnen")


def _known(form: Received, wrong: dict[str, str]) -> NewPost:
    """The post as it was typed, without its files; mistakes in its days go into `wrong`."""
    received = date_or_none(form, "received_on", wrong)
    postmarked = date_or_none(form, "postmark_on", wrong)
    if received is None and "received_on" not in wrong:
        wrong["received_on"] = "Vul in wanneer de post is ontvangen."
    return NewPost(
        form.one("channel"), received or postmarked or date.min, (), postmarked, form.one("sender"), form.one("subject")
    )


@router.get("/{piece}/bestanden/{file}/bestand")
def fetch(request: Request, actor: Worker, services: TheServices, piece: RowId, file: RowId) -> Response:
    found = _opened(request, services, actor, piece, file)
    return send_document(services.files.read(found.blob, found.file_key), found.name, found.media_type, found.size)


@router.get("/{piece}/bestanden/{file}/inzien")
def look_inside(request: Request, actor: Worker, services: TheServices, piece: RowId, file: RowId) -> Response:
    """The file as the page of the post shows it."""
    found = _opened(request, services, actor, piece, file)
    return show_document(services.files.read(found.blob, found.file_key), found.name, found.media_type, found.size)


@router.get("/{piece}/bestanden/{file}/kopie")
def copy(request: Request, actor: Worker, services: TheServices, piece: RowId, file: RowId) -> Response:
    """A PDF that is made of a text file or photo for this reader. Why it cannot be made is said in plain text: a script shows it."""
    found = _opened(request, services, actor, piece, file)
    try:
        made = readable_copy(services, found)
    except NotConverted as error:
        return PlainTextResponse(str(error), error.status)
    return show_document([made], "kopie.pdf", PDF, len(made))


def _opened(request: Request, services: Services, actor: Actor, piece: int, file: int) -> Upload:
    """A file of a piece of post, of which it is written down that this reader saw it."""
    found = reads.read_post_file(services, actor, piece, file)
    saw_post(request, piece, found.number)
    return found.file


def _pieces(services: Services, actor: Actor, form: Received, known: NewPost) -> tuple[NewPost, ...]:
    """Each file is a piece of post, or all are one; a mail is always one of its own, with the files that came with it."""
    mails = mails_brought(services, actor, form.uploads)
    others = [upload for upload in form.uploads if upload.blob not in mails]
    together = [tuple(others)] if form.ticked("together") and others else [(upload,) for upload in others]
    return (
        *(replace(known, uploads=files) for files in together),
        *(
            replace(
                known, channel=PostItemChannel.MAIL, uploads=mail.uploads, sender=known.sender or mail.sender[: LONGEST["sender"]],
                subject=known.subject or mail.subject[: LONGEST["subject"]], words=mail.words,
            )
            for mail in mails.values()
        ),
    )  # fmt: skip


def then_next(services: Services, actor: Actor, done: str) -> Response:
    """To the post that waits longest, or to the list when nothing does."""
    item = reads.read_next_post(services, actor)
    return go_to(f"/werk/postkamer{f'/{item}' if item else ''}?gedaan={done}")


def _room(
    request: Request, page: reads.PostRoomPage, errors: Mapping[str, str] | None = None, typed: Received | None = None, *,
    done: str | None = None, waiting: Waiting = NOTHING_WAITS,
) -> Response:  # fmt: skip
    return render(
        request, "workbench/post_room.html", Invalid.status if errors else 200, page=page, errors=errors or {},
        typed=typed or Received(), done=done, channels=CHANNELS, formats=DOCUMENTS, most=reads.MOST, place=PLACE,
        waiting=waiting,
    )  # fmt: skip
