"""Pages of the workbench that are no list or task, at the width of a telephone: nothing runs out of the screen and axe finds no barrier."""

from collections.abc import Iterator

import pytest
from kit.business_time import MachineClock
from kit.cases import make_secret, register_bezwaar, rows, today
from kit.hearings import EVA, JORIS, agenda, furnish, planned, session_on, waiting_case
from kit.installation import installation
from kit.people import NOOR, SEM, TESS
from kit.web_process import web_process
from playwright.sync_api import Browser

from browser.visitor import Visitor, enter
from processes.actions import act
from processes.actions.case_access import AskAccess
from processes.actions.checklist import AddPoints
from processes.actions.colleague_tasks import AskColleague
from processes.actions.course import AssignHandler
from processes.actions.hearing_notes import KeepNote
from processes.actions.messages import AddNote
from processes.actions.session_bundles import MakeSessionBundle
from processes.actions.withdrawing import Withdraw
from processes.base.actor import Actor
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import Party

OF_CASE = (
    "",
    "/collegataak",
    "/telefoon",
    "/tijdlijn",
    "/tekening",
    "/partijen",
    "/partijen/{party}/gegevens",
)
OF_DESK = (
    "/werk/toegang", "/werk/toetsen", "/werk/inloggen", "/werk/vervanging", "/werk/nieuws", "/werk/collegataken", "/werk/zaken?alleen=controlelijst",
    "/werk/zaken/samen?nummer={number}&nummer={other}", "/werk/zaken/{closed}/heropenen",
)  # fmt: skip
OF_SESSION = (
    "", "/blad", "/uitnodigingen", "/wijzigen", "/verplaatsen", "/vervallen", "/stukken", "/zaken/{item}", "/zaken/{item}/notitie",
)  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Services, dict[str, str]]]:
    with installation(tmp_path_factory.mktemp("pages"), furnish, clock=MachineClock()) as services:
        yield services, _fill(services)


def _fill(services: Services) -> dict[str, str]:
    """Two sessions with a case on one of them, a case that ended, one that is secret, and work beside the process."""
    number, waiting = waiting_case(services), waiting_case(services, subject="Kapvergunning")
    session, _ = session_on(services), session_on(services, 35)
    (item,) = planned(services, session, number)
    act(services, EVA, KeepNote(item, "Vraag naar de dakgoot."))
    act(services, EVA, MakeSessionBundle(session, "zip"))
    drain(services)
    act(services, NOOR, AssignHandler(number, "noor"))
    act(services, SEM, AskColleague(number, "Zoek het dossier op", "noor", today(services)))
    act(services, SEM, AddNote(number, "@Noor, kijk jij?"))
    act(services, NOOR, AddPoints(number, "Klopt het adres?\nZijn de stukken er?"))
    closed, secret = register_bezwaar(services, TESS), register_bezwaar(services, TESS)
    act(services, NOOR, Withdraw(closed, "Per brief"))
    act(services, NOOR, AssignHandler(secret, "sem"))
    make_secret(services, secret)
    act(services, NOOR, AskAccess(secret, "Ik moet het advies erbij hebben."))
    party = rows(services, Party)[0].id
    assert [one.id for one in agenda(services, session)] == [item]
    return {
        "number": number, "other": waiting, "closed": closed, "session": str(session), "item": str(item), "party": str(party),
    }  # fmt: skip


def _wrong(visitor: Visitor, known: dict[str, str], *patterns: str) -> dict[str, list[str]]:
    addresses = [pattern.format(**known) for pattern in patterns]
    return {address: found for address in addresses if (found := visitor.barriers(address))}


@pytest.mark.timeout(600)
def test_a11y_pages_of_cases_people_and_sessions_have_no_known_barrier(
    filled: tuple[Services, dict[str, str]], chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    services, known = filled
    sessions = [
        "/werk/zittingen",
        "/werk/zittingen/nieuw?commissie=bezwaar",
        *(f"/werk/zittingen/{{session}}{one}" for one in OF_SESSION),
    ]
    with web_process(services, tmp_path_factory.mktemp("web")) as web:

        def seen(who: Actor) -> Visitor:
            return enter(services, chromium, web.address, who)

        noor = seen(NOOR)
        wrong = _wrong(noor, known, *OF_DESK, *(f"/werk/zaken/{{number}}{one}" for one in OF_CASE))
        wrong |= _wrong(seen(EVA), known, *sessions)
        wrong |= _wrong(seen(JORIS), known, "/werk/zittingen/{session}", "/werk/zittingen/{session}/stukken")
    assert wrong == {}, "\n".join(f"{address}: {found}" for address, found in wrong.items())
