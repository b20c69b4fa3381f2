"""/beheer/inzage: who looked at which case, for the data protection officer; each search stands in the security log itself.

A form is sent and leads to an address with the question in it. Of a citizen that is the keyed index: a BSN stands in no address.
"""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from portal.admin.roles import PrivacyOfficer
from portal.doors import PlainForm, TheServices
from portal.filters import number_nl
from portal.pages import go_to, render
from portal.spreadsheets import Sheet, send_sheet
from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.base.security_log import SecurityEvent, security_event
from processes.reads.admin import MOST_EXPORTED, AskedLooks, asked_looks, export_looks, read_looks
from processes.storage.services import Services

HOME = "/beheer/inzage"
MORE = f"Er zijn meer regels. Alleen de nieuwste {number_nl(MOST_EXPORTED)} staan hier. Kies een kortere periode om de rest te zien."
HEAD = ("Wanneer", "Wie", "Kenmerk van die persoon", "Zaak", "Wat", "Adres", "Correlatie")
FIELDS = {  # in the address -> in the question
    "zaak": "case", "document": "document", "medewerker": "staff", "persoon": "person", "van": "since", "tot": "until",
    "na": "after",
}  # fmt: skip
router = APIRouter(prefix="/inzage")


def asked_for(request: Request) -> dict[str, str]:
    """The question of an address, by the names of the question; an address made by hand may leave out or add whatever it likes."""
    return {ours: request.query_params.get(theirs, "").strip()[:100] for theirs, ours in FIELDS.items()}


AskedFor = Annotated[dict[str, str], Depends(asked_for)]


@router.get("")
def looks(request: Request, actor: PrivacyOfficer, typed: AskedFor, services: TheServices) -> Response:
    return _page(request, services, actor, typed)


@router.post("")
def search(request: Request, actor: PrivacyOfficer, form: PlainForm, services: TheServices) -> Response:
    typed = {name: form.one(name).strip() for name in ("case", "document", "staff", "bsn", "person", "since", "until")}
    try:
        asked = asked_looks(services, typed)
        read_looks(services, actor, asked, 1)  # a case or document that is not there is said at its field
    except Invalid as error:
        return _page(request, services, actor, typed, error.fields)
    return go_to(_address(asked))


@router.get("/uitvoer")
def export(request: Request, actor: PrivacyOfficer, typed: AskedFor, services: TheServices) -> Response:
    try:
        asked = asked_looks(services, {**typed, "after": ""})
        found = export_looks(services, actor, asked)
    except Invalid as error:
        return _page(request, services, actor, typed, error.fields)
    _tell(SecurityEvent.LOOKS_EXPORTED, actor, asked)
    rows = ((one.at, one.who, one.person, one.case, one.what, one.address, one.correlation) for one in found.lines)
    return send_sheet(Sheet("Inzage", HEAD, rows, MORE if found.more else ""), "inzage.xlsx")


def _page(
    request: Request,
    services: Services,
    actor: Actor,
    typed: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Response:
    """The form and what it found; after a refused question only the form, with what was typed."""
    asked = AskedLooks()
    if not errors:
        try:
            asked = asked_looks(services, typed)
        except Invalid as error:
            errors = error.fields
    try:
        found = read_looks(services, actor, asked)
    except Invalid as error:
        errors, asked = {**error.fields, **(errors or {})}, AskedLooks()
        found = read_looks(services, actor, asked)
    if not errors:
        _tell(SecurityEvent.LOOKS_SEEN, actor, asked)
    older = _address(asked, found.older) if found.older else None
    return render(
        request, "admin/looks.html", Invalid.status if errors else 200, typed=typed, found=found, asked=asked, older=older,
        export=_address(asked).replace(HOME, f"{HOME}/uitvoer", 1), home=HOME, most=MOST_EXPORTED, errors=errors or {},
        months=services.settings.looks_months,
    )  # fmt: skip


def _address(asked: AskedLooks, after: int | None = None) -> str:
    values = {theirs: getattr(asked, ours) for theirs, ours in FIELDS.items()} | {"na": after}
    chosen = {name: str(value) for name, value in values.items() if value}
    return f"{HOME}?{urlencode(chosen)}" if chosen else HOME


def _tell(event: SecurityEvent, actor: Actor, asked: AskedLooks) -> None:
    """The looks page is a look itself, at more than a case page shows."""
    security_event(
        event, who=actor, whose_case=asked.case or None, document=asked.document or None, staff=asked.staff or None,
        citizen=asked.person or None, since=_iso(asked.since), until=_iso(asked.until), after=asked.after or None,
    )  # fmt: skip


def _iso(day: object) -> str | None:
    return str(day) if day else None
