"""D3, D4, D5: telephone, tablet and computer; D6: 400 %; D7: what the keyboard and a voice meet first. The pages of a citizen."""

from collections.abc import Iterator
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from browser.citizen_pages import Visits, visits
from browser.visitor import RULES, WIDE

ZOOMED: Final = (320, 256)  # a screen of 1280 by 1024 points at 400 %
MOST_OF_A_SCREEN: Final = 0.3
# targets under 24 by 24 points that no sentence holds (WCAG 2.5.8: a link in a sentence follows its line)
SMALL: Final = """
() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".nl-skip-link, .zs-hidden"))
  .filter((one) => {
    const box = one.getBoundingClientRect(), held = one.closest("p, li, dd, td, label");
    const inSentence = one.localName === "a" && held && held.textContent.trim().length > one.textContent.trim().length;
    return !inSentence && Math.min(box.width, box.height) < 24;
  })
  .map((one) => one.outerHTML.slice(0, 120))
"""
FOCUSED: Final = "document.activeElement"
# less than a line of what has the focus can be seen (WCAG 2.4.11): a field for a text is scrolled to where one types in it
COVERED: Final = """
() => {
  const one = document.activeElement, bar = document.getElementById("session-warning");
  const box = one.getBoundingClientRect(), over = bar.getBoundingClientRect();
  const meets = box.bottom > over.top + 1 && box.top < over.bottom - 1, seen = Math.max(over.top - box.top, box.bottom - over.bottom);
  return meets && !bar.contains(one) && one !== document.body && seen < Math.min(box.height, 24) ? one.outerHTML.slice(0, 160) : "";
}
"""


@pytest.fixture(scope="module")
def there(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    with visits(tmp_path_factory.mktemp("schermen"), chromium) as opened:
        yield opened


def wrong_at(there: Visits, width: int, height: int = 900) -> dict[str, list[str]]:
    """What is wrong with each page at this size."""
    page, found = there.page(width, height), dict[str, list[str]]()
    for name, address in there.pages.items():
        page.goto(address)
        barriers = Axe().run(page, options=RULES).response["violations"]
        wrong = [*page.evaluate(SMALL), *(f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in barriers)]
        if page.evaluate(WIDE):
            wrong.append("scrolls sideways")
        if wrong:
            found[name] = wrong
    return found


def test_d3_every_page_fits_a_telephone_and_each_target_a_finger(there: Visits) -> None:
    assert wrong_at(there, 360, 740) == {}


def test_d4_every_page_fits_a_tablet_and_each_target_a_finger(there: Visits) -> None:
    assert wrong_at(there, 768, 1024) == {}


def test_d5_every_page_fits_a_computer_and_each_target_a_finger(there: Visits) -> None:
    assert wrong_at(there, 1280) == {}


def words(page: Page) -> set[str]:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    return set(page.evaluate("document.body.innerText").split())


def test_d6_at_400_percent_nothing_is_lost_and_nobody_scrolls_sideways(there: Visits) -> None:
    assert wrong_at(there, *ZOOMED) == {}
    wide, zoomed = there.page(), there.page(*ZOOMED)
    for name, address in there.pages.items():
        wide.goto(address)
        zoomed.goto(address)
        assert words(wide) - words(zoomed) == set(), name


def test_d6_what_warns_of_the_end_of_a_session_leaves_the_page_to_be_read(there: Visits) -> None:
    page = there.page(*ZOOMED, reduced_motion="reduce")  # the page jumps to what gets the focus instead of gliding
    page.goto(there.case)
    page.evaluate("document.getElementById('session-warning').hidden = false")
    page.evaluate(
        "document.querySelector('#session-warning p').textContent = 'U wordt over twee minuten uitgelogd. Wilt u ingelogd blijven?'"
    )
    bar = page.locator("#session-warning").bounding_box()
    assert bar is not None
    assert (bar["height"] <= ZOOMED[1] * MOST_OF_A_SCREEN, page.evaluate(WIDE)) == (True, False), bar
    met = 0
    page.keyboard.press("Tab")
    while not met or page.evaluate(f"{FOCUSED}.getAttribute('href')") != "#inhoud":  # once around the page
        assert page.evaluate(COVERED) == ""
        page.keyboard.press("Tab")
        met += 1
    assert met > 15


def test_d7_the_first_link_of_a_page_skips_the_menu_too(there: Visits) -> None:
    page = there.page()
    page.goto(there.pages["cases"])
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.closest('main') !== null && {FOCUSED}.closest('nav') === null")
    assert page.locator("main nav[aria-label=Menu]").count() == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_d7_a_page_begins_where_it_says_what_became_of_the_form(there: Visits, *, scripts: bool) -> None:
    page = there.page(java_script_enabled=scripts)
    for typed, begins in (("Kan ik nog een foto sturen?", "status"), ("", "alert")):
        page.goto(there.case)
        page.locator("#field-text").fill(typed)
        page.get_by_role("button", name="Verstuur").click()
        page.locator(f"main [role={begins}]:focus").wait_for()


def test_d7_the_menu_says_where_one_is(there: Visits) -> None:
    page = there.page()
    for address, name in ((there.case, "Mijn zaken"), (there.pages["details"], "Mijn gegevens")):
        page.goto(address)
        (here,) = page.locator("nav[aria-label=Menu] [aria-current=page]").all()
        assert here.inner_text() == name
