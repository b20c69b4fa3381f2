"""W9: a letter to several is read, written on, agreed to by two and sent, in a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from kit.cases import add_departments, put_in_use, rows
from kit.installation import installation
from kit.letter_types import AGREED, on_paper
from kit.people import NOOR, PIET, SEM, TESS, known, signed_in
from kit.small_types import register
from kit.web_process import web_process
from playwright.sync_api import Browser, Page, expect

from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.storage.services import Services
from processes.storage.tables import LetterRow, NoticeRow, TaskRow

OWN = "Beste Bram Papier 2,\n\nKom om elf uur.\n"


def furnish(services: Services) -> None:
    add_departments(services, "wonen")
    for one in (NOOR, PIET, SEM):
        known(services, one)
    put_in_use(services, AGREED.folder())
    register(services, "proef", (TESS, on_paper(1), on_paper(2)), values={})
    (task,) = rows(services, TaskRow, element="Work", state="open")
    act(services, NOOR, CompleteTask(task.id, {"place": "het stadhuis"}))


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[tuple[Services, Callable[[Actor], Page]]]:
    with installation(tmp_path, furnish) as services, web_process(services, tmp_path) as web:

        def of(who: Actor) -> Page:
            context = chromium.new_context(
                viewport={"width": 1280, "height": 900}, locale="nl-NL", base_url=web.address
            )
            cookie = signed_in(services, who).cookie
            context.add_cookies(
                [{"name": cookie_name(services.settings, who.kind), "value": cookie, "url": web.address}]
            )
            return context.new_page()

        yield services, of


def look(page: Page) -> None:
    """Nothing scrolls sideways, and axe finds nothing, on a telephone and at a desk."""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found] == [], page.url


def agree(page: Page) -> None:
    page.goto("/werk")
    page.get_by_role("link", name="Lees de brief").click()
    page.get_by_role("button", name="Geef akkoord").click()
    expect(page.get_by_text("U heeft akkoord gegeven.")).to_be_visible()


def test_w9_a_letter_is_written_on_agreed_to_by_two_and_sent(opened: tuple[Services, Callable[[Actor], Page]]) -> None:
    services, of = opened
    noor = of(NOOR)
    (letter,), notices = rows(services, LetterRow), rows(services, NoticeRow)
    noor.goto("/werk/concepten?van=alles")
    look(noor)
    noor.get_by_role("link", name="Uw zaak").click()
    look(noor)
    noor.get_by_text("Voor wie is deze tekst?").click()
    for recipient in ("Tess Testeling", "Bram Papier 1"):
        noor.get_by_role("checkbox", name=recipient).uncheck()
    noor.get_by_label("Tekst van de brief").fill(OWN)
    noor.get_by_role("button", name="Bewaar de tekst").click()
    noor.get_by_text("Wat is er veranderd?").click()
    expect(noor.get_by_text("Nieuw: Kom om elf uur.")).to_be_visible()
    look(noor)
    noor.get_by_label("Akkoord van iemand die mag beslissen").select_option(SEM.subject)
    noor.get_by_label("Daarna van een collega of een team").first.select_option(PIET.subject)
    noor.get_by_role("button", name="Vraag akkoord").click()
    expect(noor.get_by_text("Het akkoord is gevraagd.")).to_be_visible()
    sem = of(SEM)
    sem.goto(f"/werk/zaken/PRF-2026-00001/concept/{letter.id}".replace("PRF-2026-00001", noor.url.split("/")[-3]))
    look(sem)
    agree(sem)
    agree(of(PIET))
    noor.reload()
    look(noor)
    noor.get_by_role("button", name="Verstuur de brieven").click()
    expect(noor.get_by_text("De brief is verstuurd.")).to_be_visible()
    look(noor)
    sent = rows(services, NoticeRow)
    assert [one.id for one in sent] == [one.id for one in notices]
    assert [one.held for one in sent] == [None] * 3
    assert sent[2].body == OWN
    assert [len(one.frame["approved"]) for one in sent] == [2] * 3
