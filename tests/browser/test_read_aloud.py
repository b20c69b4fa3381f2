"""D7: what a blind person hears of filing, of a receipt, of a case and of a task, from the top of the page to its end.

The phrases stand in `spoken/`, one a line, as somebody read and mended them. A page that says something else must be read again.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from kit.business_time import ORDINARY
from kit.cases import INTAKE, open_task, register_bezwaar, today
from kit.people import NOOR, TESS
from kit.waiting import drain_beside
from playwright.sync_api import Browser, Locator, Page

from browser.citizen_pages import Visits, visits
from browser.read_aloud import compare, said_of
from processes.actions import act
from processes.actions.tasks import CompleteTask

GROUNDS = "Ik woon hier al jaren."


@pytest.fixture(scope="module")
def there(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    with visits(tmp_path_factory.mktemp("voorlezen"), chromium, ORDINARY) as opened:
        yield opened


def field(page: Page, name: str) -> Locator:
    """The first field with this label: of a list the first row."""
    return page.get_by_role("textbox", name=name).first


def next_part(page: Page, button: str = "Verder") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def test_d7_filing_is_understood_by_ear_from_its_first_question_to_the_receipt(there: Visits) -> None:
    page = there.page()
    page.goto("/mijn/nieuw/bezwaar")
    compare("filing-first-part", said_of(page))
    next_part(page)
    next_part(page)
    compare("filing-with-mistakes", said_of(page, "main"))
    field(page, "Waar gaat het besluit over?").fill("Dakkapel geweigerd")
    field(page, "Kenmerk of nummer van het besluit").fill("VG-900")
    received = today(there.services) - timedelta(days=12)
    field(page, "Wanneer kreeg u het besluit?").fill(received.strftime("%d-%m-%Y"))
    next_part(page)
    field(page, "Waarom bent u het er niet mee eens?").fill(GROUNDS)
    next_part(page)
    compare("filing-files", said_of(page, "main"))
    next_part(page)
    compare("filing-contact", said_of(page, "main"))
    page.get_by_role("textbox", name="E-mail").fill("tess@post.example")
    next_part(page, "Verder naar nakijken")
    compare("filing-check", said_of(page, "main"))
    page.get_by_role("button", name="Versturen").click()
    page.wait_for_load_state()
    compare("receipt", said_of(page, "main"))


def test_d7_a_case_is_understood_by_ear(there: Visits) -> None:
    drain_beside(there.services)  # a page says otherwise of a letter whose PDF is still being made
    page = there.page()
    page.goto(there.case)
    compare("case", said_of(page))


def test_d7_a_task_is_understood_by_ear_by_a_citizen_and_by_staff(there: Visits) -> None:
    number, desk, page = register_bezwaar(there.services, TESS), there.page(who=NOOR), there.page()
    intake = open_task(there.services, "Intake", number)
    drain_beside(there.services)
    desk.goto(f"/werk/taken/{intake}")
    compare("task-of-staff", said_of(desk))
    judged = {**INTAKE, "complete": False, "route": "ambtelijk", "missing_items": "uw redenen"}
    act(there.services, NOOR, CompleteTask(intake, judged))
    page.goto(f"/mijn/taken/{open_task(there.services, 'RepairByCitizen', number)}")
    compare("task-of-a-citizen", said_of(page, "main"))
