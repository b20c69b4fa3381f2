"""How much a worker must press: counted in a real browser, with the keyboard for registering, and for judging with the mouse where a document is opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.cases import BEZWAAR, INTAKE, add_departments, do, open_task, put_in_use, register_bezwaar, rows
from kit.documents import PDF, stored
from kit.installation import installation
from kit.people import NOOR, TESS, department, known
from playwright.sync_api import Page, expect

from browser.looking import look
from processes.actions import act
from processes.actions.delivering import Deliver
from processes.actions.filing import NewDocument
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, Dossier

MOST_TABS, MOST_PRESSES = 25, 5
LETTER = {"name": "bezwaarschrift.pdf", "mimeType": "application/pdf", "buffer": PDF}
TYPED = {
    "field-party-0-name": "Jan Janssen", "field-party-0-address": "Dorpsweg 1, 1234 AA Voorbeeldstad", "field-decision-0-subject": "Parkeervergunning",
    "field-decision-0-number": "PV-9", "field-decision-0-taken_on": "2-3-2026", "field-decision-0-announced_on": "4-3-2026", "field-grounds": "Te duur.",
}  # fmt: skip
FOCUSED = "[document.activeElement.id, document.activeElement.textContent.trim()]"


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    known(services, NOOR)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        yield opened


def test_w16_registering_a_simple_objection_takes_few_tabs_and_little_room(services: Services, noor: Page) -> None:
    noor.goto("/werk/nieuw/bezwaar")
    look(noor)
    noor.reload()
    assert noor.evaluate(FOCUSED)[0] == "field-channel"
    tabs, focused = 0, ""
    while focused != "Bezwaar registreren" and tabs <= 2 * MOST_TABS:
        noor.keyboard.press("Tab")
        tabs += 1
        field, focused = noor.evaluate(FOCUSED)
        if field in TYPED:
            noor.keyboard.type(TYPED[field])
        elif field == "field-document-0-type":
            noor.keyboard.type("Bezwaarschrift")
        elif field == "field-document-0-files":
            noor.locator(f"#{field}").set_input_files([LETTER])
    noor.keyboard.press("Enter")
    expect(noor.get_by_text("De zaak is geregistreerd.")).to_be_visible()
    assert tabs <= MOST_TABS
    assert len(rows(services, Case)) == 1


def test_w16_judging_three_documents_takes_few_presses(services: Services, noor: Page) -> None:
    number = register_bezwaar(services, TESS)
    do(services, "Intake", **INTAKE, route="ambtelijk")
    (dossier,) = rows(services, Dossier)
    sent = tuple(NewDocument(stored(services, name), "underlying", name) for name in ("a.pdf", "b.pdf", "c.pdf"))
    act(services, department(services, dossier.id), Deliver(services.secrets.link_token(dossier.salt), sent, ""))
    noor.goto(f"/werk/taken/{open_task(services, 'JudgeDelivery', number)}")
    look(noor)
    presses = 0
    # by keys: on a busy machine Chromium gives a click beside a document that has just come to that document
    for preview in noor.locator("details.wb-preview").all():
        with noor.expect_response(f"**{preview.get_attribute('data-src')}"):
            preview.locator("summary").press("Enter")
        presses += 1
    noor.get_by_label("Alles akkoord").press("Space")
    expect(noor.get_by_label("Alles akkoord")).to_be_checked()
    noor.get_by_role("button", name="Taak afronden").press("Enter")
    presses += 2
    expect(noor.get_by_text("De taak is gedaan.")).to_be_visible()
    assert presses <= MOST_PRESSES
    assert [row.state for row in rows(services, DocumentRow) if row.title in {"a.pdf", "b.pdf", "c.pdf"}] == [
        "accepted"
    ] * 3


def test_w16_a_question_opens_when_it_counts(services: Services, noor: Page) -> None:
    register_bezwaar(services, TESS)
    noor.goto(f"/werk/taken/{open_task(services, 'Intake')}")
    noor.get_by_label("Onze gemeente mag over dit bezwaar beslissen").check()
    noor.get_by_label("Het bezwaar is volledig").check()
    look(noor)
    why = noor.get_by_label("Leg uit waarom er geen hoorzitting is")
    expect(why).to_be_hidden()
    noor.get_by_label("Hoe behandelen wij dit bezwaar?").select_option("zonder_horen")
    expect(why).to_be_visible()
