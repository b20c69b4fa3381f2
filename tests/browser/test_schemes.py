"""The dark scheme, more contrast and paper: each face can be read in each, by the rules of WCAG 2.2."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from kit.barriers import OF_COLOUR, barriers_of, found_by_axe
from kit.people import FENNA, NOOR
from playwright.sync_api import Browser, Page

from browser.citizen_pages import Visits, visits
from processes.base.actor import Actor

PAPER = "rgb(18, 26, 32)"


@pytest.fixture(scope="module")
def there(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    with visits(tmp_path_factory.mktemp("schema"), chromium) as opened:
        yield opened


def wrong_on(page: Page, pages: Mapping[str, str], seen: Callable[[Page], list[str]]) -> dict[str, list[str]]:
    found = {}
    for name, address in pages.items():
        page.goto(address)
        if wrong := seen(page):
            found[name] = wrong
    return found


@pytest.mark.parametrize("who", [NOOR, FENNA], ids=["staff", "administrator"])
def test_b8_every_face_can_be_read_in_both_schemes(there: Visits, who: Actor) -> None:
    """Those of a citizen are seen in both on each screen."""
    page = there.page(who=who)
    assert wrong_on(page, there.staff_pages if who is NOOR else there.admin_pages, barriers_of) == {}


def test_b8_the_dark_scheme_is_dark(there: Visits) -> None:
    page = there.page(color_scheme="dark")
    page.goto(there.case)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == PAPER


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_b8_who_asks_for_more_contrast_gets_it_in_both_schemes(there: Visits, scheme: str) -> None:
    page = there.page(color_scheme=scheme, contrast="more")
    assert wrong_on(page, there.pages, lambda one: found_by_axe(one, OF_COLOUR)) == {}
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


PALE = (
    "<!doctype html><html lang='nl'><title>Proef</title><style>p { color: #000; background: #fff }"
    " @media (prefers-color-scheme: dark) { p { color: #777; background: #666 } }</style>"
    "<main><h1>Proef</h1><p class='CLASS'>Dit is in het donker niet te lezen.</p></main></html>"
)


def test_b8_each_page_is_seen_at_400_percent_and_the_first_of_a_template_or_with_a_class_in_the_dark_too(
    chromium: Browser,
) -> None:
    page = chromium.new_context(base_url="http://proef.example").new_page()

    def seen(address: str, of: str, shown: str = PALE) -> set[str]:
        page.unroute_all()
        page.route("**/*", lambda route: route.fulfill(content_type="text/html", body=shown.replace("CLASS", of)))
        page.goto(address)
        return {one.partition(":")[0] for one in barriers_of(page)}

    assert seen("/proef/van-het-kijken", "proef-een") == {"dark"}
    assert seen("/proef/van-het-kijken", "proef-een") == set()
    assert seen("/proef/nog-eens", "proef-een") == {"dark"}
    assert seen("/proef/nog-eens", "proef-twee") == {"dark"}
    for _ in range(2):
        assert "320" in seen("/proef/nog-eens", "proef-een", PALE.replace("<title>Proef</title>", ""))
    page.context.close()
