"""S19 in a real browser: an administrator keeps up departments and settings, at the width of a telephone and of a desk."""

import pytest
from kit.barriers import barriers_when_zoomed
from kit.people import FENNA, signed_in
from kit.web_process import web_process
from playwright.sync_api import Browser, Page

from portal.security.sessions import cookie_name
from processes.base.department_list import EXAMPLE
from processes.storage.services import Services


def looked_at(page: Page) -> None:
    """Nobody has to scroll sideways, and axe finds nothing, at 400 %; other sizes are seen in the walk over every page."""
    assert barriers_when_zoomed(page) == [], page.url


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_s19_departments_and_settings_are_kept_up_and_undone_in_a_browser(
    services: Services, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with web_process(services, tmp_path_factory.mktemp("instellingen")) as web:
        context = chromium.new_context(locale="nl-NL")
        cookie = signed_in(services, FENNA).cookie
        context.add_cookies([{"name": cookie_name(services.settings, FENNA.kind), "value": cookie, "url": web.address}])
        page = context.new_page()
        page.goto(f"{web.address}/beheer")
        looked_at(page)
        page.get_by_role("main").get_by_role("link", name="Afdelingen", exact=True).click()
        page.get_by_role("link", name="Lijst inlezen").click()
        looked_at(page)
        page.get_by_label("Plak hier de lijst").fill(EXAMPLE + "wonen;;fout;;;;\n")
        press(page, "Controleren")
        assert "Regel 3 (wonen)" in page.inner_text("main")
        looked_at(page)
        page.get_by_label("De lijst").fill(EXAMPLE)
        press(page, "Opnieuw controleren")
        looked_at(page)
        press(page, "Opslaan")
        page.get_by_role("link", name="Parkeren", exact=True).click()
        page.get_by_label("Naam van het hoofd").fill("E. Ander")
        press(page, "Opslaan")
        page.get_by_role("link", name="Parkeren", exact=True).click()
        assert "D. Voorbeeld wordt E. Ander" in page.inner_text("main")
        looked_at(page)
        page.get_by_role("link", name="Terug naar hoe het was").first.click()
        press(page, "Opslaan")
        assert "Parkeren zijn opgeslagen" in page.inner_text("main")
        for address in (
            "rollen",
            "wijzigingen",
            "instellingen",
            "instellingen/mail_sender/regel/alle-mail",
            "instellingen/team/nieuw",
            "instellingen/uploads/regel/uploaden/wijzigen",
        ):
            page.goto(f"{web.address}/beheer/{address}")
            looked_at(page)
        page.goto(f"{web.address}/beheer/wijzigingen")
        assert "E. Ander wordt D. Voorbeeld" in page.inner_text("main")
        context.close()
