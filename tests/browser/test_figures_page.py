"""W15: the head of a team looks at the figures in a real browser: chooses a case type, sees where cases wait on the drawing, and takes the spreadsheet along."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from kit.cases import BEZWAAR, add_departments, put_in_use, register_bezwaar, today
from kit.installation import installation
from kit.people import LIES, NOOR, known, signed_in
from kit.web_process import web_process
from playwright.sync_api import Browser, Page, expect

from browser.looking import can_be_read
from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.dated import SaveSetting
from processes.actions.withdrawing import Withdraw
from processes.base.actor import SYSTEM
from processes.dated.typed_settings import TypedSetting
from processes.storage.services import Services


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    for one in (NOOR, LIES):
        known(services, one)
    values = {"name": "team Bezwaar", "mailbox": "", "members": "lies noor", "case_types": "bezwaar"}
    act(services, SYSTEM, SaveSetting(TypedSetting("team", "bezwaar", "2020-01-01", values, "Nieuw.", new=True)))
    for ago in (100, 5, 3):
        number = register_bezwaar(services, received=today(services) - timedelta(ago))
        if ago != 5:
            act(services, NOOR, Withdraw(number))


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    with installation(tmp_path, furnish) as services, web_process(services, tmp_path) as web:
        context = chromium.new_context(
            viewport={"width": 1280, "height": 900}, locale="nl-NL", base_url=web.address, accept_downloads=True
        )
        cookie = signed_in(services, LIES).cookie
        context.add_cookies([{"name": cookie_name(services.settings, LIES.kind), "value": cookie, "url": web.address}])
        yield context.new_page()
        context.close()


def test_w15_the_head_of_a_team_sees_where_cases_wait_and_takes_the_figures_along(page: Page) -> None:
    page.goto("/werk")
    expect(page.get_by_role("heading", level=1, name="Cijfers")).to_be_visible()
    expect(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link")).to_have_text(["Cijfers", "Mijn team"])
    can_be_read(page)
    page.get_by_label("Zaaktype").select_option(label="Bezwaar")
    page.get_by_role("button", name="Toon de cijfers").click()
    waits = page.get_by_role("region", name="Tabel: Waar zaken wachten")
    expect(waits.get_by_role("row").nth(1).get_by_role("cell").nth(2)).to_have_text("1")
    part = page.locator("[data-element-id=AdmissibilityCheck].drawing-heat-3")
    expect(part).to_be_visible()  # the step itself is on the page of this part, which is folded
    expect(page.locator(".drawing-note--heat-3:visible")).to_have_text(["1"])
    expect(page.get_by_role("img", name="Ontvangen, afgerond en op tijd")).to_be_visible()
    can_be_read(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download als rekenblad").click()
    assert taken.value.suggested_filename == "cijfers.xlsx"
    page.get_by_role("link", name="Jaarcijfers klachten").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jaarcijfers klachten")
    can_be_read(page)
    page.goto("/werk/team")
    expect(page.get_by_role("checkbox", name="Kies zaak")).to_have_count(1)
    can_be_read(page)
    page.get_by_role("button", name="Draag de gekozen zaken over").click()
    expect(page.locator("#error-summary")).to_contain_text("Kies eerst zaken")
    can_be_read(page)
    page.goto("/werk/vervanging")
    can_be_read(page)
