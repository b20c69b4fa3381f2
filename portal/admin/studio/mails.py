"""Mails and letters of a draft: the list, one to edit with a preview, a new one, and one that goes."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from engine.edits import Files
from portal.admin.roles import Admin
from portal.admin.studio.pages import draft_page, home_of
from portal.admin.studio.way_back import KeepsWayBack
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from portal.received import Received
from processes.actions import act
from processes.actions.drafting import SaveDraftFiles
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.studio import (
    DraftCheck,
    MailToEdit,
    SentInRehearsal,
    begun_text,
    english_of,
    preview_of,
    read_draft_files,
    read_mail,
    read_mails,
    read_meanwhile,
    read_sent_in,
    read_settings,
)
from processes.storage.services import Services
from processes.studio.files import typed_into
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter(prefix="/{name}/ontwerp/brieven", route_class=KeepsWayBack)
PLACE = "brieven"
MAIL = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
FIRST = "Onderwerp: Bericht over zaak {{ case.number }}\n\n{{ recipient.greeting }},\n\n\nMet vriendelijke groet,\n{{ organisation.name }}\n"
Mail = Annotated[str, Path(max_length=100)]


@router.get("")
def mails(request: Request, name: str, actor: Admin, services: TheServices, weg: str = "") -> Response:
    return _list(request, services, actor, name, gone=weg == "ja")


@router.post("")
def add(request: Request, name: str, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    mail = form.one("mail")
    _, files = read_draft_files(services, actor, name)
    wrong = ""
    if not MAIL.fullmatch(mail):
        wrong = "Gebruik kleine letters, cijfers en streepjes, bijvoorbeeld uitnodiging-zitting."
    elif _file(mail) in files:
        wrong = f"Er is al een brief of mail '{mail}'. Kies een andere naam."
    if wrong:
        return _list(request, services, actor, name, Invalid.status, errors={"mail": wrong}, typed=mail)
    put = {_file(mail): begun_text(mail, FIRST).encode()}
    act(
        services,
        actor,
        SaveDraftFiles(name, form.one("seen"), f"Brief of mail '{mail}' toegevoegd.", put),
        once=form.form_key,
    )
    return go_to(f"{home_of(name)}/brieven/tekst/{mail}")


@router.get("/tekst/{mail}")
def mail(
    request: Request, name: str, mail: Mail, actor: Admin, services: TheServices, bewaard: str = "",
    rehearsal: Annotated[str, Query(alias="repetitie", max_length=100)] = "",
) -> Response:  # fmt: skip
    """`repetitie`: a recorded rehearsal that is played, to show the text as it went out in it."""
    checked, found = read_mail(services, actor, name, mail)
    sent = read_sent_in(services, actor, name, mail, rehearsal) if rehearsal else None
    return _shown(request, checked, found, found.text, found.english, saved=bewaard == "ja", sent=sent)


@router.post("/tekst/{mail}")
def save(request: Request, name: str, mail: Mail, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """Saved, or with the button of the preview only shown as it would read."""
    typed, english = form.text("text"), form.text("english")
    checked, found = read_mail(services, actor, name, mail)
    if form.one("step") == "preview":
        return _shown(request, checked, found, typed, english)
    _, files = read_draft_files(services, actor, name)
    try:
        act(services, actor, _change(files, form, name, mail), once=form.form_key)
    except ChangedMeanwhile as changed:
        meanwhile = read_meanwhile(services, changed, _file(mail), typed)
        return _shown(request, checked, found, typed, english, changed.status, meanwhile=meanwhile)
    return go_to(f"{home_of(name)}/brieven/tekst/{mail}?bewaard=ja")


@router.post("/tekst/{mail}/weg")
def remove(name: str, mail: Mail, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """With its English text."""
    _, files = read_draft_files(services, actor, name)
    drop = tuple(one for one in (_file(mail), english_of(_file(mail))) if one in files)
    change = SaveDraftFiles(name, form.one("seen"), f"Brief of mail '{mail}' weggehaald.", drop=drop)
    act(services, actor, change, once=form.form_key)
    return go_to(f"{home_of(name)}/brieven?weg=ja")


def _change(files: Files, form: Received, name: str, mail: str) -> SaveDraftFiles:
    """The texts that were typed in Dutch and in English; an English text that is empty goes."""
    file, english = _file(mail), english_of(_file(mail))
    put = {file: typed_into(files.get(file), form.text("text"))}
    if form.text("english").strip():
        put[english] = typed_into(files.get(english), form.text("english"))
    drop = (english,) if english in files and english not in put else ()
    return SaveDraftFiles(name, form.one("seen"), f"Tekst van '{mail}' veranderd.", put, drop)


def _shown(
    request: Request, checked: DraftCheck, found: MailToEdit, text: str, english: str, status: int = 200,
    *, saved: bool = False, meanwhile: Any = None, sent: SentInRehearsal | None = None,
) -> Response:  # fmt: skip
    in_english = preview_of(english, found.names) if english.strip() else None
    return draft_page(
        request, "mail.html", checked, PLACE, status, mail=found, text=text, english=english, saved=saved,
        preview=preview_of(text, found.names), preview_in_english=in_english, meanwhile=meanwhile, sent=sent,
    )  # fmt: skip


def _file(mail: str) -> str:
    return f"mails/{mail}.txt"


def _list(
    request: Request, services: Services, actor: Actor, name: str, status: int = 200, *, typed: str = "", gone: bool = False,
    **context: Any,
) -> Response:  # fmt: skip
    checked, lines = read_mails(services, actor, name)
    page = read_settings(services, actor, name, PLACE)
    return draft_page(
        request, "mails.html", checked, PLACE, status, mails=lines, typed=typed, gone=gone, page=page, **context
    )
