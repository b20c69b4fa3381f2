"""W8 in a real browser: a session of twelve cases from planning to report, as secretary, chair and member."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kit.business_time import MachineClock
from kit.cases import days_later, prepare_file, rows, today
from kit.documents import PDF
from kit.hearings import (
    EVA,
    MINA,
    ROOM,
    RUTH,
    THEO,
    agenda,
    furnish,
    open_elements,
    session_on,
    the_session,
    waiting_case,
    workday,
)
from kit.installation import installation
from kit.waiting import drain_beside
from kit.web_process import web_process
from playwright.sync_api import Browser, Page, expect

from browser.visitor import enter
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.storage.services import Services
from processes.storage.tables import Case, NoticeRow

CASES = 12
WAIT = 60_000  # milliseconds: a press that sends letters for twelve cases
LIST = "/werk/zittingen"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with installation(tmp_path_factory.mktemp("zittingen"), furnish, clock=MachineClock()) as opened:
        yield opened


@pytest.fixture
def desk(services: Services, chromium: Browser, tmp_path: Path) -> Iterator[Callable[[Actor], Page]]:
    with web_process(services, tmp_path) as web:
        yield lambda actor: enter(services, chromium, web.address, actor).page


def numbers(services: Services) -> dict[int, str]:
    return {case.id: case.number for case in rows(services, Case)}


def press(page: Page, name: str, said: str) -> None:
    """A button or link of that name, and what the page after it says."""
    page.locator("main").get_by_role("button", name=name, exact=True).or_(
        page.locator("main").get_by_role("link", name=name, exact=True)
    ).first.click()
    expect(page.locator("main").get_by_text(said).first).to_be_visible(timeout=WAIT)


def response_of(page: Page, address: str) -> int | None:
    answer = page.goto(address)
    return answer.status if answer else None


def plan(page: Page, services: Services) -> int:
    """A session of seven hours, in one form."""
    page.goto(LIST)
    press(page, "Plan een zitting van de commissie bezwaarschriften", "Een zaak duurt meestal 30 minuten")
    for field, value in {
        "chamber": "Kamer 2", "chair": "joris", "secretary": "eva",
    }.items():  # fmt: skip
        page.select_option(f"[name={field}]", value)
    for field, value in {
        "day": workday(services, 28).isoformat(),
        "begins": "9.00",
        "ends": "16.00",
        "room": ROOM,
    }.items():
        page.fill(f"[name={field}]", value)
    for member in ("mina", "ruth"):
        page.check(f"[name=members][value={member}]")
    press(page, "Plan de zitting", "De zitting is gepland.")
    return int(page.url.partition("?")[0].rpartition("/")[2])


def test_w8_twelve_cases_from_planning_to_report(services: Services, desk: Callable[[Actor], Page]) -> None:
    for at in range(CASES):
        waiting_case(services, subject=f"Dakkapel {at}")
    spare = session_on(services, 35)
    eva = desk(EVA)
    session = plan(eva, services)
    press(eva, f"Zet de eerste {CASES} zaken op de agenda", "De zaken staan op de agenda")
    press(eva, "Uitnodigingen nakijken", f"Dit gebeurt er ({CASES})")
    press(eva, "Verstuur de uitnodigingen", f"{CASES} van de {CASES} zaken.")
    assert len(rows(services, NoticeRow, template="uitnodiging")) == CASES
    _one_moves(eva, services, session, spare)
    _another_chair(eva, session)
    drain_beside(services)
    number = numbers(services)[agenda(services, session)[0].case_id]
    prepare_file(services, number=number)
    days_later(services, (local_date(the_session(services, session).begins_at) - today(services)).days)
    _held(eva, session)
    _reported(desk(RUTH), session)
    _advised(desk(MINA), desk(THEO), services, session, number)


def _one_moves(eva: Page, services: Services, session: int, spare: int) -> None:
    item = agenda(services, session)[0].id
    eva.goto(f"{LIST}/{session}/zaken/{item}")
    eva.select_option("[name=target]", str(spare))
    eva.fill("[name=reason]", "De indiener is op reis.")
    press(eva, "Verplaats de zaak", "De zaak staat nu op de agenda van een andere zitting.")
    assert [len(agenda(services, one)) for one in (session, spare)] == [CASES - 1, 1]


def _another_chair(eva: Page, session: int) -> None:
    eva.goto(f"{LIST}/{session}/wijzigen")
    eva.select_option("[name=chair]", "ruth")
    eva.uncheck("[name=members][value=ruth]")
    press(eva, "Bekijk wat er gebeurt", "verandert er voor de partijen niets")
    press(eva, "Verander de zitting", "Voor de zaken veranderde er niets.")
    eva.goto(f"{LIST}/{session}")
    expect(eva.locator("li").filter(has_text="Ruth Lid").get_by_text("voorzitter")).to_be_visible()


def _held(eva: Page, session: int) -> None:
    eva.goto(f"{LIST}/{session}")
    first = eva.get_by_role("region", name="Agenda van de zitting").locator("tbody tr").first
    first.get_by_role(
        "link", name="Wijzig"
    ).click()  # the number behind it is out of sight, with a space before its colon
    eva.fill("[name=present]", "Tess Testeling, met haar zus.")
    press(eva, "Bewaar wie er waren", "Wie er waren, staat klaar voor het verslag.")
    expect(eva.get_by_role("checkbox", name="Mina Lid")).to_be_checked()
    press(eva, "De zitting is gehouden", "De zitting is gehouden.")


def _reported(ruth: Page, session: int) -> None:
    """Somebody who sits there writes the report of the first case."""
    ruth.goto(f"{LIST}/{session}")
    ruth.locator("main").get_by_role("link", name="Houd de hoorzitting").first.click()
    assert ruth.input_value("[name=hearing_present]") == "Tess Testeling, met haar zus."
    ruth.check("[name=hearing_outcome][value=gehouden]")
    press(ruth, "Taak afronden", "De taak is gedaan.")


def _advised(mina: Page, theo: Page, services: Services, session: int, number: str) -> None:
    """A member writes the advice from the agenda; who does not sit there finds neither session nor case."""
    mina.goto(f"{LIST}/{session}")
    mina.locator("tr", has_text=number).get_by_role("link", name="Geef advies").click()
    task = mina.url.partition("?")[0]
    assert response_of(theo, task) == 404
    theo.goto(LIST)
    expect(theo.get_by_role("link", name="Kamer 2")).to_have_count(0)
    mina.locator("main").get_by_label("Gegrond", exact=True).check()
    mina.fill("[name=advice_reasons]", "De dakkapel is niet te zien vanaf de straat.")
    mina.set_input_files("[name=advice]", {"name": "advies.pdf", "mimeType": "application/pdf", "buffer": PDF})
    press(mina, "Taak afronden", "De taak is gedaan.")
    assert "DraftDecision" in open_elements(services, number)
