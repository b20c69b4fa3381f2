"""Mijn zaken, the page of one case, and a letter."""

import structlog
from fastapi import APIRouter, Request
from prometheus_client import Counter
from starlette.responses import Response

from portal.calendar_files import CalendarMoment, calendar_uid, send_calendar
from portal.citizen.addresses import CaseNumber, FiledId, NoticeId
from portal.citizen.drafts import begun
from portal.doors import Citizen, TheServices
from portal.downloads import send_words
from portal.pages import render
from portal.received import Received
from portal.security.looking import FILED_PAGE, saw
from processes.base.actor import Actor
from processes.base.errors import Busy
from processes.reads.citizen import read_calendar, read_case, read_filed_words, read_letter, read_overview
from processes.storage.services import Services
from processes.storage.words import LookKind

router = APIRouter(prefix="/mijn")
log = structlog.get_logger("citizen")
NOT_FETCHED = Counter("zaakspoor_citizen_cases_not_fetched", "Times that Mijn zaken could not show cases")
SENT = {
    "bericht": "Wij hebben uw bericht ontvangen. Het staat bij Berichten, met de dag en de tijd. De behandelaar leest het.",
    "ingetrokken": "Wij hebben ontvangen dat u de zaak intrekt. U krijgt hierover bericht.",
    "ingebreke": "U heeft ons in gebreke gesteld. U krijgt daarvan een bevestiging. Daarin staat wat er nu gebeurt.",
}


@router.get("")
def overview(request: Request, actor: Citizen, services: TheServices) -> Response:
    """Running and closed cases. What could not be fetched is said, and an administrator is alerted (D37)."""
    try:
        found = read_overview(services, actor)
    except Busy:
        _alert("all")
        return render(request, "citizen/not_fetched.html", Busy.status)
    if found.broken:
        _alert("some")
    return render(request, "citizen/overview.html", cases=found, begun=begun(services, actor))


def _alert(what: str) -> None:
    NOT_FETCHED.inc()
    log.error("citizen.cases_not_fetched", what=what)


@router.get("/zaken/{number}")
def case(request: Request, number: CaseNumber, actor: Citizen, services: TheServices, verstuurd: str = "") -> Response:
    return case_page(request, services, actor, number, done=SENT.get(verstuurd, ""))


def case_page(
    request: Request, services: Services, actor: Actor, number: str, status: int = 200, *, done: str = "",
    errors: dict[str, str] | None = None, typed: Received | None = None,
) -> Response:  # fmt: skip
    """The page of a case, also with a message form that must be mended."""
    shown = read_case(services, actor, number)
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
    shown = read_letter(services, actor, number, notice)
    saw(request, number, str(notice), LookKind.LETTER)
    return render(request, "citizen/letter.html", letter=shown)


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
