"""Mijn zaken, the page of one case, and a letter."""

from dataclasses import dataclass
from typing import Annotated, Final, Generic, TypeVar
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Query, Request
from prometheus_client import Counter
from starlette.responses import Response

from engine.words import Language
from portal.calendar_files import CalendarMoment, calendar_uid, send_calendar
from portal.citizen.addresses import CaseNumber, FiledId, NoticeId
from portal.citizen.drafts import begun
from portal.citizen.refusals import refusal
from portal.doors import Citizen, PlainForm, TheServices
from portal.downloads import send_words
from portal.language.chosen import language_of
from portal.pages import go_to, render
from portal.received import Received
from portal.security.guards import own_identity
from portal.security.looking import FILED_PAGE, saw
from portal.sign_on.stepping_up import address_up
from processes.actions import act
from processes.actions.translating import TranslateLetter
from processes.base.actor import Actor
from processes.base.errors import TOO_LATE, Busy
from processes.base.written import OwnWords
from processes.reads.citizen import (
    WithheldTile,
    organisation_contact,
    read_calendar,
    read_case,
    read_filed_words,
    read_letter,
    read_overview,
)
from processes.storage.model_cache import ModelUnreadable
from processes.storage.services import Services
from processes.storage.words import LookKind

router = APIRouter(prefix="/mijn")
PER_PAGE: Final = 12
SEARCHED_FROM: Final = 8  # cases: who has more gets a search field
LONGEST_SEARCH: Final = 100
LONGEST_NAME: Final = 200  # of a party
LAST_PAGE: Final = 100_000
Shown = TypeVar("Shown")
log = structlog.get_logger("citizen")
NOT_FETCHED = Counter("zaakspoor_citizen_cases_not_fetched", "Times that Mijn zaken could not show cases")
SENT = {
    "bericht": "Wij hebben uw bericht ontvangen. Het staat bij Berichten, met de dag en de tijd. De behandelaar leest het.",
    "ingetrokken": "Wij hebben ontvangen dat u de zaak intrekt. U krijgt hierover bericht.",
    "gekoppeld": "Deze zaak staat nu bij Mijn zaken. Brieven krijgt u nog per post. Dat kunt u veranderen bij Mijn gegevens.",
    "meegedaan": "U doet mee. Deze zaak staat nu bij Mijn zaken. Wat u heeft bevestigd, staat bij Documenten.",
    "nieuwemail": "Wij sturen een nieuwe e-mail. De link in de vorige e-mail werkt niet meer.",
    "nieuwecode": "Er is een nieuwe code. Hij staat hieronder bij de naam. Geef hem zelf aan deze persoon.",
    "geenmail": "Wij sturen vandaag geen e-mail meer. Hieronder bij de naam staat een nieuwe code. Geef hem zelf aan deze persoon.",
    "medeweg": "Deze persoon staat niet meer bij wie samen met u indienen.",
    "ingebreke": "U heeft ons in gebreke gesteld. U krijgt daarvan een bevestiging. Daarin staat wat er nu gebeurt.",
}


