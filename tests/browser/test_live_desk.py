"""An open page of the workbench in a real browser: its counter rises by itself, and is said to who cannot see it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.cases import BEZWAAR, add_departments, put_in_use, register_bezwaar
from kit.installation import installation
from kit.people import NOOR, SEM, known
from playwright.sync_api import Page, expect

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.messages import AddNote
from processes.storage.services import Services


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    known(services, NOOR)
    known(services, SEM)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        yield opened


def test_w4_the_counter_of_an_open_page_rises_and_is_said(services: Services, noor: Page) -> None:
    number = register_bezwaar(services)
    act(services, NOOR, AssignHandler(number, "noor"))
    noor.goto("/werk/zaken")
    act(services, SEM, AddNote(number, "Even kijken"))
    expect(noor.get_by_role("link", name="Nieuws (1)")).to_be_visible(timeout=20_000)
    expect(noor.get_by_role("status")).to_have_text("Ongelezen: 0 berichten, 1 keer nieuws.")
    expect(noor).to_have_title("(1) Zaken - Gemeente Voorbeeldstad")


FOCUSED = "document.activeElement.getAttribute('href') || document.activeElement.id"


def test_w16_keys_move_in_lists_are_letters_in_fields_and_can_be_switched_off(services: Services, noor: Page) -> None:
    numbers = [register_bezwaar(services) for _ in range(2)]
    for number in numbers:
        act(services, NOOR, AssignHandler(number, "noor"))
    noor.goto("/werk")
    noor.keyboard.press("o")
    first = noor.evaluate(FOCUSED)
    noor.keyboard.press("j")
    second = noor.evaluate(FOCUSED)
    assert first != second
    noor.keyboard.press("k")
    assert noor.evaluate(FOCUSED) == first
    noor.keyboard.press("?")
    expect(noor.get_by_role("dialog", name="Toetsen")).to_be_visible()
    noor.keyboard.press("Escape")
    expect(noor.get_by_role("dialog", name="Toetsen")).not_to_be_visible()
    noor.keyboard.press("/")
    noor.keyboard.type("jo")  # in a field a key is a letter
    assert noor.evaluate("document.activeElement.value") == "jo"
    noor.goto(f"/werk/zaken/{numbers[0]}")
    noor.keyboard.press("n")
    expect(noor).to_have_url(f"{noor.url.partition('/werk')[0]}/werk/zaken/{numbers[0]}/tijdlijn#field-text-note")
    noor.goto("/werk/toetsen")
    noor.get_by_role("button", name="Zet de toetsen uit").press("Enter")
    expect(noor.get_by_text("Zij staan uit")).to_be_visible()
    noor.goto("/werk")
    noor.keyboard.press("o")
    assert noor.evaluate(FOCUSED) == ""
