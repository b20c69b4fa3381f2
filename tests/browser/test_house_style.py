"""D9: another look changes nothing of what a page says or does; S18: the pages of the house style are good pages themselves."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from kit.barriers import DESK, barriers_of
from kit.installation import installation
from kit.people import FENNA, signed_in
from kit.web_process import web_process
from playwright.sync_api import Browser, Page

from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.house_style import SaveStyleProposal, UseStyle
from processes.base.clock import local_date
from processes.house_style.themes import theme
from processes.storage import staff
from processes.storage.services import Services

HOME = "/beheer/huisstijl"
EXAMPLES = ("burger", "afdeling", "werkplek", "openbaar", "brief")
LIVE = ("/inloggen", "/openbaar", "/beheer", "/beheer/zaaktypen", "/niets")


def furnish(services: Services) -> None:
    """Lindewaard waits for a later day, Duinstede is the proposal."""
    with services.sessions.begin() as session:
        staff.remember(session, FENNA)
    for code in ("lindewaard", "duinstede"):
        style, files = theme(code)
        act(services, FENNA, SaveStyleProposal(style, tuple(files.values())))
        if code == "lindewaard":
            later = local_date(services.clock.now()) + timedelta(days=400)
            act(services, FENNA, UseStyle(later, "Voor later.", style.digest))


@pytest.fixture(scope="module")
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("stijl")
    with installation(folder, furnish) as services, web_process(services, folder) as web:
        context = chromium.new_context(viewport=DESK, locale="nl-NL", base_url=web.address)
        cookie = {"name": cookie_name(services.settings, FENNA.kind), "value": signed_in(services, FENNA).cookie}
        context.add_cookies([{**cookie, "url": web.address}])
        yield context.new_page()
        context.close()


def tree(page: Page, address: str) -> str:
    """Roles, names and states, as somebody hears them."""
    page.goto(address)
    return page.locator("body").aria_snapshot()


def test_d9_every_face_says_and_does_the_same_in_each_style_and_each_style_can_be_read(page: Page) -> None:
    for example in EXAMPLES:
        trees, wrong = set(), []
        for number in (0, 1, 2):
            trees.add(tree(page, f"{HOME}/voorbeeld/{number}/{example}"))
            wrong += barriers_of(page)
        page.emulate_media(forced_colors="active")
        trees.add(page.locator("body").aria_snapshot())
        page.emulate_media(forced_colors="none")
        assert (len(trees), wrong) == (1, []), example


def test_s18_a_style_goes_into_use_in_the_browser_and_only_the_look_of_the_pages_changes(page: Page) -> None:
    before = {address: tree(page, address) for address in LIVE}
    for address in (HOME, f"{HOME}/wijzigen", f"{HOME}/voorbeeld/2", f"{HOME}/voorstel"):
        page.goto(address)
        assert barriers_of(page) == [], address
    page.get_by_label("Waarom verandert de huisstijl?").fill("Een nieuwe stijl.")
    page.get_by_role("button", name="In gebruik nemen").click()
    page.get_by_text("De huisstijl is opgeslagen.").wait_for()
    assert page.locator(".zs-header").evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(11, 74, 95)"
    assert barriers_of(page) == []
    assert {address: tree(page, address) for address in LIVE} == before