@router.get("")
def overview(
    request: Request, actor: Citizen, services: TheServices, zoek: Annotated[str, Query(max_length=LONGEST_SEARCH)] = "",
    voor: Annotated[str, Query(max_length=LONGEST_NAME)] = "",
    lopend: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1, afgerond: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
    sterker: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
) -> Response:  # fmt: skip
    """Running and closed cases; who acts for several chooses one of them (C14). What could not be fetched is said, and an administrator is
    alerted (D37).
    """
    try:
        found = read_overview(services, actor)
    except Busy:
        _alert("all")
        return render(request, "citizen/not_fetched.html", Busy.status)
    if found.broken:
        _alert("some")
    clients = found.clients if len(found.clients) > 1 or voor else ()
    shown = found.of_client(voor).searched(zoek)
    withheld = TilePage.of(tuple(_withheld(request, services, one) for one in shown.withheld), sterker)
    contact = organisation_contact(services) if any(not one.up for one in withheld.tiles) else None
    return render(
        request, "citizen/overview.html", cases=shown, begun=begun(services, actor), search=OwnWords(zoek), clients=clients, client=OwnWords(voor),
        running=TilePage.of(shown.running, lopend), closed=TilePage.of(shown.closed, afgerond), withheld=withheld, contact=contact,
        address=f"/mijn?{urlencode({'zoek': zoek, 'voor': voor}).replace('%', '%%')}&",
        searchable=bool(clients) or found.total > SEARCHED_FROM,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TilePage(Generic[Shown]):
    """One page of tiles; `count`: how many there are on all pages."""

    tiles: tuple[Shown, ...]
    page: int
    pages: int
    count: int

    @classmethod
    def of(cls, tiles: tuple[Shown, ...], page: int) -> "TilePage[Shown]":
        """A page after the last is the last."""
        pages = max(1, -(-len(tiles) // PER_PAGE))
        here = min(page, pages)
        return cls(tiles[(here - 1) * PER_PAGE : here * PER_PAGE], here, pages, len(tiles))


@dataclass(frozen=True, slots=True)
class ShownWithheld:
    """A case that asks for a stronger sign-in; `up`: where that begins, empty where no way leads there."""

    tile: WithheldTile
    up: str


def _withheld(request: Request, services: Services, tile: WithheldTile) -> ShownWithheld:
    up = address_up(services.settings, own_identity(request), tile.level, f"/mijn/zaken/{tile.number}")
    return ShownWithheld(tile, up)


def _alert(what: str) -> None:
    NOT_FETCHED.inc()
    log.error("citizen.cases_not_fetched", what=what)


@router.get("/zaken/{number}")
def case(request: Request, number: CaseNumber, actor: Citizen, services: TheServices, verstuurd: str = "") -> Response:
    """The page of a case. One that is there but cannot be read says so, and an administrator is alerted (D37)."""
    try:
        return case_page(request, services, actor, number, done=SENT.get(verstuurd, ""))
    except ModelUnreadable:
        _alert("one")
        contact = organisation_contact(services)
        return render(request, "citizen/case_not_fetched.html", Busy.status, number=number, contact=contact)


def case_page(
    request: Request, services: Services, actor: Actor, number: str, status: int = 200, *, done: str = "",
    errors: dict[str, str] | None = None, typed: Received | None = None,
) -> Response:  # fmt: skip
    """The page of a case, also with a message form that must be mended."""
    shown = read_case(services, actor, number)
    if shown.newest_reply:
        saw(request, number, str(shown.newest_reply), LookKind.MESSAGE)
    text = typed.text("text") if typed else ""
    return render(request, "citizen/case.html", status, case=shown, done=done, errors=errors or {}, text=text)


@router.get("/zaken/{number}/agenda.ics")
def calendar(number: CaseNumber, actor: Citizen, services: TheServices) -> Response:
    """The hearing and the last days, for the reader's own calendar; nothing of the case but its number and the place."""
    link = f"{services.settings.public_url}/mijn/zaken/{number}"
    moments = [
        CalendarMoment(
            calendar_uid(services.settings, f"{number}-{one.name}"), one.sequence, one.title, one.begins, place=one.place,
            link=link, cancelled=one.cancelled,
        )
        for one in read_calendar(services, actor, number)
    ]  # fmt: skip
    return send_calendar(moments, f"{number}.ics")


@router.get("/zaken/{number}/brieven/{notice}")
def letter(request: Request, number: str, notice: NoticeId, actor: Citizen, services: TheServices) -> Response:
    shown = read_letter(services, actor, number, notice, in_english=language_of(request) == Language.ENGLISH)
    saw(request, number, str(notice), LookKind.LETTER)
    return render(request, "citizen/letter.html", letter=shown)


@router.post("/zaken/{number}/brieven/{notice}/vertaling")
def translation(
    request: Request, number: CaseNumber, notice: NoticeId, actor: Citizen, form: PlainForm, services: TheServices
) -> Response:
    """The translation of a letter that left without one, such as before its reader came to the case."""
    try:
        act(services, actor, TranslateLetter(number, notice), once=form.form_key)
    except TOO_LATE as error:
        return refusal(request, error, number)
    return go_to(f"/mijn/zaken/{number}/brieven/{notice}#vertaling")


@router.get("/zaken/{number}/ingestuurd/{filed}")
def filed(request: Request, number: CaseNumber, filed: FiledId, actor: Citizen, services: TheServices) -> Response:
    """A filing or answer of the reader, in the words of that day (C1)."""
    shown = read_filed_words(services, actor, number, filed)
    saw(request, number, FILED_PAGE)
    return render(request, "citizen/filed.html", page=shown)


@router.get("/zaken/{number}/ingestuurd/{filed}/tekst")
def filed_text(number: CaseNumber, filed: FiledId, actor: Citizen, services: TheServices) -> Response:
    """The words as plain text: the fingerprint of the words is of these bytes."""
    return send_words(read_filed_words(services, actor, number, filed))
