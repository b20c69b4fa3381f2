"""P6: from the code to the overview, to a dossier and back, in a real browser on a telephone and at a desk."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from kit.barriers import barriers_of
from kit.business_time import MachineClock
from kit.cases import INTAKE, do, register_bezwaar, rows
from kit.desk import asked
from kit.installation import installation
from kit.waiting import drain_beside
from kit.web_process import web_process
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from processes.base.clock import local_date
from processes.storage.services import Services
from processes.storage.tables import DocumentRequestRow, MailRow

TELEPHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
BOX = "parkeren@voorbeeldstad.example"


def furnish(services: Services) -> None:
    """Five dossiers of one department, of which one is late."""
    asked(services)
    for number in range(4):
        register_bezwaar(services, subject=f"Vergunning {number}")
        do(services, "Intake", **INTAKE, route="commissie")
    today = local_date(services.clock.now())
    with services.sessions.begin() as session:
        for place, row in enumerate(session.scalars(select(DocumentRequestRow).order_by(DocumentRequestRow.id))):
            row.due = today + timedelta(days=400 * (2 * place - 1))  # whatever day the web process has


@pytest.fixture
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, Services]]:
    folder = tmp_path_factory.mktemp("postvak")
    with (
        installation(folder, furnish, clock=MachineClock(), faces=("department",)) as services,
        web_process(services, folder) as web,
    ):
        context = chromium.new_context(viewport=TELEPHONE, locale="nl-NL", base_url=web.address)
        yield context.new_page(), services
        context.close()


def code_in_mail(services: Services) -> str:
    drain_beside(services)
    mail = next(row for row in reversed(rows(services, MailRow)) if row.template == "mailbox-code")
    found = re.search(r"^\d{6}$", mail.body, re.MULTILINE)
    assert found
    return found.group()


def test_p6_code_overview_dossier_and_back(page: tuple[Page, Services]) -> None:
    browser, services = page
    wrong = []
    browser.goto("/verzoek")
    wrong += barriers_of(browser)
    browser.get_by_label("E-mailadres van het postvak").fill(BOX)
    browser.get_by_role("button", name="Stuur de code").click()
    browser.get_by_label("Code van zes cijfers").fill("geen code")
    browser.get_by_role("button", name="Verder").click()
    assert browser.get_by_text("Deze code klopt niet").first.is_visible()
    wrong += barriers_of(browser)
    browser.get_by_label("Code van zes cijfers").fill(code_in_mail(services))
    browser.get_by_role("button", name="Verder").click()
    browser.wait_for_url("**/verzoek/overzicht")
    assert browser.get_by_text("dagen te laat").first.is_visible()
    wrong += barriers_of(browser)
    browser.get_by_role("link", name="Te laat (1)").click()
    assert browser.get_by_role("row").count() == 2
    browser.get_by_role("main").get_by_role("link", name=re.compile("^BZW-")).click()
    assert re.search(r"/verzoek/[\w-]{43}$", browser.url)
    browser.get_by_role("link", name="Alle dossiers van uw afdeling").click()
    browser.wait_for_url("**/verzoek/overzicht")
    browser.get_by_role("button", name="Uitloggen").click()
    browser.wait_for_url("**/uitgelogd*")
    browser.get_by_role("link", name="Een nieuwe code vragen").wait_for()
    assert wrong == []
