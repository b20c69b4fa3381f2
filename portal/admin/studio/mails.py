"""Mails and letters of a draft: the list, one to edit with a preview, a new one, and one that goes."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.admin.studio.pages import draft_page, home_of
from portal.doors import PlainForm, TheServices
from portal.pages import go_to
from processes.actions import act
from processes.actions.drafting import SaveDraftFiles
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.reads.studio import (
    preview_of,
    read_draft_files,
    read_mail,
    read_mails,
    read_meanwhile,
    read_settings,
)
from processes.storage.services import Services
from processes.studio.files import typed_into
from processes.studio.revisions import ChangedMeanwhile

router = APIRouter(prefix="/{name}/ontwerp/brieven")
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
    put = {_file(mail): FIRST.encode()}
    act(
        services,
        actor,
        SaveDraftFiles(name, form.one("seen"), f"Brief of mail '{mail}' toegevoegd.", put),
        once=form.form_key,
    )
    return go_to(f"{home_of(name)}/brieven/tekst/{mail}")


@router.get("/tekst/{mail}")
def mail(request: Request, name: str, mail: Mail, actor: Admin, services: TheServices, bewaard: str = "") -> Response:
    checked, found = read_mail(services, actor, name, mail)
    return draft_page(
        request, "mail.html", checked, PLACE, mail=found, text=found.text, preview=preview_of(found.text, found.names),
        saved=bewaard == "ja", meanwhile=None,
    )  # fmt: skip


@router.post("/tekst/{mail}")
def save(request: Request, name: str, mail: Mail, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    """Saved, or with the button of the preview only shown as it would read."""
    typed = form.text("text")
    checked, found = read_mail(services, actor, name, mail)
    if form.one("step") == "preview":
        shown = preview_of(typed, found.names)
        return draft_page(
            request, "mail.html", checked, PLACE, mail=found, text=typed, preview=shown, saved=False, meanwhile=None
        )
    _, files = read_draft_files(services, actor, name)
    put = {_file(mail): typed_into(files.get(_file(mail)), typed)}
    change = SaveDraftFiles(name, form.one("seen"), f"Tekst van '{mail}' veranderd.", put)
    try:
        act(services, actor, change, once=form.form_key)
    except ChangedMeanwhile as changed:
        meanwhile = read_meanwhile(services, changed, _file(mail), typed)
        return draft_page(
            request, "mail.html", checked, PLACE, changed.status, mail=found, text=typed,
            preview=preview_of(typed, found.names), saved=False, meanwhile=meanwhile,
        )  # fmt: skip
    return go_to(f"{home_of(name)}/brieven/tekst/{mail}?bewaard=ja")


@router.post("/tekst/{mail}/weg")
def remove(name: str, mail: Mail, actor: Admin, form: PlainForm, services: TheServices) -> Response:
    change = SaveDraftFiles(name, form.one("seen"), f"Brief of mail '{mail}' weggehaald.", drop=(_file(mail),))
    act(services, actor, change, once=form.form_key)
    return go_to(f"{home_of(name)}/brieven?weg=ja")


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
