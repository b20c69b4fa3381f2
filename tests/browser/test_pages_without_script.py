"""From a copy to a case type in use by the pages of the studio alone, in a real browser without JavaScript."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from kit.cases import add_departments, put_in_use, shipped
from kit.installation import installation
from kit.people import FENNA, TESS, citizen, signed_in
from kit.web_process import web_process
from playwright.sync_api import Page, sync_playwright

from portal.security.sessions import cookie_name
from processes.base.actor import Actor
from processes.storage import staff
from processes.storage.services import Services

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]


def in_use(services: Services) -> None:
    """Klacht with one rehearsal only, since all are played before its copy goes into use."""
    klacht = shipped("klacht")
    one = {"ingetrokken.yaml": klacht.rehearsals["ingetrokken.yaml"]}
    put_in_use(services, replace(klacht, rehearsals=one))
    add_departments(services, "parkeren")
    with services.sessions.begin() as session:
        staff.remember(session, FENNA)


@pytest.fixture
def without_script(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Page]]:
    """A page of somebody who is signed in; no script runs in it."""
    folder = tmp_path_factory.mktemp("zonder")
    with (
        installation(folder, in_use) as services,
        web_process(services, folder) as web,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)

        def opened(path: str, who: Actor | None = None) -> Page:
            if who is None:
                who, more = citizen(services, TESS), {"identity": {"bsn": TESS.identity.split(":")[1], "level": "high"}}
            else:
                more = {}
            context = browser.new_context(java_script_enabled=False, locale="nl-NL")
            cookie = signed_in(services, who, **more).cookie
            context.add_cookies(
                [{"name": cookie_name(services.settings, who.kind), "value": cookie, "url": web.address}]
            )
            page = context.new_page()
            page.goto(f"{web.address}{path}")
            return page

        yield opened
        browser.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def said(page: Page) -> str:
    return page.get_by_role("main").inner_text()


def test_s1_from_a_copy_to_a_case_type_that_a_citizen_follows(without_script: Callable[..., Page]) -> None:
    page = without_script("/beheer/zaaktypen/klacht", FENNA)
    follow(page, "Kopieer tot nieuw zaaktype")
    page.get_by_label("Naam", exact=True).fill("Klacht over afval")
    page.get_by_label("Kenmerk").fill("klacht-afval")
    page.get_by_label("Begin van het zaaknummer").fill("KLAF")
    press(page, "Kopie maken")
    assert "Dit is uw nieuwe zaaktype, nog als ontwerp" in said(page)

    follow(page, "Statussen")
    page.get_by_role("link", name="Ontvangen").click()
    page.get_by_label("Uitleg").fill("Wij hebben uw klacht over afval gekregen.")
    press(page, "Bewaren")
    assert "Bewaard" in said(page)

    follow(page, "Brieven en mails")
    follow(page, "ontvangstbevestiging")
    text = page.get_by_label("Tekst", exact=True)
    text.fill(text.input_value() + "\nMet vragen over de kliko kunt u ook bellen.")
    press(page, "Voorbeeld laten zien")
    assert "vragen over de kliko" in page.locator(".zs-mail").inner_text()
    press(page, "Bewaren")

    follow(page, "Repetities")
    press(page, "Speel alle")
    assert "1 repetitie gespeeld: die ging goed" in said(page)

    follow(page, "In gebruik nemen")
    press(page, "Versie 1 in gebruik nemen")
    assert "Versie 1 is in gebruik" in said(page)

    mine = without_script("/mijn/nieuw")
    follow(mine, "Klacht over afval")
    mine.get_by_label("Wat is er gebeurd?").fill("De container wordt niet geleegd.")
    press(mine, "Verder naar nakijken")
    press(mine, "Versturen")
    number = re.search(r"KLAF-\d+-\d+", said(mine))
    assert number, said(mine)
    mine.goto(f"{mine.url.partition('/mijn')[0]}/mijn/zaken/{number[0]}")
    assert "Wij hebben uw klacht over afval gekregen." in said(mine)
