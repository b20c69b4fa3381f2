"""D3, D4, D5: telephone, tablet and computer; D6: 400 %; D7: what the keyboard and a voice meet first. The pages of a citizen."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pytest
from kit.barriers import DESK, TABLET, WIDE, barriers_of
from kit.cases import INTAKE, register_bezwaar, rows
from kit.people import BRAM, NOOR, TESS, citizen, signed_in
from playwright.sync_api import Browser, Page, ViewportSize

from browser.citizen_pages import Visits, visits
from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.tasks import CompleteTask
from processes.storage.tables import Case, Dossier, NoticeRow, TaskRow

ZOOMED: Final = (320, 256)  # a screen of 1280 by 1024 points at 400 %
SCREENS: Final[tuple[ViewportSize, ...]] = ({"width": 320, "height": 256}, {"width": 360, "height": 740}, TABLET, DESK)
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


LONG_WORD: Final = "Omgevingsvergunningsaanvraagbehandelingsformulier"
LONG_NAME: Final = "Maximiliaandervoorbeeldmetachternaamvanzestiglettersenietsmeer"
# what stands beside the screen, or is cut off within its own box
LOST: Final = """
() => [...document.querySelectorAll("header *, nav *, main *, footer *")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".zs-hidden, .nl-skip-link") && one.clientWidth)
  .filter((one) => {
    const box = one.getBoundingClientRect(), cut = getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
    return box.right > innerWidth + 1 || box.left < -1 || (cut && !["INPUT", "TEXTAREA", "SELECT"].includes(one.tagName));
  })
  .map((one) => one.outerHTML.slice(0, 120))
"""


@pytest.fixture(scope="module")
def there(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    with visits(tmp_path_factory.mktemp("schermen"), chromium) as opened:
        yield opened


@pytest.mark.parametrize("language", ["nl", "en"])
def test_d3_d4_d5_every_page_fits_each_screen_and_each_target_a_finger(there: Visits, language: str) -> None:
    page, found = there.page(), dict[str, list[str]]()
    page.goto(there.pages["cases"])
    if language == "en":
        page.get_by_role("link", name="English").click()
    for name, address in {**there.pages, **there.more_pages}.items():
        page.goto(address)
        assert page.evaluate("document.documentElement.lang") == language, name
        wrong = barriers_of(page)
        for size in SCREENS:
            page.set_viewport_size(size)
            wrong += [f"{size['width']}: {one}" for one in page.evaluate(SMALL)]
            wrong += [f"{size['width']}: scrolls sideways"] if page.evaluate(WIDE) else []
        if wrong:
            found[name] = wrong
    assert found == {}


def test_c2_who_files_along_can_be_named_on_each_screen_and_by_keyboard(there: Visits) -> None:
    page = there.page()
    page.goto("/mijn/nieuw/bezwaar?deel=wie")
    page.get_by_label("Voor mijzelf, samen met anderen").check()
    page.get_by_role("group", name="Persoon 1").get_by_label("Naam").fill("Ilse Namaak")
    page.get_by_role("button", name="Nog iemand").press("Enter")
    second = page.get_by_role("group", name="Persoon 2")
    second.get_by_label("Naam").fill(TESS.name)
    wrong = barriers_of(page)
    second.get_by_label("Naam").press("Enter")  # goes on, and takes nobody away
    page.get_by_role("link", name="Dit bent u zelf.").click()
    assert page.evaluate(f"{FOCUSED}.id") == "field-mede-1-name"
    wrong += barriers_of(page)
    second.get_by_role("button", name="Haal weg").click()
    assert page.get_by_role("group", name="Persoon 2").count() == 0
    for size in SCREENS:
        page.set_viewport_size(size)
        wrong += [f"{size['width']}: {one}" for one in page.evaluate(SMALL)]
        wrong += [f"{size['width']}: scrolls sideways"] if page.evaluate(WIDE) else []
    assert wrong == []


def words(page: Page) -> set[str]:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    return set(page.evaluate("document.body.innerText").split())


def test_d6_at_400_percent_nothing_is_lost(there: Visits) -> None:
    wide, zoomed = there.page(), there.page(*ZOOMED)
    for name, address in there.pages.items():
        wide.goto(address)
        zoomed.goto(address)
        assert words(wide) - words(zoomed) == set(), name


def test_d6_long_words_of_people_neither_widen_a_page_nor_are_cut(there: Visits) -> None:
    services, who = there.services, replace(BRAM, name=LONG_NAME)
    number = register_bezwaar(services, who, subject=LONG_WORD)
    (case,) = rows(services, Case, number=number)
    (intake,) = rows(services, TaskRow, case_id=case.id, element="Intake", state="open")
    act(services, NOOR, CompleteTask(intake.id, {**INTAKE, "route": "commissie"}))
    (dossier,) = rows(services, Dossier, case_id=case.id)
    letter = rows(services, NoticeRow, case_id=case.id)[0].id
    actor = replace(citizen(services, who), name=LONG_NAME)
    cookie = signed_in(services, actor, identity={"bsn": str(who.identity).partition(":")[2], "level": "high"}).cookie
    page = there.page(*ZOOMED)
    page.context.add_cookies(
        [{"name": cookie_name(services.settings, "citizen"), "value": cookie, "url": there.address}]
    )
    own, found, seen = f"/mijn/zaken/{number}", dict[str, list[str]](), 0
    for address in ("/mijn", own, f"{own}/document", f"{own}/intrekken", f"{own}/meenemen", f"{own}/brieven/{letter}", "/mijn/gegevens",
                    f"/verzoek/{services.secrets.link_token(dossier.salt)}"):  # fmt: skip
        page.goto(address)
        seen += LONG_WORD in page.content() and LONG_NAME in page.content()
        lost = [*page.evaluate(LOST), *(["scrolls sideways"] if page.evaluate(WIDE) else [])]
        if lost:
            found[address] = lost
    assert found == {}
    assert seen > 4


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
