"""W16: a morning of a case worker in a real browser, with the keyboard alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from kit.cases import BEZWAAR, INTAKE, add_departments, do, put_in_use, register_bezwaar, rows
from kit.documents import stored
from kit.installation import installation
from kit.people import BRAM, NOOR, SEM, TESS, citizen, department, known
from playwright.sync_api import Page, expect

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.delivering import Deliver
from processes.actions.filing import NewDocument
from processes.actions.messages import SendMessage
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, Dossier, NoteRow, NoticeRow

MOST_TABS, MOST_IN_A_FORM = 5, 80
ON_PAPER = replace(BRAM, channel="post", address="Dorpsweg 1\n1234 AB Voorbeeldstad")


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    for actor in (NOOR, SEM):
        known(services, actor)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        yield opened


def delivered(services: Services) -> None:
    """A case of Noor with three documents to judge."""
    act(services, NOOR, AssignHandler(register_bezwaar(services, TESS, subject="Dakkapel"), "noor"))
    do(services, "Intake", **INTAKE, route="ambtelijk")
    (dossier,) = rows(services, Dossier)
    sent = tuple(NewDocument(stored(services, name), "underlying", name) for name in ("a.pdf", "b.pdf", "c.pdf"))
    act(services, department(services, dossier.id), Deliver(services.secrets.link_token(dossier.salt), sent, ""))


def focused(page: Page, what: str) -> str:
    return str(page.evaluate(f"document.activeElement?.{what} ?? ''"))


def tab_to(page: Page, name: str, most: int = MOST_IN_A_FORM) -> int:
    """Tab until a field of that name or a control with that text has the focus; the answer is how often."""
    for tabs in range(1, most + 1):
        page.keyboard.press("Tab")
        if name in {focused(page, "name"), focused(page, "textContent").strip()}:
            return tabs
    raise AssertionError(f"{name} was not reached in {most} tabs on {page.url}")


def row_in_hand(page: Page, text: str) -> None:
    """`J` until the row with this text is in hand."""
    for _ in range(20):
        if text in focused(page, "closest('tr, li')?.textContent"):
            return
        page.keyboard.press("j")
    raise AssertionError(f"no row says {text}")


def go(page: Page, key: str, said: str = "") -> None:
    """A key that leads to a page, which says this."""
    with page.expect_navigation():
        page.keyboard.press(key)
    if said:
        expect(page.get_by_text(said)).to_be_visible()


def intake(page: Page) -> None:
    """The form of the task, filled in."""
    for name, keys in {
        "in_time": "Space", "interested": "Space", "objectable": "Space", "right_body": "Space", "complete": "Space",
        "route": "ArrowDown",
    }.items():  # fmt: skip
        tab_to(page, name)
        page.keyboard.press(keys)
    tab_to(page, "Taak afronden")
    go(page, "Enter", "De taak is gedaan.")


def write(page: Page, field: str, text: str, said: str) -> None:
    """In a field that is there to type in, and its button behind it."""
    expect(page.locator(field)).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    go(page, "Enter", said)


def hand_over(page: Page) -> None:
    tab_to(page, "De zaak overdragen aan een collega")
    page.keyboard.press("Enter")
    tab_to(page, "handler")
    page.keyboard.type("Sem")
    tab_to(page, "Overdragen")
    go(page, "Enter", "De zaak heeft een andere behandelaar.")


def test_w16_a_morning_goes_by_keyboard_alone(services: Services, noor: Page) -> None:
    delivered(services)
    new = register_bezwaar(services, TESS, subject="Terras")
    paper = register_bezwaar(services, ON_PAPER, subject="Uitrit")
    act(services, citizen(services, TESS), SendMessage(new, "Mag mijn zus mee?"))
    press = noor.keyboard.press

    noor.goto("/werk")
    tabs = tab_to(noor, "Naar de eerste taak", MOST_TABS)
    press("Enter")
    assert focused(noor, "id") == "eerste"
    assert tabs + 1 <= MOST_TABS

    row_in_hand(noor, f": Toets ontvankelijkheid en volledigheid, zaak {new}")
    go(noor, "p", "U heeft de taak opgepakt.")
    intake(noor)

    go(noor, "l")
    row_in_hand(noor, "Mag mijn zus mee?")
    go(noor, "a")
    write(noor, "#field-text-reply", "Dat mag.", "Het antwoord is verstuurd.")

    go(noor, "l")
    row_in_hand(noor, "Beoordeel")
    go(noor, "b")
    for _ in range(3):
        press("y")
    go(noor, "Enter", "De taak is gedaan.")  # the fourth press; at most five
    judged = [row.state for row in rows(services, DocumentRow) if row.title in {"a.pdf", "b.pdf", "c.pdf"}]
    assert judged == ["accepted"] * 3

    go(noor, "l")
    row_in_hand(noor, "Verzonden")
    go(noor, "v", "De brief is vandaag verzonden.")
    assert any(row.sent_on for row in rows(services, NoticeRow, channel="post"))

    press("/")
    noor.keyboard.type(paper)
    go(noor, "Enter")
    press("j")
    go(noor, "Enter")
    expect(noor.get_by_role("heading", name="Uitrit")).to_be_visible()
    go(noor, "n")
    write(noor, "#field-text-note", "Belde net, n is hier een letter.", "De notitie is bewaard.")
    assert "n is hier een letter" in rows(services, NoteRow, kind="note")[-1].text

    tab_to(noor, "Overzicht")
    go(noor, "Enter")
    hand_over(noor)
    assert rows(services, Case, number=paper)[0].handler == "sem"
    go(noor, "l")
    expect(noor.get_by_role("heading", name="Vandaag")).to_be_visible()
