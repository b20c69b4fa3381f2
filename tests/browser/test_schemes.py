"""The dark scheme, more contrast and paper: each face can be read in each, by the rules of WCAG 2.2."""

from collections.abc import Iterator, Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe
from kit.people import FENNA, NOOR
from playwright.sync_api import Browser, Page

from browser.citizen_pages import Visits, visits
from browser.visitor import RULES
from processes.base.actor import Actor

PAPER = "rgb(18, 26, 32)"


@pytest.fixture(scope="module")
def there(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    with visits(tmp_path_factory.mktemp("schema"), chromium) as opened:
        yield opened


def barriers(page: Page, pages: Mapping[str, str]) -> dict[str, list[str]]:
    found = {}
    for name, address in pages.items():
        page.goto(address)
        if wrong := Axe().run(page, options=RULES).response["violations"]:
            found[name] = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in wrong]
    return found


@pytest.mark.parametrize("who", [None, NOOR, FENNA], ids=["citizen", "staff", "administrator"])
def test_b8_every_face_can_be_read_in_the_dark_scheme(there: Visits, who: Actor | None) -> None:
    pages = {None: there.pages, NOOR: there.staff_pages, FENNA: there.admin_pages}[who]
    page = there.page(who=who, color_scheme="dark")
    assert barriers(page, pages) == {}
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == PAPER


def test_b8_who_asks_for_more_contrast_gets_it_in_both_schemes(there: Visits) -> None:
    for scheme in ("light", "dark"):
        page = there.page(color_scheme=scheme, contrast="more")
        assert barriers(page, there.pages) == {}
        page.goto(there.case)
        colours = page.evaluate(
            "[document.querySelector('.zs-quiet'), document.body].map((one) => getComputedStyle(one).color)"
        )
        assert colours[0] == colours[1]


def test_c15_a_case_on_paper_has_no_buttons_and_is_printed_light(there: Visits) -> None:
    page = there.page(color_scheme="dark")
    page.goto(there.case)
    page.emulate_media(media="print")
    for gone in (".zs-mine__menu", ".zs-header__who", ".nl-button", ".nl-skip-link"):
        assert [one for one in page.locator(gone).all() if one.is_visible()] == [], gone
    assert page.get_by_role("heading", level=1).is_visible()
    # what was folded is open
    assert page.locator("details li").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") != "rgb(233, 239, 242)"
