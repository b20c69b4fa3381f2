"""/werk/postkamer/<item>: one piece of post beside the forms that say what becomes of it."""

from collections.abc import Mapping
from email.utils import parseaddr
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices, row_id, row_ids
from portal.pages import render
from portal.received import Received
from portal.security.looking import saw_post
from portal.workbench.dates import date_or_none
from portal.workbench.doors import Worker
from portal.workbench.post_pdf import filed_post, offering_pdf
from portal.workbench.post_room import DONE, PLACE, then_next
from processes.actions import act
from processes.actions.answers import ReceiptDays
from processes.actions.post_handling import LEFT_OUT, AttachPost, DefaultByPost, FiledPost, WithdrawByPost
from processes.actions.post_room import SetPostAside
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotFound, ZaakspoorError
from processes.base.readable_text import ReadableText, readable_text
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.words import PostHandling

router = APIRouter(prefix="/postkamer/{piece}")
UNREADABLE: Final = "De tekst van dit bestand is niet te lezen. Haal het op."
ASIDE: Final = (
    (PostHandling.NOT_OURS, "Niet voor ons"),
    (PostHandling.FORWARDED, "Doorgestuurd aan wie er wel over gaat"),
    (PostHandling.DOUBLE, "Dubbel: dit hebben wij al"),
)
WITHDRAWAL, DEFAULT = "intrekking", "ingebreke"  # the buttons beside the one that attaches
OUT: Final = (LEFT_OUT, "Hoort niet in het dossier")
FORM: Final = frozenset({
    "zaak", "received_on", "postmark_on", "late_reason", "parties", "withdraw_reason", "deadline", "party", "how", "reason",
})  # fmt: skip


@router.get("")
def item(
    request: Request, actor: Worker, services: TheServices, piece: RowId, zaak: str = "", zoek: str = "", bestand: str = "",
    gedaan: str = "",
) -> Response:  # fmt: skip
    """`zaak`: the number of the chosen case; `zoek`: words to find it by; `bestand`: the file that is read."""
    return _page(
        request, services, actor, piece, Received({"bestand": [bestand], "zoek": [zoek]}), zaak, done=DONE.get(gedaan)
    )


@router.post("/zaak")
def into_case(request: Request, actor: Worker, form: PlainForm, services: TheServices, piece: RowId) -> Response:
    """Into the case, as documents alone, or as a withdrawal or notice of default as well: by the button that was pressed."""
    page = reads.read_post_item(services, actor, piece)
    try:
        with filed_post(services, actor, page, form) as (files, wrong):
            act(services, actor, _wanted(piece, form, files, wrong), once=form.form_key or None)
    except Invalid as error:
        told = offering_pdf(page, error.fields)
        return _page(request, services, actor, piece, form, form.one("zaak").upper(), told)
    return then_next(services, actor, form.one("doen") if form.one("doen") in {WITHDRAWAL, DEFAULT} else "bijgevoegd")


@router.post("/opzij")
def aside(request: Request, actor: Worker, form: PlainForm, services: TheServices, piece: RowId) -> Response:
    try:
        act(services, actor, SetPostAside(piece, form.one("how"), form.text("reason")), once=form.form_key or None)
    except Invalid as error:
        return _page(request, services, actor, piece, form, "", error.fields)
    return then_next(services, actor, "opzij")


def _wanted(
    piece: int, form: Received, files: tuple[FiledPost, ...], wrong: dict[str, str]
) -> AttachPost | WithdrawByPost | DefaultByPost:
    """The change that the button asks; `wrong` are mistakes that were seen before."""
    number, days = form.one("zaak").upper(), _days(form, wrong)
    if form.one("doen") == WITHDRAWAL:
        reason, parties = form.text("withdraw_reason"), row_ids(form.all("parties"))
        return WithdrawByPost(piece, number, files, reason, parties, days, wrong)
    if form.one("doen") == DEFAULT:
        return DefaultByPost(piece, number, files, form.one("deadline"), row_id(form.one("party")), days, wrong)
    return AttachPost(piece, number, files, form.text("late_reason"), days, wrong)


def _days(form: Received, wrong: dict[str, str]) -> ReceiptDays | None:
    """The days that stand on the paper; None for a form without them, or with one that cannot be read. Mistakes go into `wrong`."""
    if "received_on" not in form.fields:
        return None
    received = date_or_none(form, "received_on", wrong)
    postmarked = date_or_none(form, "postmark_on", wrong)
    if received is None:
        wrong.setdefault("received_on", "Vul in wanneer de post is ontvangen.")
        return None
    return ReceiptDays(received, postmarked)


def _page(
    request: Request, services: Services, actor: Actor, item: int, typed: Received, number: str,
    errors: Mapping[str, str] | None = None, *, done: str | None = None,
) -> Response:  # fmt: skip
    page = reads.read_post_item(services, actor, item)
    saw_post(request, item, page.case_number)
    wrong, case = dict(errors or {}), None
    if number and not page.handled:
        try:
            case = reads.read_post_case(services, actor, number)
        except NotFound:
            wrong["zoek"] = f"Er is geen zaak met nummer {number}, of u mag die niet zien."
    words = typed.one("zoek") or ("" if case or page.proposed or page.handled else _sender(page))
    found = reads.find_cases(services, actor, words) if words and case is None else ()
    file = next((one for one in page.files if str(one.id) == typed.one("bestand")), next(iter(page.files), None))
    text, why = _read(services, actor, page, file.id) if file and file.shown == reads.ShownAs.TEXT else (None, "")
    return render(
        request, "workbench/post_item.html", Invalid.status if errors else 200, page=page, case=case, file=file,
        found=found, asked=typed.one("zoek"), text=text, why=why or (file.why if file else ""), typed=typed,
        errors=_on_page(wrong), done=done, aside=ASIDE, out=OUT, place=PLACE,
    )  # fmt: skip


def _sender(page: reads.PostItemPage) -> str:
    """The name of who sent it, by which a case may be found; the address when a mail tells no name."""
    name, address = parseaddr(page.sender) if "@" in page.sender else (page.sender, "")
    return name or address


def _read(services: Services, actor: Actor, page: reads.PostItemPage, file: int) -> tuple[ReadableText | None, str]:
    """The text of a file, or why there is none to show."""
    upload = reads.read_post_file(services, actor, page.id, file).file
    try:
        text = readable_text(upload.name, b"".join(services.files.read(upload.blob, upload.file_key)))
    except ZaakspoorError as error:
        return None, str(error)
    return text, "" if text else UNREADABLE


def _on_page(wrong: Mapping[str, str]) -> dict[str, str]:
    """A mistake in what the form does not ask is about the form as a whole."""
    known = {name: told for name, told in wrong.items() if name in FORM or name == "zoek" or name.startswith("type-")}
    others = [told for name, told in wrong.items() if name not in known]
    return {**known, **({"": " ".join(others)} if others else {})}
