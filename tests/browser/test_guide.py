"""The guide for administrators, done as it is written, in a real browser without JavaScript."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from kit.cases import add_departments, put_in_use, shipped
from kit.chromium import started
from kit.guide import chapters, do, field, link, read
from kit.installation import installation
from kit.people import FENNA, TESS, citizen, signed_in
from kit.web_process import web_process
from playwright.sync_api import Page, expect

from browser.drawing_page import DrawingPage
from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.drafting import CopyCaseType
from processes.base.actor import Actor
from processes.storage import staff
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.studio.copying import NewNames

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "administrator.md").read_text()
CALLED = ("stukkenverzoek", "nazending", "hoorzitting-antwoord", "beroep")  # what bezwaar calls or leads to
FIRST = "Uw eerste zaaktype, in elf stappen"
DRAW = os.environ.get("ZS_PICTURES") == "guide"  # make the pictures of the guide anew


def in_use(services: Services) -> None:
    """Bezwaar with few rehearsals, since all are played before its copy goes into use: two know the term and the request that the guide changes."""
    bezwaar = shipped("bezwaar")
    few = {
        name: bezwaar.rehearsals[name] for name in ("ingetrokken.yaml", "niet-aangevuld.yaml", "laat-afgekeurd.yaml")
    }
    put_in_use(services, *CALLED, replace(bezwaar, rehearsals=few))
    add_departments(services, "vergunningen")
    with services.sessions.begin() as session:
        staff.remember(session, FENNA)


class Reader:
    """Somebody who does what the guide says: as administrator, and in another window as citizen."""

    def __init__(self, services: Services, address: str, opened: Callable[..., Page]) -> None:
        self.services, self.address, self.today = services, address, business_now(services).date()
        self.administrator, self.citizen = opened(FENNA), opened(None)
        self.opened = opened

    def do(self, heading: str) -> None:
        for title, steps in chapters(GUIDE, heading):
            page = self.citizen if "als inwoner" in title else self.administrator
            for step in steps:
                do(page, self.address, self.today, step, picture)

    def draw(self, name: str) -> DrawingPage:
        """Open the drawing of a draft, which takes JavaScript."""
        page = self.opened(FENNA, script=True)
        page.set_viewport_size({"width": 1400, "height": 900})
        return DrawingPage(page, self.services, self.address, name)

    def file(self, case_type: str) -> str:
        """A citizen begins a case and opens it; the text of its page."""
        page = self.citizen
        page.goto(f"{self.address}/mijn/nieuw")
        link(page, case_type).click()
        page.get_by_role("button", name="Alles op één pagina").click()
        field(page, "Waar gaat het besluit over?").fill("De leges van dit jaar.")
        field(page, "Wanneer kreeg u het besluit?").fill((self.today - timedelta(days=7)).strftime("%d-%m-%Y"))
        field(page, "Waarom bent u het er niet mee eens?").fill("Zij zijn te hoog.")
        page.locator("#field-email").fill("tess@voorbeeld.example")
        for button in ("Verder naar nakijken", "Versturen"):
            page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
        page.goto(f"{self.address}/mijn")
        link(page, "De leges van dit jaar.").click()
        return read(page)


def picture(page: Page, name: str) -> None:
    """Take the picture when asked; it always has to be there."""
    place = DOCS / "screenshots" / name
    if DRAW:
        page.screenshot(path=place)
    assert place.is_file(), f"run with ZS_PICTURES=guide to make {place}"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("gids")
    with ExitStack() as opened:
        services = opened.enter_context(installation(folder, in_use))
        web = opened.enter_context(web_process(services, folder))
        browser = opened.enter_context(started())

        def page_of(who: Actor | None, *, script: bool = False) -> Page:
            more = {} if who else {"identity": {"bsn": TESS.identity.split(":")[1], "level": "high"}}
            actor = who or citizen(services, TESS)
            context = browser.new_context(java_script_enabled=script, locale="nl-NL")
            context.set_default_timeout(120_000)
            name = cookie_name(services.settings, actor.kind)
            context.add_cookies(
                [{"name": name, "value": signed_in(services, actor, **more).cookie, "url": web.address}]
            )
            return context.new_page()

        yield Reader(services, web.address, page_of)


@pytest.mark.timeout(600)
def test_s20_a_first_case_type_by_the_guide_alone(reader: Reader) -> None:
    reader.do(FIRST)
    picture(reader.draw("bezwaar-afvalheffing").page, "guide-drawing.png")


@pytest.mark.timeout(600)
def test_s2_from_a_copy_to_a_case_that_a_citizen_follows_by_the_drawing(reader: Reader) -> None:
    act(reader.services, FENNA, CopyCaseType("bezwaar", NewNames("Bezwaar tegen leges", "bezwaar-leges", "BZL")))
    drawing = reader.draw("bezwaar-leges")
    drawing.choose("Termijn verlengen").fill("Naam", "Meer tijd nodig")
    assert 'name="Meer tijd nodig"' in drawing.saved()
    drawing.choose("Bezwaar ontvangen").set("Status: Ontvangen", "Naam", "Uw bezwaar is binnen")
    assert 'name="Uw bezwaar is binnen"' in drawing.saved()
    expect(drawing.page.locator("[data-checked]")).to_contain_text("0 fouten")
    assert drawing.trouble == []
    drawing.page.goto(drawing.page.url.replace("/tekening", "/in-gebruik"))
    drawing.page.get_by_role("button", name="Versie 1 in gebruik nemen").click(timeout=120_000)
    expect(drawing.page.locator("main")).to_contain_text("Versie 1 is in gebruik", timeout=120_000)
    assert "Uw bezwaar is binnen" in reader.file("Bezwaar tegen leges")
